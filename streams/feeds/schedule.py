"""When a feed is polled next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.feeds.feed import EVERY

if TYPE_CHECKING:
    from streams.feeds.feed import Feed

JITTER = 0.1
"""Share of the time by which a poll comes earlier or later, so that feeds don't fall into step."""
LONGEST_WAIT = 3600.0
"""Seconds; a feed that fails is tried once an hour at least, unless it is given a longer `every`."""
LONGEST_RETRY_AFTER = 86400.0
GONE = 7 * 86400.0
"""Seconds; what is gone for good is asked once a week, for people put things back."""


def period(feed: Feed, asks: float | None) -> float:
    """Seconds between two polls: as configured, else as the feed asks if that is longer than usual."""
    return feed.every or max(EVERY, asks or 0.0)


def wait(feed: Feed, asks: float | None, failures: int, retry_after: float | None, chance: float) -> float:
    """Seconds to the next poll.

    Args:
        feed: that was polled.
        asks: seconds between two polls that it asks for.
        failures: polls in a row that failed; each doubles the time.
        retry_after: seconds that its server asks for.
        chance: from 0 to 1.
    """
    usual = period(feed, asks)
    backed_off = min(usual * 2.0 ** min(failures, 10), max(usual, LONGEST_WAIT))
    return max(backed_off * (1 - JITTER + 2 * JITTER * chance), bounded(retry_after))


def bounded(retry_after: float | None) -> float:
    """Seconds that a server is left alone."""
    return min(retry_after or 0.0, LONGEST_RETRY_AFTER)
