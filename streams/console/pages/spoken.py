"""Times and counts as the pages write them."""

from __future__ import annotations

from datetime import UTC, datetime

MINUTE, HOUR, DAY = 60, 3600, 86400


def utc(moment: datetime) -> str:
    """A moment to the second: `2025-11-24 12:31:24Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def rfc3339(moment: datetime) -> str:
    """A moment to the millisecond, for scripts: `2025-11-24T12:31:24.160Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in one unit, rounded down; `static/times.js` goes on with the same words."""
    seconds = int((now - moment).total_seconds())
    after = "ago" if seconds >= 0 else "ahead"
    seconds = abs(seconds)
    if seconds < MINUTE:
        return f"{seconds} s {after}"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min {after}"
    if seconds < 2 * DAY:
        return f"{seconds // HOUR} h {after}"
    return f"{seconds // DAY} days {after}"


def count(number: float) -> str:
    """A number with its thousands apart: `1,234`."""
    return f"{number:,}"


def plural(number: int, one: str, several: str = "") -> str:
    """A number and its noun: `1 outlet`, `1,234 outlets`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
