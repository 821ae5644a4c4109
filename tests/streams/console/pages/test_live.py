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


def rows(feed: Feed, last: str | None = None) -> LiveRows:
    return LiveRows(feed, stream([("last_event_id", last)] if last else [], None, datetime.now(UTC)))


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
    assert msgspec.json.decode(data.removeprefix("data: ")) == {"unmet": []}
    feed._answered -= 60
    assert '{"unmet":["broker"]}' in telling.heartbeat().encode().decode()
    await events.aclose()
