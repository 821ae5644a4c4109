"""When an article was published, and the event time the program reckons with."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import dateparser

from agents.ingest.refusal import RefusalError, shown

if TYPE_CHECKING:
    from streams.records import EventTimeSource

CLOCK_SKEW = timedelta(minutes=5)
"""A date this little after its arrival is a clock that runs fast, not a wrong date (servers drift)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The first newspaper, the Relation of Strassburg, is of 1605. What is older is a zero date (0001-01-01).
_FIRST_YEAR = 1605
_LONGEST_DATE = 80  # 'Wednesday, 24 September 2025 at 10:00:00 p.m. Central European Summer Time' has 73
_ISO_SHAPED = re.compile(r"\d{4}-?\d{2}-?\d{2}(?!\d)|\d{4}-\d{2}\b")
# Of anything else `email` makes something as well: it takes '4:05 PM EST' for 04:05 UTC.
_MAIL_SHAPED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?\d{1,2}[ -][a-z]{3}[ -]\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s+(?:[+-]\d{4}|[a-z]{1,5}))?(?:\s*\(.*\))?$"
    r"|[a-z]{3} [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} [+-]\d{4} \d{4}$",
    re.IGNORECASE,
)
_ZONE_WORD = re.compile(r"(?<=\d)\s*([A-Z]{1,5})$")
_NUMBER = re.compile(r"[+-]?\d{9,19}(?:\.\d{1,9})?")
# Seconds up to the year 5138, then milliseconds, microseconds, nanoseconds.
_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
# 20251125 is that day, not 23 August 1970.
_WRITTEN_OUT = range(1970_01_01, 2100_01_01)
# With all 200 locales a string that is no date takes 2 s.
_LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "ja"]
_FULL_DATES_ONLY = {
    "STRICT_PARSING": True,  # day, month and year, or it is no date
    "PARSERS": ["absolute-time"],  # 'yesterday' would depend on the clock of this machine
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": True,
}


def parse_date(value: str | float, field: str) -> datetime:
    """A date as articles carry it, in UTC.

    Takes ISO 8601 and RFC 3339, RFC 2822 (RSS), seconds, milliseconds, microseconds or nanoseconds since
    1970 as a number or digits, and dates written out in the large languages ('18 November 2025, 7:04 pm').
    A date without a zone is taken as UTC; a date without a time as midnight.

    Raises:
        RefusalError: `bad_date` when it names no day that a newspaper can have appeared on.
    """
    try:
        date = _from_number(value) if isinstance(value, int | float) else _from_text(value.strip())
        if date is not None:
            date = (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        date = None
    if date is None or date.year < _FIRST_YEAR:
        raise RefusalError(
            "bad_date",
            f"{field} {shown(value)} is no date from {_FIRST_YEAR} on; "
            "send RFC 3339 such as 2025-11-25T10:00:00Z, or leave it out",
        )
    return date


def event_time(own: datetime | None, arrived: datetime) -> tuple[datetime, EventTimeSource]:
    """The time to reckon with: the article's own date, within what Kafka and causality allow.

    A date more than `CLOCK_SKEW` after the arrival becomes the arrival; one before 1970, which a Kafka
    timestamp can't express, becomes 1970. Both are `clamped`.
    """
    if own is None:
        return arrived, "arrival"
    if own > arrived + CLOCK_SKEW:
        return arrived, "clamped"
    if own < _EPOCH:
        return _EPOCH, "clamped"
    return own, "own"


def _from_number(value: float) -> datetime | None:
    if not math.isfinite(value):
        return None
    if value in _WRITTEN_OUT:
        return datetime.strptime(str(int(value)), "%Y%m%d").replace(tzinfo=UTC)
    for limit, per_second in _UNITS:
        if abs(value) < limit:
            return _EPOCH + timedelta(seconds=value / per_second)
    return None


def _from_text(text: str) -> datetime | None:  # noqa: PLR0911  one notation after the other
    if len(text) > _LONGEST_DATE:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if _NUMBER.fullmatch(text):
        return _from_number(float(text))
    if _MAIL_SHAPED.match(text):
        try:
            return parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            pass
    # dateparser reads 2025-13-01 as 13 January: what has the shape of ISO 8601 must be ISO 8601, but for
    # a zone written as a word.
    if _ISO_SHAPED.match(text):
        return _zoned(text)
    if not any(character.isdigit() for character in text):
        return None
    found: datetime | None = dateparser.parse(text, languages=_LANGUAGES, settings=_FULL_DATES_ONLY)
    return found


def _zoned(text: str) -> datetime:
    """A date in ISO 8601 with a zone written as a word.

    Raises:
        ValueError: where it is something else.
    """
    zone = _ZONE_WORD.search(text)
    date = datetime.fromisoformat(text[: zone.start()] if zone else text)
    # `dateparser` knows the words; it is given a day of which it can't mistake the parts.
    known: datetime | None = (
        dateparser.parse(f"{date:%d %B %Y %H:%M:%S} {zone[1]}", languages=["en"]) if zone else None
    )
    if known is None or known.tzinfo is None:
        raise ValueError(text)
    return known
