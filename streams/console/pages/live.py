"""Alerts as they come, each as the piece of the page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from streams.console.events import Telling
from streams.console.pages import frame
from streams.console.pages.shown import shown

if TYPE_CHECKING:
    from sse_starlette.event import ServerSentEvent

    from streams.console.asked import Stream
    from streams.console.feed import Feed


class LiveRows(Telling):
    """One page and its place on the topic.

    A page can't see the comments that keep a connection open, so here the heartbeat is an event: without one
    for long the page says that the connection is lost. It says what the console lacks, as `/readyz` does.
    """

    def __init__(self, feed: Feed, asked: Stream) -> None:
        super().__init__(feed, asked)
        self._feed = feed

    def heartbeat(self) -> ServerSentEvent:
        """What the console is lacking."""
        told = msgspec.json.encode({"unmet": self._feed.unmet}).decode()
        return self.event(told, event="beat", id=self.told)

    def line(self, raw: bytes) -> str:
        """The piece of the page, on one line."""
        ready = shown(raw)
        return "" if ready is None else " ".join(frame.render("alert.html", shown=ready, fresh=True).split())
