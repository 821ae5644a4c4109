"""Two texts side by side: what stands in place of what."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.changes import LEAD, Changes, changes
from agents.deduplicate.likeness import Fingerprint

FLASH = "The bank in Oslo raised its rate to 4 percent on Monday, as 12 of 15 economists had expected."
WORDS = [f"{a}{b}" for a in "bdfgklmnrst" for b in ("an", "er", "ist", "on", "ul", "yt")]


def _changes(one: str, other: str) -> Changes:
    return changes(Fingerprint.of(one), Fingerprint.of(other))


def _words(seed: int, count: int) -> list[str]:
    return Random(seed).choices(WORDS, k=count)


def test_the_same_text_has_nothing_changed() -> None:
    """All facts are kept."""
    found = _changes(FLASH, FLASH)
    assert (found.numbers, found.dates, found.names, found.opposite, found.lead) == (0, 0, 0, False, 1.0)
    assert (found.kept_numbers, found.kept_dates, found.kept_names) == (3, 1, 1)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("to 4", "to 5", (1, 0, 0)),
        ("Monday", "Tuesday", (0, 1, 0)),
        ("Oslo", "Riga", (0, 0, 1)),
        ("12 of 15", "9 of 14", (2, 0, 0)),
        ("economists", "analysts", (0, 0, 0)),
    ],
)
def test_facts_in_place_of_others_are_counted(was: str, now: str, expected: tuple[int, int, int]) -> None:
    """By their kind, either way round."""
    for found in (_changes(FLASH, FLASH.replace(was, now)), _changes(FLASH.replace(was, now), FLASH)):
        assert (found.numbers, found.dates, found.names) == expected


def test_what_is_added_changes_nothing() -> None:
    """In a short text and in a long one: facts of one side alone stand in place of none."""
    story = " ".join(_words(1, 150))
    for text in (FLASH, story):
        found = _changes(text, f"{text} Turnout was 41 percent in 1999 in Bergen on Friday.")
        assert (found.numbers, found.dates, found.names) == (0, 0, 0)


def test_a_phrase_that_recurs_sets_nothing_beside_what_is_kept() -> None:
    """A sentence that begins as an earlier one did is added, and says nothing in place of that one."""
    last = "the roads agency now hopes to set aside money for trains though none was likely before winter"
    story = " ".join([*_words(3, 150), last])
    longer = f"{story} the roads agency now hopes to reduce platforms though crossings had slipped again"
    for found in (_changes(story, longer), _changes(longer, story)):
        assert not found.opposite
        assert (found.numbers, found.dates, found.names) == (0, 0, 0)


def test_figures_of_a_long_text() -> None:
    """Found between runs of shared shingles."""
    words = _words(2, 200)
    words[40], words[90], words[160] = "17", "230", "41"
    other = list(words)
    other[40], other[160] = "18", "44"
    found = _changes(" ".join(words), " ".join(other))
    assert (found.numbers, found.kept_numbers, found.words) == (2, 1, 198)


def test_an_opposite_counts_where_little_else_stands() -> None:
    """One word for its opposite; 'not' in a whole new sentence says nothing."""
    words = _words(3, 200)
    turned = [*words[:100], "rejected", *words[101:]]
    words[100] = "agreed"
    assert _changes(" ".join(words), " ".join(turned)).opposite
    added = [*words[:100], *"the mayor did not come to see it on that day".split(), *words[100:]]  # noqa: SIM905
    assert not _changes(" ".join(words), " ".join(added)).opposite


def test_the_lead_is_that_of_both() -> None:
    """A text from its middle on has not the other's lead, and the other's is not in it."""
    words = _words(4, 200)
    assert _changes(" ".join(words), " ".join(words[LEAD * 2 :])).lead == 0.0


@given(
    st.lists(st.sampled_from([*WORDS[:6], "12", "17", "monday"]), min_size=1, max_size=120),
    st.lists(st.sampled_from([*WORDS[:6], "12", "17", "monday"]), min_size=1, max_size=120),
)
def test_any_two_texts_can_be_laid_side_by_side(one: list[str], other: list[str]) -> None:
    """No more is in both than the shorter has."""
    found = _changes(" ".join(one), " ".join(other))
    assert 0 <= found.lead <= 1
    assert found.words <= max(len(one), len(other))
