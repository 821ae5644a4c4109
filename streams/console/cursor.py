"""Where a reader stands: in a list (a cursor) or in a stream (an event's id)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

_CURSOR = re.compile(r"([0-9a-f]{8})-(\d{1,18})-(\d{1,18})-(\d{1,14})", re.ASCII)
_EVENT = re.compile(r"(-1|\d{1,18})(?:-([0-9a-f]{8}))?", re.ASCII)


class CursorError(Exception):
    """A cursor or an event's id that is none of ours; the message says what it would be."""


class Cursor(NamedTuple):
    """A place in a list of alerts, newest first, that doesn't move when alerts come in."""

    life: str
    """Of the topic: one that was made anew has another."""
    as_of: int
    """The list is of the topic as it was when it ended at this offset."""
    below: int
    """What comes next has lower offsets."""
    began: datetime
    """When the list was begun, to the millisecond: so long ago is counted from then."""

    def __str__(self) -> str:
        return f"{self.life}-{self.as_of}-{self.below}-{int(self.began.timestamp() * 1000)}"


def cursor(text: str) -> Cursor:
    """Read a cursor.

    Raises:
        CursorError: it is none.
    """
    found = _CURSOR.fullmatch(text)
    if found is None or int(found[3]) > int(found[2]):
        raise CursorError(f"{text[:100]!r} is no cursor: take the `next` of the page before")
    life, as_of, below, began = found.groups()
    return Cursor(life, int(as_of), int(below), datetime.fromtimestamp(int(began) / 1000, UTC))


class EventId(NamedTuple):
    """The last record that a client of the stream was told of, or that was passed over for it."""

    offset: int
    """-1 before the first."""
    life: str | None
    """Of the topic; None in one that a person wrote."""

    def __str__(self) -> str:
        return f"{self.offset}-{self.life}" if self.life else str(self.offset)


def event_id(text: str) -> EventId:
    """Read the id of an event.

    Raises:
        CursorError: it is none.
    """
    found = _EVENT.fullmatch(text)
    if found is None:
        raise CursorError(
            f"{text[:100]!r} is no event of ours: send the id of the last event as it came, or -1 for all "
            "there is"
        )
    return EventId(int(found[1]), found[2])
