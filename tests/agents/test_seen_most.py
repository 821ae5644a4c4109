"""Which of endless names get a place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agents.seen_most import HALF_LIFE, MOST_CANDIDATES, SeenMost

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def test_a_place_is_earned_once() -> None:
    """The call that earns it says so."""
    names = SeenMost(2, 3)
    assert [names.see("a", NOW) for _ in range(5)] == [False, False, True, False, False]
    assert names.tracked == {"a"}


@given(st.lists(st.sampled_from("abcdefgh"), max_size=300))
def test_there_are_never_more_than_there_are_places(seen: list[str]) -> None:
    """Whatever comes, and nobody has a place who came less often than it takes."""
    names = SeenMost(3, 4)
    for name in seen:
        names.see(name, NOW)
    assert len(names.tracked) <= 3
    assert all(seen.count(name) >= 4 for name in names.tracked)


def test_names_that_never_come_again_cost_bounded_memory() -> None:
    """Ten thousand of them."""
    names = SeenMost(3, 2)
    for number in range(10 * MOST_CANDIDATES):
        names.see(str(number), NOW)
    assert len(names.candidates) <= MOST_CANDIDATES
    assert names.tracked == frozenset()


def test_what_was_long_ago_gives_way() -> None:
    """A name of last month does not keep one of today out."""
    names = SeenMost(1, 2)
    for _ in range(16):
        names.see("old", NOW)
    later = NOW + 4 * HALF_LIFE + timedelta(hours=1)
    for _ in range(3):
        names.see("new", later)
    assert names.tracked == {"new"}
