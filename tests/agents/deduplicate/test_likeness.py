"""Jaccard, containment and the numbers decide what a copy is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate import likeness
from agents.deduplicate.likeness import Fingerprint, Likeness, compare, copy_method
from agents.deduplicate.settings import DedupSettings

if TYPE_CHECKING:
    import pytest

HASHES = st.sets(st.integers(0, 60))
WORDS = [f"{a}{b}" for a in "bcdfghjklm" for b in ("an", "er", "ist", "on", "ul", "yt")]


def _of(hashes: set[int]) -> Fingerprint:
    ordered = np.array(sorted(hashes), np.uint32)
    return Fingerprint(ordered, np.zeros(0, np.uint32), len(ordered))


def _text(seed: int, words: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def _method(new: str, old: str, settings: DedupSettings | None = None) -> str | None:
    ours, theirs = Fingerprint.of(new), Fingerprint.of(old)
    return copy_method(ours, theirs, compare(ours, theirs), settings or DedupSettings())


@given(HASHES, HASHES)
def test_compare_is_set_arithmetic(one: set[int], other: set[int]) -> None:
    """Against Python's sets, either way round."""
    both, either, shorter = len(one & other), len(one | other), min(len(one), len(other))
    expected = Likeness(both / either if either else 0, both / shorter if shorter else 0, 0, 0)
    assert expected == compare(_of(one), _of(other)) == compare(_of(other), _of(one))


def test_a_sample_stands_for_a_huge_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a tenth of the shingles kept, the estimate is within .1 of the truth."""
    one, other = _text(1, 8000), _text(1, 8000) + " " + _text(2, 4000)
    exact = compare(Fingerprint.of(one), Fingerprint.of(other))
    monkeypatch.setattr(likeness, "MAX_SHINGLES", 800)
    sampled = compare(Fingerprint.of(one), Fingerprint.of(other))
    assert abs(exact.jaccard - sampled.jaccard) < 0.1
    assert sampled.containment > 0.95
    small = compare(Fingerprint.of(_text(1, 500)), Fingerprint.of(other))
    assert small.containment > 0.95


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
