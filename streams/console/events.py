"""Alerts as server-sent events (HTML Living Standard, section 9.2).

A client has no queue here: it has a place on the topic, and reads from what all share in memory, or from the
topic where it lies further back. So one that is slow costs no memory and holds up nobody.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse, SendTimeoutError

from streams.connect import KafkaUnusable
from streams.console.cursor import EventId
from streams.console.resume import Gap, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import Receive, Scope, Send

    from streams.console.asked import Stream
    from streams.console.feed import Feed

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 15.0
"""Proxies close what is silent for 30 to 60 s."""
RETRY_MS = 2_000
"""After which a client connects again."""
SEND_SECONDS = 30.0
"""A client that takes nothing for so long is cut off, by the kernel where it can do that."""
LATER_SECONDS = 5.0
"""After which it is done here, where the kernel does not."""
WAIT_SECONDS = 1.0
"""Before the broker is asked again for what is on the topic only."""
_NEWLINE = "\n"
_LINE_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
"""Line breaks to Unicode, though neither to JSON nor to the format of events. Clients that split lines as
Python's `splitlines` does (httpx, requests) would read what follows one in a headline as a field."""


class Telling:
    """One client and its place on the topic."""

    def __init__(self, feed: Feed, asked: Stream) -> None:
        self._feed = feed
        self._asked = asked
        self._told: EventId | None = None
        """Up to where all was sent, or was not asked for."""

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """What the client is sent, until the server stops."""
        feed = self._feed
        await feed.caught_up.wait()
        life = feed.life
        at, gap = start(self._asked.last, feed.log, life)
        if not gap:
            self._told = EventId(at - 1, life)
        yield self.event(comment="newswatch", id=self.told, retry=RETRY_MS)
        while not feed.closing:
            if life != feed.life:
                await feed.caught_up.wait()
                before, life = EventId(at - 1, life), feed.life
                at, gap = start(before, feed.log, life)
            try:
                records, following = await feed.after(at)
            except KafkaUnusable as error:
                log.warning("a client waits for older alerts", error=str(error))
                await asyncio.sleep(WAIT_SECONDS)
                continue
            if at < feed.log.first:
                gap = gap or Gap("gone", str(EventId(at - 1, life)), feed.log.first)
                at = feed.log.first
            if gap:
                here = EventId(at - 1, life)
                yield self.event(msgspec.json.encode(gap).decode(), event="gap", id=str(here))
                self._told, gap = here, None
            for record in records:
                here = EventId(record.offset, life)
                if event := self.tell(record.raw, str(here)):
                    yield event
                self._told = here
            at = max(at, following)
            self._told = EventId(at - 1, life)
            if records:
                await asyncio.sleep(0)  # the next client's turn
            else:
                await feed.more(at)

    @property
    def told(self) -> str | None:
        """Id of the last record that the client need not be told of."""
        return str(self._told) if self._told else None

    def heartbeat(self) -> ServerSentEvent:
        """A comment; with the id a client that is sent little need not begin far back when it comes again."""
        return self.event(comment="", id=self.told)

    def line(self, raw: bytes) -> str:
        """What an alert is told as: the same JSON, in which nothing is a line break to anyone."""
        return raw.decode().translate(_LINE_BREAKS)

    def tell(self, raw: bytes, event_id: str) -> ServerSentEvent | None:
        """What the client is told of an alert; None where it need not know of it."""
        if not self._asked.keep(raw):
            return None
        return self.event(self.line(raw), event="alert", id=event_id)

    @staticmethod
    def event(data: str | None = None, **fields: Any) -> ServerSentEvent:
        """An event, or a comment where it has no data."""
        return ServerSentEvent(data, sep=_NEWLINE, **fields)


class Response(EventSourceResponse):
    """A stream that ends when the client has gone, takes nothing, or the server stops."""

    def __init__(self, telling: Telling, done: Callable[[], None]) -> None:
        super().__init__(
            telling.events(),
            ping=HEARTBEAT_SECONDS,
            ping_message_factory=telling.heartbeat,
            send_timeout=SEND_SECONDS + LATER_SECONDS,
            sep=_NEWLINE,
        )
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the end."""
        try:
            await super().__call__(scope, receive, send)
        except SendTimeoutError:
            log.info("a client that takes nothing is cut off", client=scope["client"])
        finally:
            self._done()
