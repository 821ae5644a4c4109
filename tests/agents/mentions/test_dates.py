"""Days and times of day in text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.mentions.dates import PATTERN, resolve

MONDAY = datetime(2025, 11, 24, 10, 30, tzinfo=UTC)
SATURDAY = datetime(2025, 11, 29, 10, 30, tzinfo=UTC)


def resolved(text: str, now: datetime | None = MONDAY, *, past: bool = False) -> str | None:
    found = PATTERN.fullmatch(text)
    assert found, text
    return resolve(found, now, past=past)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("November 27", "2025-11-27"),
        ("Nov. 27th, 2025", "2025-11-27"),
        ("27 November", "2025-11-27"),
        ("27 of Nov 2026", "2026-11-27"),
        ("2025-11-27", "2025-11-27"),
        ("Thursday, Nov. 27 at 5pm EST", "2025-11-27T22:00:00Z"),
        ("Thursday 27 November", "2025-11-27"),
        ("January 3", "2026-01-03"),
        ("November 20", "2025-11-20"),
        ("October 20", "2026-10-20"),
        ("the 27th", "2025-11-27"),
        ("the 3rd", "2025-12-03"),
        ("Friday", "2025-11-28"),
        ("Monday", "2025-11-24"),
        ("next Friday", "2025-12-05"),
        ("last Friday", "2025-11-21"),
        ("tomorrow", "2025-11-25"),
        ("tonight", "2025-11-24"),
        ("the end of the month", "2025-11-30"),
        ("end of next month", "2025-12-31"),
        ("end of the week", "2025-11-30"),
        ("the end of the year", "2025-12-31"),
        ("end of February", "2026-02-28"),
        ("end of June 2028", "2028-06-30"),
        ("48 hours", "2025-11-26T10:30:00Z"),
        ("24-hour", "2025-11-25T10:30:00Z"),
        ("three days", "2025-11-27"),
        ("two weeks", "2025-12-08"),
        ("three months", "2026-02-24"),
        ("10 to 12 days", "2025-12-06"),
        ("27/11", "2025-11-27"),
        ("11/27/2025", "2025-11-27"),
        ("27/11/25", "2025-11-27"),
        ("27.11.2025", "2025-11-27"),
        ("27.11.", "2025-11-27"),
        ("5/6", None),
        ("5/5", "2026-05-05"),
        ("2.5", None),
        ("27/13", None),
        ("0900 GMT Friday", "2025-11-28T09:00:00Z"),
        ("12:00 UTC+2 on 30 November", "2025-11-30T10:00:00Z"),
        ("12 noon (Kyiv time) on Friday", "2025-11-28T10:00:00Z"),
        ("midday on Friday", "2025-11-28T12:00:00Z"),
        ("6 p.m. local time on Friday", "2025-11-28"),
        ("6 p.m. local time", None),
        ("New Year’s Eve", "2025-12-31"),
        ("the last day of June", "2026-06-30"),
        ("end-June", "2026-06-30"),
        ("midnight", "2025-11-25T00:00:00Z"),
        ("9 a.m.", "2025-11-25T09:00:00Z"),
        ("18:00 GMT", "2025-11-24T18:00:00Z"),
        ("midnight on Tuesday", "2025-11-26T00:00:00Z"),
        ("noon on Friday", "2025-11-28T12:00:00Z"),
        ("5:30 p.m. ET on Friday", "2025-11-28T22:30:00Z"),
        ("Friday at 18:30 Moscow time", "2025-11-28T15:30:00Z"),
        ("July 1 at 5 p.m. ET", "2026-07-01T21:00:00Z"),
        ("November 27 at 6 p.m. CET", "2025-11-27T17:00:00Z"),
        ("November 31", None),
        ("February 29", None),
    ],
)
def test_a_date_is_resolved_against_the_time_of_writing(text: str, expected: str | None) -> None:
    """A day stays a day; a time of day is in UTC, and midnight ends its day."""
    assert expected == resolved(text)


def test_weekdays_around_a_weekend() -> None:
    """'By Friday' on a Saturday is the next one; in the past it is the day before."""
    assert resolved("Friday", SATURDAY) == "2025-12-05"
    assert resolved("Friday", SATURDAY, past=True) == "2025-11-28"
    assert resolved("next Monday", SATURDAY) == "2025-12-01"


def test_what_is_over_lies_before() -> None:
    """The last such day; a span of time says nothing about it."""
    assert resolved("November 27", past=True) == "2024-11-27"
    assert resolved("the 27th", past=True) == "2025-10-27"
    assert resolved("Monday", past=True) == "2025-11-24"
    assert resolved("48 hours", past=True) is None


def test_without_a_time_of_writing_only_a_year_tells() -> None:
    """Whatever else there is."""
    assert resolved("November 27, 2025", None) == "2025-11-27"
    assert resolved("2025-11-27", None) == "2025-11-27"
    assert resolved("noon on November 27, 2025", None) == "2025-11-27T12:00:00Z"
    assert resolved("end of June 2028", None) == "2028-06-30"
    for text in (
        "November 27",
        "Friday",
        "tomorrow",
        "48 hours",
        "midnight",
        "the 27th",
        "the end of the month",
    ):
        assert resolved(text, None) is None
