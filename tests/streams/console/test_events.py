"""What a client of the stream is sent, and in which order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from streams.console.asked import Stream
from streams.console.cursor import EventId
from streams.console.events import Telling
from streams.console.log import BLOCK, Log
from streams.subscribe.filter import Filter
from tests.streams.console.conftest import HOSTILE, take

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sse_starlette.event import ServerSentEvent

    from streams.console.feed import Feed
    from tests.streams.console.conftest import MakeAlert

LIFE = "0d818358"


class Client:
    """Takes one event after the other."""

    def __init__(self, feed: Feed, last: EventId | None = None, keep: Filter | None = None) -> None:
        self.telling = Telling(feed, Stream(keep or Filter(), "live", last))
        self._events: AsyncIterator[ServerSentEvent] = self.telling.events()

    async def next(self) -> ServerSentEvent:
        """The next one."""
        return await asyncio.wait_for(anext(self._events), 10)

    async def waits(self) -> asyncio.Task[ServerSentEvent]:
        """Have it wait for the next one."""
        waiting = asyncio.create_task(self.next())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not waiting.done()
        return waiting


def lines(event: ServerSentEvent) -> list[str]:
    return event.encode().decode().split("\n")


async def test_from_now_on(feed: Feed, alert: MakeAlert) -> None:
    """First an id, in case that it is cut off before the first alert; then each alert as it comes."""
    take(feed, alert(1))
    client = Client(feed)
    assert lines(await client.next()) == [": newswatch", f"id: 0-{LIFE}", "retry: 2000", "", ""]
    waiting = await client.waits()
    take(feed, alert(2))
    assert lines(await waiting) == [f"id: 1-{LIFE}", "event: alert", f"data: {alert(2).decode()}", "", ""]


@pytest.mark.parametrize("seen", [-1, 0, BLOCK - 1, BLOCK, BLOCK + 10])
async def test_a_client_that_comes_again_is_sent_the_rest_once(
    seen: int, feed: Feed, alert: MakeAlert
) -> None:
    """All after its last event, in order, and what comes behind."""
    count = BLOCK + 20
    take(feed, *(alert(number) for number in range(count)))
    client = Client(feed, EventId(seen, LIFE))
    await client.next()
    found = [await client.next() for _ in range(seen + 1, count)]
    waiting = await client.waits()
    take(feed, alert(count))
    assert [event.id for event in [*found, await waiting]] == [
        f"{offset}-{LIFE}" for offset in range(seen + 1, count + 1)
    ]


async def test_only_what_is_asked_for(feed: Feed, alert: MakeAlert) -> None:
    """A heartbeat's id moves past the rest, but never past what was not sent yet."""
    client = Client(feed, keep=Filter(severities=("info",)))
    await client.next()
    waiting = await client.waits()
    take(feed, alert(1), alert(2, severity="info"), alert(3, severity="info"), alert(4))
    assert (await waiting).id == f"1-{LIFE}"
    assert client.telling.heartbeat().id == f"0-{LIFE}"
    assert (await client.next()).id == f"2-{LIFE}"
    assert client.telling.heartbeat().id == f"1-{LIFE}"
    waiting = await client.waits()
    assert lines(client.telling.heartbeat()) == [": ", f"id: 3-{LIFE}", "", ""]
    waiting.cancel()


async def test_a_hostile_headline_is_data(feed: Feed, alert: MakeAlert) -> None:
    """It ends no line, not even for a client that takes all of Unicode's, and is the same when it is read."""
    take(feed, alert(1, headline=HOSTILE))
    client = Client(feed, EventId(-1, None))
    await client.next()
    found = (await client.next()).encode().decode().splitlines()
    assert [line.partition(": ")[0] for line in found] == ["id", "event", "data", ""]
    assert msgspec.json.decode(found[2].removeprefix("data: "))["headline"] == HOSTILE


async def test_alerts_that_have_left_the_topic_are_told_of(feed: Feed, alert: MakeAlert) -> None:
    """And those that are left are sent; the id moves only when the gap was told."""
    feed.log = Log(5)
    take(feed, alert(5))
    client = Client(feed, EventId(2, LIFE))
    assert lines(await client.next()) == [": newswatch", "retry: 2000", "", ""]
    assert client.telling.heartbeat().id is None
    gap = lines(await client.next())
    assert gap[:2] == [f"id: 4-{LIFE}", "event: gap"]
    assert gap[2] == f'data: {{"reason":"gone","last_event_id":"2-{LIFE}","from":5}}'
    assert (await client.next()).id == f"5-{LIFE}"


async def test_what_is_in_memory_is_sent_though_it_has_left_the_topic(feed: Feed, alert: MakeAlert) -> None:
    """To one who is connected, and to one who comes again."""
    take(feed, alert(0), alert(1))
    client = Client(feed)
    await client.next()
    take(feed, *(alert(number) for number in range(2, 6)))
    feed.log.forget(4)
    assert [(await client.next()).id for _ in range(2)] == [f"2-{LIFE}", f"3-{LIFE}"]
    again = Client(feed, EventId(2, LIFE))
    await again.next()
    assert (await again.next()).id == f"3-{LIFE}"


async def test_a_topic_made_anew_is_sent_from_its_beginning(feed: Feed, alert: MakeAlert) -> None:
    """To those who are connected; the old one's ids mean nothing there."""
    take(feed, alert(0), alert(1))
    client = Client(feed)
    await client.next()
    waiting = await client.waits()
    feed._begin_anew("ffffffff", 0)
    take(feed, alert(7))
    feed.caught_up.set()
    assert lines(await waiting)[2] == f'data: {{"reason":"reset","last_event_id":"1-{LIFE}","from":0}}'
    assert (await client.next()).id == "0-ffffffff"


async def test_a_client_waits_until_the_topic_is_read(feed: Feed, alert: MakeAlert) -> None:
    """And misses nothing that was on it."""
    feed.caught_up.clear()
    client = Client(feed, EventId(0, LIFE))
    waiting = await client.waits()
    take(feed, alert(0), alert(1))
    feed.caught_up.set()
    assert (await waiting).id == f"0-{LIFE}"
    assert (await client.next()).id == f"1-{LIFE}"


async def test_all_streams_end_when_the_server_stops(feed: Feed) -> None:
    """Without an error."""
    client = Client(feed)
    await client.next()
    waiting = await client.waits()
    feed.close()
    with pytest.raises(StopAsyncIteration):
        await waiting
