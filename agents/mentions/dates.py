"""Days and times of day in English text: found by one pattern, then resolved against a time.

Which Friday or which 27 November is meant is told by `days`; times of day and their zones are read by
`dateparser`. It is given a whole date in English with them and no more than that: left to guess a language or
a day it finds dates in words of a dozen languages, and a call takes 0.9 ms at best.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import dateparser

from agents.mentions import days

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        1,
    )
} | {"fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_MONTHS = [name.lower() for name in calendar.month_name]
_MONTHS_OF_A_YEAR = 12
_FEASTS = {"newyearseve": (12, 31), "newyearsday": (1, 1), "christmaseve": (12, 24), "christmasday": (12, 25)}
_ZONES = {
    "gmt": "UTC",
    "utc": "UTC",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "eastern": "America/New_York",
    "ct": "America/Chicago",
    "pt": "America/Los_Angeles",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "bst": "Europe/London",
    "eet": "Europe/Kyiv",
    "msk": "Europe/Moscow",
    "moscow": "Europe/Moscow",
    "kyiv": "Europe/Kyiv",
    "london": "Europe/London",
    "brussels": "Europe/Brussels",
    "washington": "America/New_York",
}
"""As news writes them, and as the tz database does: 'ET' and 'CET' are meant as what clocks there show."""

_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)\d{2}\b"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_DAY_NAME = rf"(?:(?:{'|'.join(_WEEKDAYS)}),?\s)?"
_DATE = (
    rf"(?P<iso>{_YEAR}-\d{{2}}-\d{{2}})\b"
    r"|(?P<number>\d{1,2})(?P<sign>[/.])(?P<second>\d{1,2})(?:(?P=sign)(?P<its_number>(?:20)?\d{2}\b)|(?P<dot>\.)?(?![/.\d]*\d))"
    rf"|{_DAY_NAME}(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:,?\s(?P<year>{_YEAR}))?"
    rf"|{_DAY_NAME}(?P<day_first>{_DAY})\s(?:of\s)?(?P<its_month>{_MONTH})(?:,?\s(?P<its_year>{_YEAR}))?"
    r"|the\s(?P<nth>[12]?\d|3[01])(?:st|nd|rd|th)\b(?!\s\w+\s)"
    rf"|(?:(?P<which>last|next|this|past|coming)\s)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
    r"|(?P<near>today|tonight|tomorrow|yesterday)\b"
    r"|(?P<feast>new\syear['’]s\s(?:eve|day)|christmas\s(?:eve|day))\b"
    rf"|(?:the\s)?(?:(?:end|last\sday)\sof\s|end-)(?:(?P<end_which>the|this|next)\s)?(?P<end_of>week|month|year|{_MONTH})(?:\s(?P<end_year>{_YEAR}))?"
)
_CLOCK = (
    r"(?P<{0}>(?:12\s)?(?:noon|midnight)|midday|\d{{1,2}}(?:[:.]\d{{2}})?\s?[ap]\.?m\b\.?|(?:[01]?\d|2[0-3]):[0-5]\d"
    r"|(?:[01]\d|2[0-3])[0-5]\d(?=\s(?:gmt|utc)\b))"
    r"(?:\s\(?(?P<{0}_zone>(?:gmt|utc)\s?[+\u2212-]\s?\d{{1,2}}|{1}|local)(?:\stime)?\b\)?)?"
)
_ZONE = "|".join(_ZONES)
PATTERN = re.compile(
    rf"\b(?:(?:{_CLOCK.format('clock', _ZONE)},?\s(?:on\s|of\s)?)?(?:{_DATE})"
    rf"(?:(?:,?\sat|,|\sby)?\s{_CLOCK.format('then', _ZONE)})?"
    rf"|(?:{_NUMBER}(?:\sto\s|\sor\s|[-–]))?(?P<count>{_NUMBER})[\s-](?P<unit>minute|hour|day|week|month)s?\b"
    rf"|{_CLOCK.format('alone', _ZONE)})",
    re.IGNORECASE,
)
"""A day, a time of day, both, or a span of time; which groups it has says what it is."""


def is_span(found: re.Match[str]) -> bool:
    """Whether it is a span of time, as '48 hours'."""
    return found["count"] is not None


def resolve(found: re.Match[str], now: datetime | None, *, past: bool) -> str | None:
    """The day as `YYYY-MM-DD`, with a time of day as RFC 3339 in UTC; None for what names no day.

    Args:
        found: by `PATTERN`.
        now: the time of writing; without one only a date with a year can be told.
        past: whether it lies before `now`; else it lies after, where the text leaves that open.
    """
    try:
        if is_span(found):
            return _span(found, now) if now and not past else None
        day = _day(found, now, past=past)
        clock, zone = next(
            ((found[name], found[f"{name}_zone"]) for name in ("clock", "then", "alone") if found[name]),
            (None, None),
        )
        if clock is None or (zone or "").lower() == "local":  # At whose place is not said.
            return day.isoformat() if day else None
        if day is not None:
            return _at(day, clock, zone)
        return _next(clock, zone, now) if now and found["alone"] and not past else None
    except (ValueError, OverflowError):  # 31 June, 25 p.m.
        return None


def _span(found: re.Match[str], now: datetime) -> str:
    number = int(_NUMBERS.get(found["count"].lower()) or found["count"])
    unit = found["unit"].lower()
    if unit == "month":
        return days.months_later(now.date(), number).isoformat()
    length = timedelta(**{f"{unit}s": number})
    return (now.date() + length).isoformat() if unit in ("day", "week") else _written(now + length)


def _day(found: re.Match[str], now: datetime | None, *, past: bool) -> date | None:
    today = now.date() if now else None
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if found["number"]:
        return _in_numbers(found, today, past=past)
    if name := found["month"] or found["its_month"]:
        year, day = found["year"] or found["its_year"], int(_digits(found["day"] or found["day_first"]))
        if year:
            return date(int(year), _month(name), day)
        return today and days.day_of_year(_month(name), day, today, past=past)
    if found["end_of"]:
        return _end(found, today)
    return today and _near(found, today, past=past)


def _in_numbers(found: re.Match[str], today: date | None, *, past: bool) -> date | None:
    """27/11 or 11/27; None for 5/6, which is June to one reader and May to another, and for 2.5, a number."""
    day, month, year = int(found["number"]), int(found["second"]), found["its_number"]
    if found["sign"] == "/":
        if day <= _MONTHS_OF_A_YEAR and month > _MONTHS_OF_A_YEAR:
            day, month = month, day
        elif day <= _MONTHS_OF_A_YEAR and day != month:
            return None
    elif not (year or found["dot"]):
        return None
    if month > _MONTHS_OF_A_YEAR:
        return None
    if year:
        return date(int(year) % 100 + 2000, month, day)
    return today and days.day_of_year(month, day, today, past=past)


def _near(found: re.Match[str], today: date, *, past: bool) -> date | None:
    """What is said from the day of writing."""
    if found["feast"]:
        month, day = _FEASTS[re.sub(r"\W", "", found["feast"].lower())]
        return days.day_of_year(month, day, today, past=past)
    if found["near"]:
        return today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(found["near"].lower(), 0))
    if found["weekday"]:
        number, which = _WEEKDAYS.index(found["weekday"].lower()), (found["which"] or "").lower()
        return days.weekday(number, which, today, past=past)
    return days.day_of_month(int(found["nth"]), today, past=past) if found["nth"] else None


def _end(found: re.Match[str], today: date | None) -> date | None:
    unit, year = found["end_of"].lower(), found["end_year"]
    if unit in ("week", "month", "year"):
        return today and days.end_of(unit, today, following=(found["end_which"] or "").lower() == "next")
    month = _month(unit)
    if year:
        return days.last_of(int(year), month)
    return today and days.last_of(today.year + (month < today.month), month)


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS) if month[:3] == name[:3].lower())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _at(day: date, clock: str, zone: str | None) -> str:
    """A time of day; midnight is the end of its day, as in 'before midnight on Tuesday'."""
    clock = clock.lower().replace(".", "" if "m" in clock.lower() else ":")
    clock = clock.removeprefix("12 ")
    if clock == "midnight":
        day, clock = day + timedelta(days=1), "00:00"
    elif clock in ("noon", "midday"):
        clock = "12:00"
    elif re.fullmatch(r"\d{4}", clock):
        clock = f"{clock[:2]}:{clock[2:]}"
    ahead = timedelta(0)
    if offset := re.search(r"([+\u2212-])\s?(\d+)$", zone or ""):
        ahead, zone = timedelta(hours=int(offset[2]) * (1 if offset[1] == "+" else -1)), "UTC"
    return _written(_read(f"{day.day} {_MONTHS[day.month]} {day.year} {clock}", zone) - ahead)


def _next(clock: str, zone: str | None, now: datetime) -> str:
    today = _at(now.date(), clock, zone)
    return today if today >= _written(now) else _at(now.date() + timedelta(days=1), clock, zone)


@lru_cache(1_024)
def _read(text: str, zone: str | None = None) -> datetime:
    """A day and time written out, in the zone, or in UTC.

    Raises:
        ValueError: there is no such day or time.
    """
    settings = {
        "TIMEZONE": _ZONES[zone.lower()] if zone else "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": "DMY",
    }
    found: datetime | None = dateparser.parse(text, languages=["en"], settings=settings)
    if found is None:
        raise ValueError(text)
    return found.astimezone(UTC) if zone else found


def _written(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
