"""Dates as articles carry them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.ingest.dates import event_time, parse_date
from agents.ingest.refusal import RefusalError

TEN = datetime(2025, 11, 25, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2025-11-25T10:00:00Z",
        "2025-11-25T12:00:00+02:00",
        "2025-11-25 10:00",
        "2025-11-25 10:00:00 UTC",
        "Tue, 25 Nov 2025 10:00:00 GMT",
        "Tue, 25 Nov 2025 05:00:00 -0500",
        "November 25, 2025 10:00 am",
        "25. November 2025, 10:00",
        "25 novembre 2025 à 10h00",
        "Nov 25, 2025 5:00 AM EST",
        "2025-11-25 05:00:00 EST",
        "Tue Nov 25 10:00:00 +0000 2025",
        "1764064800",
        1764064800,
        1764064800.0,
        1764064800000,
        "1764064800000",
    ],
)
def test_one_moment_in_many_forms(value: str | float) -> None:
    """ISO 8601, RFC 2822, seconds and milliseconds, and words; UTC where nothing else is said."""
    assert parse_date(value, "date") == TEN


@pytest.mark.parametrize("value", [20251125, "20251125", "2025-11-25", "25/11/2025"])
def test_a_day_begins_at_midnight(value: str | float) -> None:
    """A date without a time is midnight UTC."""
    assert parse_date(value, "date") == datetime(2025, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2025-02-31",
        "2025-13-01",
        "Tue, 31 Feb 2025 10:00:00 GMT",
        "31 February 2025",
        "2025-11-25T25:00:00Z",
        "garbage",
        "yesterday",
        "2025",
        "10:30",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        float("nan"),
        float("inf"),
        10**30,
        "9" * 5000,
    ],
)
def test_impossible_dates(value: str | float) -> None:
    """What names no day of a newspaper is refused, and the message says how to write one."""
    with pytest.raises(RefusalError, match="send RFC 3339") as caught:
        parse_date(value, "date")
    assert caught.value.reason == "bad_date"


@settings(deadline=None)
@given(st.text(max_size=80) | st.floats() | st.integers())
def test_any_value_has_an_answer(value: str | float) -> None:
    """A date in UTC or a refusal, never another error."""
    try:
        assert parse_date(value, "date").tzinfo is UTC
    except RefusalError as refusal:
        assert refusal.reason == "bad_date"  # noqa: PT017


def test_event_time_without_a_date() -> None:
    """The arrival stands in."""
    assert event_time(None, TEN) == (TEN, "arrival")
