"""Counts of a day by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from streams.console.tally import Tally

NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)


def test_it_counts_since_a_moment() -> None:
    """From its minute on."""
    tally: Tally[str] = Tally()
    for minutes in (0, 30, 59, 61, 61):
        tally.add("a", NOON - timedelta(minutes=minutes))
    tally.add("b", NOON)
    assert tally.since(NOON - timedelta(hours=1)) == {"a": 3, "b": 1}
    assert tally.since(NOON - timedelta(hours=2)) == {"a": 5, "b": 1}


def test_what_is_older_than_a_day_is_forgotten() -> None:
    """And one that comes so late counts no more."""
    tally: Tally[str] = Tally()
    tally.add("a", NOON)
    tally.add("a", NOON + timedelta(days=1, minutes=1))
    tally.add("a", NOON)
    assert tally.since(NOON) == {"a": 1}


def test_beyond_so_many_counts_the_oldest_hour_is_given_up() -> None:
    """The memory is bounded; the newest minute stays whatever it holds."""
    tally: Tally[int] = Tally(most=10)
    for hour in range(4):
        for number in range(4):
            tally.add(number, NOON + timedelta(hours=hour))
    assert tally.since(NOON) == dict.fromkeys(range(4), 2)
    for number in range(20):
        tally.add(number, NOON + timedelta(hours=5))
    assert tally.since(NOON) == dict.fromkeys(range(20), 1)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 1439)), max_size=200))
def test_within_a_day_nothing_is_lost(seen: list[tuple[str, int]]) -> None:
    """In whatever order it comes."""
    tally: Tally[str] = Tally()
    for key, minute in seen:
        tally.add(key, NOON + timedelta(minutes=minute))
    assert tally.since(NOON).total() == len(seen)


def test_a_copy_stays_as_it_is() -> None:
    """Whatever is counted afterwards, in a minute that it knows and in another."""
    tally: Tally[str] = Tally()
    tally.add("a", NOON)
    copy = tally.copy()
    tally.add("a", NOON)
    tally.add("a", NOON + timedelta(minutes=1))
    assert copy.since(NOON) == {"a": 1}
    assert tally.since(NOON) == {"a": 3}
