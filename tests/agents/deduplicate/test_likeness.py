"""Jaccard, containment and the numbers decide what a copy is."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.likeness import Fingerprint, Likeness, compare
from agents.deduplicate.ruling import rule
from agents.deduplicate.settings import DedupSettings

TEXTS = st.lists(st.sampled_from(["ban", "cist", "dul"]), min_size=5, max_size=40)
WORDS = [f"{a}{b}" for a in "bcdfghjklm" for b in ("an", "er", "ist", "on", "ul", "yt")]


def _text(seed: int, words: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _method(new: str, old: str, settings: DedupSettings | None = None) -> str | None:
    return rule(Fingerprint.of(new), Fingerprint.of(old), settings or DedupSettings()).method


@given(TEXTS, TEXTS)
def test_compare_is_set_arithmetic(one: list[str], other: list[str]) -> None:
    """Against Python's sets, either way round."""
    sets = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, other)]
    both, either, shorter = len(sets[0] & sets[1]), len(sets[0] | sets[1]), min(map(len, sets))
    expected = Likeness(both / either, both / shorter)
    ours, theirs = Fingerprint.of(" ".join(one)), Fingerprint.of(" ".join(other))
    assert expected == compare(ours, theirs) == compare(theirs, ours)


def test_a_light_edit_is_a_copy() -> None:
    """Three words of 200 changed leave J above .8."""
    words = _text(3, 200).split()
    for place in (20, 90, 150):
        words[place] = "changed"
    assert _method(" ".join(words), _text(3, 200)) == "jaccard"


def test_furniture_makes_no_other_article() -> None:
    """Twice its length of page around the text, before or after it was seen clean."""
    page = f"{_text(5, 200)} {_text(4, 200)} {_text(6, 200)}"
    assert _method(page, _text(4, 200)) == "containment"
    assert _method(_text(4, 200), page) == "containment"


def test_a_flash_in_a_round_up_is_no_copy() -> None:
    """Two sentences of a longer text, either way round."""
    flash = _text(7, 40)
    round_up = f"{_text(8, 100)} {flash} {_text(9, 100)}"
    assert _method(flash, round_up) is None
    assert _method(round_up, flash) is None


def test_a_round_up_of_whole_articles_is_news_of_its_own() -> None:
    """It contains the earlier article, but is eight times as long; the other way round nothing is new."""
    story = _text(10, 150)
    round_up = f"{story} {_text(11, 1050)}"
    assert _method(round_up, story) is None
    assert _method(story, round_up) == "containment"


def test_other_numbers_in_the_same_form_make_another_article() -> None:
    """A results notice with all its figures changed is none, with one corrected it is a copy."""
    form = _text(12, 300)
    notice = f"{form} profit 120 sales 340 shares 56 margin 78"
    assert _method(f"{form} profit 121 sales 361 shares 59 margin 71", notice) is None
    assert _method(f"{form} profit 121 sales 340 shares 56 margin 78", notice) == "jaccard"


def test_unlike_texts_are_not_copies() -> None:
    """Same words, other sentences."""
    assert _method(_text(13, 200), _text(14, 200)) is None


def test_an_empty_text_is_like_nothing() -> None:
    """Not even like another empty one."""
    assert _method("", "") is None
