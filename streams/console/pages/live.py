"""Alerts as they come, each as the piece of the page that shows it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from streams.console.events import Telling
from streams.console.pages import frame
from streams.console.pages.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sse_starlette.event import ServerSentEvent

    from streams.console.asked import Stream
    from streams.console.feed import Feed


MADE = 256
"""Pieces kept for the next client, 5 KB each: to make one takes 0.7 ms, and all who look want the same."""


class _Moved(msgspec.Struct):
    alert_id: str
    revision: int = 0


_decoder = msgspec.json.Decoder(_Moved)


class LiveRows(Telling):
    """One page and its place on the topic.

    A page can't see the comments that keep a connection open, so here the heartbeat is an event: without one
    for long the page says that the connection is lost. It says what the console lacks, as `/readyz` does, and
    what keeps alerts from coming: a page on which nothing happens looks the same whether there is no news or
    no worker.
    """

    def __init__(self, feed: Feed, asked: Stream, trouble: Callable[[], str | None]) -> None:
        super().__init__(feed, asked)
        self._feed = feed
        self._trouble = trouble

    def heartbeat(self) -> ServerSentEvent:
        """What the console is lacking, and what stands in the way of alerts."""
        told = msgspec.json.encode({"unmet": self._feed.unmet, "trouble": self._trouble()}).decode()
        return self.event(told, event="beat", id=self.told)

    def tell(self, raw: bytes, event_id: str) -> ServerSentEvent | None:
        """An alert; of one that was sent again and no longer fits, which it is: it may stand on the page."""
        if told := super().tell(raw, event_id):
            return told
        one = _decode(raw)
        if one is None or not one.revision:
            return None
        return self.event(msgspec.json.encode(one).decode(), event="moved", id=event_id)

    def line(self, raw: bytes) -> str:
        """The piece of the page, on one line."""
        return _piece(raw)


def _decode(raw: bytes) -> _Moved | None:
    try:
        return _decoder.decode(raw)
    except (msgspec.MsgspecError, ValueError):
        return None


@lru_cache(MADE)
def _piece(raw: bytes) -> str:
    ready = shown(raw)
    return "" if ready is None else " ".join(frame.render("alert.html", shown=ready, fresh=True).split())
