"""Words that newsrooms write in two ways are one word for comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate import spelling
from agents.deduplicate.spelling import DATE, KIND_BITS, NUMBER, PLAIN, word_key, word_keys

LOW = (1 << KIND_BITS) - 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organize"),
        ("harbours", "harbors"),
        ("centre", "center"),
        ("cancelled", "canceled"),
        ("catalogue", "catalog"),
        ("zelenskyy", "zelenskiy"),
        ("kiev", "kyiv"),
        ("programme", "program"),
        ("five", "5"),
        ("5km", "5"),
        ("mln", "million"),
        ("nov", "november"),
    ],
)
def test_one_word(one: str, other: str) -> None:
    """By rule or by the table."""
    assert word_key(one) == word_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hour", "hor"), ("rise", "riser"), ("march", "may"), ("5", "50"), ("iran", "iraq")]
)
def test_two_words(one: str, other: str) -> None:
    """What is alike by its letters alone stays two."""
    assert word_key(one) != word_key(other)


@pytest.mark.parametrize("word", ["reuters", "afp", "percent", "pct"])
def test_no_word(word: str) -> None:
    """It counts for nothing."""
    assert word_key(word) == 0


@pytest.mark.parametrize(
    ("word", "kind"), [("monday", DATE), ("dec", DATE), ("24th", NUMBER), ("two", NUMBER), ("oil", PLAIN)]
)
def test_the_kind_is_in_the_key(word: str, kind: int) -> None:
    """A name is told by its text, so it is none of these."""
    assert word_key(word) & LOW == kind


@given(st.text(min_size=1))
def test_any_word_has_a_key_of_32_bits(word: str) -> None:
    """The same each time."""
    assert 0 <= word_key(word) < 1 << 32
    assert word_key(word) == word_key(word)


def test_keys_of_words_in_order() -> None:
    """What does not count is left out; a word that came before has the key that it had."""
    words = ["talks", "reuters", "in", "kiev", "talks"]
    assert word_keys(words).tolist() == [word_key(word) for word in words if word != "reuters"]
    assert word_keys(words).tolist() == word_keys(words).tolist()


def test_kept_words_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """In number and in length: a feed of nonsense does not fill the memory, and its keys are right."""
    monkeypatch.setattr(spelling, "_KEPT", 10)
    monkeypatch.setattr(spelling, "_KEYS", kept := spelling._Keys())
    words = [f"word{number}" for number in range(25)] + ["x" * 1_000_000]
    assert word_keys(words).tolist() == [word_key(word) for word in words]
    assert len(kept) <= 10
    assert max(map(len, kept)) < 100
