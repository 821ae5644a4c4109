"""Which day is meant: the Friday, the 27 November, the end of the month that a text leaves to its reader."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LATE = timedelta(days=31)
"""A date without a year that lies no further back is not that of next year."""


def day_of_year(month: int, day: int, today: date, *, past: bool) -> date | None:
    """27 November: the first that is not over or not for long, or the last; None where there is none."""
    years = (today.year - 1, today.year, today.year + 1)
    days = [date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    return _nearest(days, today, LATE, past=past)


def day_of_month(day: int, today: date, *, past: bool) -> date | None:
    """The 27th: of this month or the next that has one, or of the last."""
    months = [_month_from(today, shift) for shift in (-2, -1, 0, 1, 2)]
    days = [date(year, month, day) for year, month in months if day <= calendar.monthrange(year, month)[1]]
    return _nearest(days, today, timedelta(0), past=past)


def _nearest(days: Iterable[date], today: date, late: timedelta, *, past: bool) -> date | None:
    if past:
        return max((day for day in days if day <= today), default=None)
    return min((day for day in days if day >= today - late), default=None)


def weekday(number: int, which: str, today: date, *, past: bool) -> date:
    """The next such day, today included; of those past the last; 'next Friday' is that of next week."""
    if which in ("last", "past"):
        return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + number)
    if past:
        return today - timedelta(days=(today.weekday() - number) % 7)
    return today + timedelta(days=(number - today.weekday()) % 7)


def end_of(unit: str, today: date, *, following: bool) -> date:
    """The last day of this week (a Sunday), month or year, or of the following one."""
    if unit == "year":
        return date(today.year + following, 12, 31)
    if unit == "week":
        return today + timedelta(days=6 - today.weekday() + 7 * following)
    return last_of(*_month_from(today, int(following)))


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_later(today: date, number: int) -> date:
    """The same day so many months later, or the last of that month."""
    last = last_of(*_month_from(today, number))
    return last.replace(day=min(today.day, last.day))


def _month_from(today: date, shift: int) -> tuple[int, int]:
    years, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
    return years, month + 1
