"""Dates and times in a sentence as they are written, in one form; of all, only 'today' is resolved."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Span = tuple[int, int]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?P<month1>{_MONTH})\s(?P<day1>{_DAY})(?:,?\s{_YEAR}\b)?"
    rf"|\b(?P<day2>{_DAY})\s(?:of\s)?(?P<month2>{_MONTH})(?:,?\s{_YEAR}\b)?"
    rf"|\b(?P<month3>{_MONTH})(?:,?\s(?P<year3>{_YEAR})\b)?"
    r"|\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
    r"|\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])(?:\.\s?m\.|m\b)"
    r"|\b(?P<clock>\d{1,2}:\d\d|\d{4}(?=\s(?:GMT|UTC)\b))\b"
    r"|\b(?P<numeric>\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b"
    rf"|(?<![\d.,])\b(?P<year>{_YEAR})\b(?!,?\d)"
    r"|\b(?P<word>tomorrow|midnight|noon|next\s(?:week|weekend|month|year))\b"
    r"|\b(?P<near>today|tonight|yesterday)\b"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {"midnight": "00:00", "noon": "12:00"}
_HALF_DAY = 12
BY_THE_WAY = "~"
"""Before what a day is called elsewhere: 'today' was a Monday, Monday was November 24. It answers those, and
is missed by nobody."""
_CALLED = {0: ("today", "tonight"), -1: ("yesterday",)}
_NEAR = range(-6, 7)
"""Days from the article's in which a weekday is meant."""


def dates(text: str, day: date | None = None) -> Iterator[tuple[Span, str]]:
    """Where a date or time stands, and what it says: month and day as 11-27, a time as 17:30, days in full.

    The year of a whole date is left out, since one copy prints it and the next does not. Agencies put the
    weekday where papers put 'today', 'yesterday' or the date: what it is called otherwise comes `BY_THE_WAY`.

    Args:
        text: a sentence.
        day: the article's, if anybody can tell; without it 'today' is none.
    """
    for match in _DATE.finditer(text):
        said = None if match["near"] else _said(match)
        if said is not None:
            yield match.span(), said
        if day is not None:
            for called in _otherwise(said or match["near"], day):
                yield match.span(), BY_THE_WAY + called


def _said(match: re.Match[str]) -> str | None:
    """A date in one form; None of what is none."""
    month = match["month1"] or match["month2"]
    if match["iso"]:
        return match["iso"][5:]
    if month:
        digits = re.sub(r"\D", "", match["day1"] or match["day2"])
        return f"{_number(month):02}-{int(digits):02}"
    if match["month3"]:
        if match["month3"] in ("May", "March", "Mar") and match.start() == 0 and not match["year3"]:
            return None  # 'May he …', 'March on …'
        return (
            f"{match['year3']}-{_number(match['month3']):02}" if match["year3"] else match["month3"].lower()
        )
    if match["weekday"]:
        return next(name for name in _DAYS if name.startswith(match["weekday"][:3].lower()))
    return _time(match) or _numeric(match["numeric"]) or _WORDS.get(match[0], match[0].lower())


def _otherwise(said: str | None, day: date) -> Iterator[str]:
    """The date of a weekday near an article's day, the weekday of such a date, both of 'today'."""
    for distance in _NEAR:
        that = day + timedelta(days=distance)
        names = (_DAYS[that.weekday()], f"{that:%m-%d}")
        if said in names or said in _CALLED.get(distance, ()):
            yield from (name for name in names if name != said)


def _time(match: re.Match[str]) -> str | None:
    """A time of day by the clock of 24 hours; None of what is none."""
    if match["clock"]:
        digits = match["clock"].replace(":", "").zfill(4)
        return f"{digits[:2]}:{digits[2:]}"
    if match["hour"] is None:
        return None
    hour = int(match["hour"]) % _HALF_DAY + _HALF_DAY * (match["half"] in "pP")
    return f"{hour:02}:{match['minute'] or '00'}"


def _numeric(written: str | None) -> str | None:
    """Month and day of a date in figures; None where it is not clear which is which."""
    if written is None:
        return None
    first, second, _ = (int(part) for part in re.split(r"[/.]", written))
    day, month = (
        (first, second) if second <= _HALF_DAY and (first > _HALF_DAY or "." in written) else (second, first)
    )
    clear = first == second or max(first, second) > _HALF_DAY or "." in written
    return f"{month:02}-{day:02}" if clear and month <= _HALF_DAY else None


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1
