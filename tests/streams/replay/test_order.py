"""The order of a replay."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from streams.replay.order import in_time_order


class Dated(msgspec.Struct, frozen=True):
    """An item with a place in what was given."""

    place: int
    published: datetime | None


def given_as(*days: int | None) -> list[Dated]:
    """Items published on these days."""
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return [Dated(n, None if day is None else start + timedelta(days=day)) for n, day in enumerate(days)]


def places(*days: int | None) -> list[int]:
    """Where the items given come from, in the order of the replay."""
    return [item.place for item in in_time_order(given_as(*days))]


def test_items_are_sorted_by_publication_and_ties_keep_their_order() -> None:
    """Days 3, 1, 3, 2 come as 1, 2, 3, 3."""
    assert places(3, 1, 3, 2) == [1, 3, 0, 2]


def test_an_undated_item_stays_after_the_one_before_it() -> None:
    """It moves with its neighbour."""
    assert places(5, None, 1) == [2, 0, 1]


def test_undated_items_before_any_dated_come_first() -> None:
    """Nobody knows their time, and they were given first."""
    assert places(None, None, 9, 4) == [0, 1, 3, 2]


@given(st.lists(st.none() | st.integers(0, 50), max_size=30))
def test_every_item_once_and_the_dated_in_order(days: list[int | None]) -> None:
    """A permutation, in which the dates never fall and an undated item follows its neighbour."""
    items = given_as(*days)
    ordered = in_time_order(items)
    assert sorted(item.place for item in ordered) == [item.place for item in items]
    dates = [item.published for item in ordered if item.published]
    assert sorted(dates) == dates
    for before, item in itertools.pairwise(items):
        if item.published is None:
            assert ordered.index(before) + 1 == ordered.index(item)


def test_a_dated_order_is_left_alone() -> None:
    """What is in order already is not touched."""
    assert places(1, None, 2, 2) == [0, 1, 2, 3]
