# ruff: noqa: E501
"""Finding phrases: against the oracle, and rule by rule."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.mentions.phrases import Phrases

_spec = importlib.util.spec_from_file_location("naive_phrases", Path(__file__).with_name("naive_phrases.py"))
assert _spec is not None
assert _spec.loader is not None
naive_phrases = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(naive_phrases)


def found(phrase: str, text: str) -> list[str]:
    return [text[start:end] for _, start, end in Phrases([phrase]).find(text)]


WORDS = st.sampled_from(
    ["cease", "fire", "ceasefire", "talk", "the", "rapist", "tax", "ally", "war", "s", "t", "es"]
)
TERMS = st.lists(
    st.lists(WORDS, min_size=1, max_size=3).flatmap(
        lambda words: st.sampled_from([" ".join(words), "-".join(words), "".join(words)])
    ),
    max_size=6,
)
PIECES = st.one_of(
    WORDS,
    st.sampled_from(["ceasefires", "allies", "Cease", "FIRE", "un"]),
    st.sampled_from([" ", " ", "-", "–", "\n", "\n\n", "  ", "\u00ad", "\u200b", ".", "'", "’t", "_", "— "]),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(TERMS, TEXTS)
def test_finds_exactly_what_the_oracle_finds(phrases: list[str], text: str) -> None:
    """The automaton and its checks miss nothing and add nothing, whatever the separators."""
    hits = Phrases(phrases).find(text)
    assert naive_phrases.find(phrases, text) == set(hits)
    assert len(set(hits)) == len(hits)


@given(st.text(min_size=1, max_size=8).filter(lambda term: any(map(str.isalnum, term))), st.text(), st.text())
def test_a_phrase_between_spaces_is_found_where_it_stands(phrase: str, before: str, after: str) -> None:
    """Any term of any script is found in any surroundings, by its own offsets, if it begins and ends a word."""
    phrase = phrase.strip()
    text = f"{before} . {phrase} . {after}"
    if phrase[0].isalnum() and phrase[-1].isalnum():
        start = len(before) + 3
        assert (0, start, start + len(phrase)) in Phrases([phrase]).find(text)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("ceasefire", "A Ceasefire, CEASEFIRES and a cease-fire; cease fire!", ["Ceasefire", "CEASEFIRES", "cease-fire", "cease fire"]),
        ("cease-fire", "ceasefire cease–fire cease\u2011fires cease\u00adfire", ["ceasefire", "cease–fire", "cease\u2011fires", "cease\u00adfire"]),
        ("sanctioned", "unsanctioned but U.S.-sanctioned", ["sanctioned"]),
        ("deadline", "deadlines, the deadline's end, deadlines’ end", ["deadlines", "deadline", "deadlines"]),
        ("cessation of hostilities", "a cessation\nof  hostilities", ["cessation\nof  hostilities"]),
        ("cessation of hostilities", "a cessation\n\nof hostilities", []),
        ("cessation of hostilities", "a cessation, of hostilities; a cessation of – hostilities", []),
        ("peace talks", "peace — talks", []),
        ("therapist", "the rapist", []),
        ("nowhere", "now here", []),
        ("ceasefire", "a cease-\nfire", ["cease-\nfire"]),
        ("45", "4-5 and 4 5 and 45", ["45"]),
        ("F-16", "F16, F 16, F-16s", ["F16", "F 16"]),
        ("2024-25", "in 2024–25 and 202425", ["2024–25"]),
        ("treaty", "treaties and treaty", ["treaties", "treaty"]),
        ("tax", "taxes and taxis", ["taxes"]),
        ("IT", "its it's IT", ["it", "IT"]),
        ("can", "can't can’t can’s", ["can"]),
        ("people's republic", "People’s Republic", ["People’s Republic"]),
        ("C++", "C++ and C", ["C++"]),
        ("AT&T", "AT&T's", ["AT&T"]),
    ],
)  # fmt: skip
def test_separators_boundaries_and_endings(phrase: str, text: str, expected: list[str]) -> None:
    """Each rule of the module by an example that shows its edge."""
    assert expected == found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("перемирие", "Объявлено ПЕРЕМИРИЕ.", ["ПЕРЕМИРИЕ"]),
        ("мир", "перемирие", []),
        ("هدنة", "إعلان هدنة جديدة", ["هدنة"]),
        ("停火", "双方同意停火协议", ["停火"]),
        ("停戦", "ウクライナ停戦交渉", ["停戦"]),
        ("NATO", "北约NATO峰会", ["NATO"]),
        ("หยุดยิง", "ข้อตกลงหยุดยิงใหม่", ["หยุดยิง"]),
        ("휴전", "양측은 휴전을 선언", ["휴전"]),
        ("전", "휴전을", []),
        ("istanbul", "İstanbul ve ISTANBUL", ["İstanbul", "ISTANBUL"]),
        ("Straße", "STRASSE und Straße", ["STRASSE", "Straße"]),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ", ["ΣΊΣΥΦΟΣ"]),
        ("fire", "ceaseﬁre ﬁre", ["ﬁre"]),
        ("café", "İ cafe\u0301s", ["cafe\u0301s"]),
        ("cafe", "cafe\u0301", []),
        ("한", "\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
    ],
)
def test_every_script(phrase: str, text: str, expected: list[str]) -> None:
    """Boundaries follow the script; folding moves no offset, not even where it changes a length."""
    assert expected == found(phrase, text)


def test_a_lone_surrogate_is_just_a_character() -> None:
    """Broken text is searched as well, and its offsets hold."""
    assert Phrases(["truce"]).find("\ud800 truce") == [(0, 2, 7)]


def test_words_far_apart_are_no_phrase() -> None:
    """A gap as wide as a table's column parts two words."""
    assert Phrases(["cease fire"]).find("cease" + " " * 101 + "fire") == []


def test_no_phrases_find_nothing() -> None:
    """An empty watchlist is a watchlist."""
    assert Phrases([]).find("a ceasefire") == []


def test_equal_phrases_are_all_found() -> None:
    """Two spellings that fold to one pattern both count."""
    assert Phrases(["ceasefire", "Cease-Fire"]).find("ceasefire") == [(0, 0, 9), (1, 0, 9)]
