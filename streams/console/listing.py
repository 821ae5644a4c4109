"""A page of alerts, newest first."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, NamedTuple

from streams.console.asked import RequestError
from streams.console.cursor import Cursor, EventId

if TYPE_CHECKING:
    from datetime import datetime

    from streams.console.asked import List
    from streams.console.feed import Feed

PAGE_BYTES = 16 << 20
"""Of a page; a single alert can be as large."""
SCAN_SECONDS = 2.0
"""Spent on one page. What is found by then is the page, and `next` goes on from there: a filter that fits
nothing would read a whole topic."""


class Page(NamedTuple):
    """Some alerts of a list, as they are on the topic."""

    alerts: list[bytes]
    next: Cursor | None
    """Where the next page begins; None if nothing is left."""
    last: EventId
    """A stream that goes on from here tells all that is newer than the list."""


async def page(feed: Feed, asked: List, now: datetime) -> Page:
    """Put a page together.

    Raises:
        RequestError: the cursor is of another topic.
        KafkaUnusable: older alerts are on the topic only, and the broker does not answer.
    """
    log, life = feed.log, feed.life
    at = asked.cursor or Cursor(life, log.end, log.end, now)
    if at.life != life or at.as_of > log.end:
        raise RequestError("cursor", "it is of another topic, or of one that was made anew: begin without it")
    alerts: list[bytes] = []
    room, below = PAGE_BYTES, at.below
    until = time.monotonic() + SCAN_SECONDS
    full = False
    while below > log.listed and not full and time.monotonic() < until:
        records, low = await feed.before(below)
        for record in records:
            if record.offset < log.listed:
                break
            if (asked.revisions == "all" or log.newest(record, at.as_of)) and asked.keep(record.raw):
                room -= len(record.raw)
                if full := bool(alerts) and room < 0:
                    break
                alerts.append(record.raw)
            below = record.offset
            if full := len(alerts) == asked.limit:
                break
        else:
            below = low
        await asyncio.sleep(0)  # whoever else waits is served between two blocks
    following = at._replace(below=below) if below > log.listed else None
    return Page(alerts, following, EventId(at.as_of - 1, at.life))
