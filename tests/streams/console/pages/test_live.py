"""What follows on a page."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from streams.console.asked import stream
from streams.console.pages.live import LiveRows
from tests.streams.console.conftest import HOSTILE, alert_id, take

if TYPE_CHECKING:
    from streams.console.feed import Feed
    from tests.streams.console.conftest import MakeAlert


def rows(
    feed: Feed, last: str | None = None, *asked: tuple[str, str], trouble: str | None = None
) -> LiveRows:
    pairs = [*asked, *([("last_event_id", last)] if last else [])]
    return LiveRows(feed, stream(pairs, None, datetime.now(UTC)), lambda: trouble)


async def test_an_alert_is_told_as_a_piece_of_the_page(feed: Feed, alert: MakeAlert) -> None:
    """On one line, whatever its headline has in it; what can't be shown is told as nothing, with its id."""
    take(feed, alert(1, headline=HOSTILE), alert(2, severity="terrible"))
    events = rows(feed, "-1").events()
    async with asyncio.timeout(5):
        await anext(events)
        first, second = [(await anext(events)).encode().decode() for _ in range(2)]
    assert first.startswith("id: 0-0d818358\nevent: alert\ndata: <article ")
    assert first.count("\n") == 4
    assert f'data-id="{alert_id(1)}"' in first
    assert "<b>" not in first
    assert "data: \n" in second
    await events.aclose()


async def test_the_heartbeat_is_an_event(feed: Feed) -> None:
    """A page can't see comments; it says what the console lacks, and where the page stands."""
    telling = rows(feed)
    events = telling.events()
    await anext(events)
    beat = telling.heartbeat().encode().decode()
    assert "event: beat\n" in beat
    assert "id: -1-0d818358\n" in beat
    [data] = [line for line in beat.splitlines() if line.startswith("data: ")]
    assert msgspec.json.decode(data.removeprefix("data: ")) == {"unmet": [], "trouble": None}
    feed._answered -= 60
    assert '{"unmet":["broker"],' in telling.heartbeat().encode().decode()
    await events.aclose()


async def test_the_heartbeat_says_what_keeps_alerts_from_coming(feed: Feed) -> None:
    """A page on which nothing happens looks the same without news and without a worker."""
    beat = rows(feed, trouble="No worker runs.").heartbeat().encode().decode()
    assert '"trouble":"No worker runs."' in beat


async def test_an_alert_that_no_longer_fits_is_told_of(feed: Feed, alert: MakeAlert) -> None:
    """With its id and revision, for it may stand on the page; what never stood there is passed over."""
    take(
        feed, alert(1), alert(2, severity="info"), alert(1, severity="info", revision=1), b'{"alert_id":"x"}'
    )
    take(feed, alert(3))
    events = rows(feed, "-1", ("severity", "critical")).events()
    async with asyncio.timeout(5):
        await anext(events)
        told = [(await anext(events)).encode().decode() for _ in range(3)]
    assert [one.splitlines()[1] for one in told] == ["event: alert", "event: moved", "event: alert"]
    [data] = [line for line in told[1].splitlines() if line.startswith("data: ")]
    assert msgspec.json.decode(data.removeprefix("data: ")) == {"alert_id": alert_id(1), "revision": 1}
    await events.aclose()
