"""Speeds and schedules."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from itertools import islice

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.replay.pace import parse_speed, schedule

START = datetime(2025, 11, 24, tzinfo=UTC)


class Dated(msgspec.Struct, frozen=True):
    """The least that can be scheduled."""

    published: datetime | None


def at(*minutes: int | None) -> list[Dated]:
    """Items published so many minutes after the start; None is undated."""
    return [Dated(None if m is None else START + timedelta(minutes=m)) for m in minutes]


@pytest.mark.parametrize(
    ("text", "factor"),
    [("max", math.inf), ("MAX", math.inf), ("1x", 1), ("60x", 60), ("0.5x", 0.5), (".5x", 0.5), ("60", 60)],
)
def test_a_speed_is_max_or_a_factor(text: str, factor: float) -> None:
    """`max` is infinity, the x may be left out."""
    assert factor == parse_speed(text)


@pytest.mark.parametrize(
    "text", ["", "0", "0x", "0.0x", "-1x", "fast", "x", "nan", "inf", "infx", "1e5", "٣x"]
)
def test_another_speed_is_refused_by_name(text: str) -> None:
    """The message quotes what was given and says what is taken."""
    with pytest.raises(ValueError, match="is not 'max' or a factor above 0") as caught:
        parse_speed(text)
    assert repr(text) in str(caught.value)


@given(st.text(max_size=12))
def test_any_text_is_a_positive_factor_or_an_error(text: str) -> None:
    """Nothing else comes out, no other exception."""
    try:
        assert parse_speed(text) > 0
    except ValueError:
        assert text.strip().lower() != "max"


def test_gaps_are_divided_by_the_speed() -> None:
    """At 60x a minute is a second."""
    assert [due for due, _ in schedule(at(0, 1, 10), 60)] == [0, 1, 10]


def test_an_undated_item_has_no_gap() -> None:
    """It is due with the item before it, or at once when there is none."""
    assert [due for due, _ in schedule(at(None, 0, None, 5), 60)] == [0, 0, 0, 5]


def test_as_fast_as_possible_means_at_once() -> None:
    """Seventy years of a gap take no time at `max`."""
    assert [due for due, _ in schedule(at(0, 36_817_920), parse_speed("max"))] == [0, 0]


def test_a_loop_goes_on_where_the_last_round_was_due() -> None:
    """The second round begins when the last item of the first is due."""
    assert [due for due, _ in islice(schedule(at(0, 2), 60, loop=True), 5)] == [0, 2, 2, 4, 4]


def test_a_loop_of_nothing_ends() -> None:
    """No items, no rounds."""
    assert list(schedule([], 1, loop=True)) == []


@given(
    st.lists(st.none() | st.integers(-(10**6), 10**6), max_size=20),
    st.floats(1e-3, 1e6),
)
def test_due_times_never_fall(minutes: list[int | None], speed: float) -> None:
    """Whatever the dates, in order or not, each item once and none earlier than the one before it."""
    items = at(*minutes)
    dues = list(schedule(items, speed))
    assert items == [item for _, item in dues]
    assert sorted(due for due, _ in dues) == [due for due, _ in dues]
    assert all(due >= 0 for due, _ in dues)
