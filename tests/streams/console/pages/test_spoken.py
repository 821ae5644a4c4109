"""Times and counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from streams.console.pages.spoken import ago, count, plural, rfc3339, utc

NOON = datetime(2025, 11, 24, 12, 0, 1, 160_982, tzinfo=UTC)


def test_moments_are_told_in_utc() -> None:
    """Whatever zone they are in."""
    moment = NOON.astimezone(timezone(timedelta(hours=2)))
    assert utc(moment) == "2025-11-24 12:00:01Z"
    assert rfc3339(moment) == "2025-11-24T12:00:01.160Z"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s ago"),
        (59.9, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (47 * 3600, "47 h ago"),
        (48 * 3600, "2 days ago"),
        (-90, "1 min ahead"),
        (-0.4, "0 s ago"),
    ],
)
def test_how_long_ago(seconds: float, told: str) -> None:
    """One unit, rounded down."""
    assert ago(NOON, NOON + timedelta(seconds=seconds)) == told


def test_numbers() -> None:
    """Thousands apart; a noun as it has to be."""
    assert [count(1234), plural(1, "outlet"), plural(1234, "outlet"), plural(2, "story", "stories")] == [
        "1,234",
        "1 outlet",
        "1,234 outlets",
        "2 stories",
    ]
