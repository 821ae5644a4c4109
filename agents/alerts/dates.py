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
    r"|\b(?P<word>tomorrow|midnight|noon)\b"
    r"|\b(?P<near>today|tonight|yesterday)\b"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {"midnight": "00:00", "noon": "12:00"}
_HALF_DAY = 12
BY_THE_WAY = "~"
"""Before the weekday that 'today' was: it answers a weekday, and is missed by nobody."""


def dates(text: str, day: date | None = None) -> Iterator[tuple[Span, str]]:
    """Where a date or time stands, and what it says: month and day as 11-27, a time as 17:30, days in full.

    The year of a whole date is left out, since one copy prints it and the next does not. 'Today' and
    'yesterday', which agencies and papers put for the weekday, are that weekday, `BY_THE_WAY`.

    Args:
        text: a sentence.
        day: the article's, if anybody can tell; without it 'today' is none.
    """
    for match in _DATE.finditer(text):
        month = match["month1"] or match["month2"]
        if match["iso"]:
            said = match["iso"][5:]
        elif month:
            digits = re.sub(r"\D", "", match["day1"] or match["day2"])
            said = f"{_number(month):02}-{int(digits):02}"
        elif match["month3"]:
            if match["month3"] in ("May", "March", "Mar") and match.start() == 0 and not match["year3"]:
                continue  # 'May he …', 'March on …'
            said = (
                f"{match['year3']}-{_number(match['month3']):02}"
                if match["year3"]
                else match["month3"].lower()
            )
        elif match["near"]:
            if day is None:
                continue
            before = timedelta(days=match["near"] == "yesterday")
            said = BY_THE_WAY + _DAYS[(day - before).weekday()]
        elif match["weekday"]:
            said = next(name for name in _DAYS if name.startswith(match["weekday"][:3].lower()))
        else:
            said = _time(match) or _numeric(match["numeric"]) or _WORDS.get(match[0], match[0].lower())
        yield match.span(), said


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
