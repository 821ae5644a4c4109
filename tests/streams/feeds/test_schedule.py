"""When a feed is polled next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.feed import EVERY, Feed
from streams.feeds.schedule import JITTER, LONGEST_RETRY_AFTER, LONGEST_WAIT, period, wait

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://example.org/rss"


def test_what_is_configured_goes_before_what_the_feed_asks(make_feed: Callable[..., Feed]) -> None:
    """Without either it is the default; a feed can ask to be polled less, not more."""
    usual, hasty = make_feed(URL), make_feed(URL, every=60.0)
    assert [period(usual, asks) for asks in (None, 60.0, 3600.0)] == [EVERY, EVERY, 3600]
    assert period(hasty, 3600.0) == 60


def test_failures_double_the_time_up_to_an_hour(make_feed: Callable[..., Feed]) -> None:
    """A feed that is polled once a day anyway is not polled more because it fails."""
    often, daily = make_feed(URL, every=300.0), make_feed(URL, every=86400.0)
    assert [wait(often, None, failures, None, 0.5) for failures in range(6)] == [
        300,
        600,
        1200,
        2400,
        LONGEST_WAIT,
        LONGEST_WAIT,
    ]
    assert wait(daily, None, 3, None, 0.5) == 86400


def test_a_server_that_asks_for_time_gets_it(make_feed: Callable[..., Feed]) -> None:
    """Within a day."""
    feed = make_feed(URL)
    assert wait(feed, None, 1, 7200.0, 0.5) == 7200
    assert wait(feed, None, 1, 1e9, 0.5) == LONGEST_RETRY_AFTER
    assert wait(feed, None, 0, 1.0, 0.5) == EVERY


@given(
    asks=st.none() | st.floats(1, 86400),
    failures=st.integers(0, 10_000),
    retry_after=st.none() | st.floats(0, 1e12),
    chance=st.floats(0, 1),
    every=st.none() | st.floats(30, 604800),
)
def test_the_time_is_never_shorter_than_wanted_but_for_the_jitter(
    make_feed: Callable[..., Feed],
    *,
    asks: float | None,
    failures: int,
    retry_after: float | None,
    chance: float,
    every: float | None,
) -> None:
    """Nor without bounds."""
    feed = make_feed(URL, every=every)
    seconds = wait(feed, asks, failures, retry_after, chance)
    usual = period(feed, asks)
    assert usual * (1 - JITTER) <= seconds <= max(usual, LONGEST_WAIT, LONGEST_RETRY_AFTER) * (1 + JITTER)
    assert seconds >= min(retry_after or 0, LONGEST_RETRY_AFTER)
