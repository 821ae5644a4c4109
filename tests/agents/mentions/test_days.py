"""Which day is meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions import days

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(st.integers(0, 6), DAYS)
def test_a_weekday_is_within_the_week(number: int, today: date) -> None:
    """Ahead of today or today itself, and behind it in the past; 'last' is never today."""
    ahead = days.weekday(number, "", today, past=False)
    behind = days.weekday(number, "", today, past=True)
    last = days.weekday(number, "last", today, past=False)
    following = days.weekday(number, "next", today, past=False)
    assert {ahead.weekday(), behind.weekday(), last.weekday(), following.weekday()} == {number}
    assert today <= ahead < today + timedelta(days=7)
    assert today - timedelta(days=7) < behind <= today
    assert today - timedelta(days=7) <= last < today
    assert following.isocalendar().week == (today + timedelta(days=7)).isocalendar().week


@given(st.integers(1, 12), st.integers(1, 28), DAYS, st.booleans())
def test_a_day_of_the_year_is_less_than_a_year_away(month: int, day: int, today: date, past: bool) -> None:
    """Not over, or for a month at most; in the past not ahead."""
    found = days.day_of_year(month, day, today, past=past)
    assert found is not None
    assert (found.month, found.day) == (month, day)
    away = (found - today).days
    assert -366 < away <= 0 if past else -31 <= away < 366 - 31


@pytest.mark.parametrize(
    ("today", "past", "expected"),
    [
        (date(2025, 1, 30), False, date(2025, 1, 31)),
        (date(2025, 2, 1), False, date(2025, 3, 31)),
        (date(2025, 3, 1), True, date(2025, 1, 31)),
    ],
)
def test_a_month_without_a_31st_is_passed_over(today: date, past: bool, expected: date) -> None:
    """Both ways."""
    assert expected == days.day_of_month(31, today, past=past)


def test_months_later_keeps_the_day_where_there_is_one() -> None:
    """The last of a shorter month else."""
    assert days.months_later(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert days.months_later(date(2025, 8, 15), 6) == date(2026, 2, 15)
