"""Where a client of the stream goes on, and what it has to be told if that isn't where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from streams.console.cursor import EventId
    from streams.console.log import Log

Reason = Literal["gone", "reset"]


class Gap(msgspec.Struct, frozen=True):
    """Alerts that a client can't be sent.

    `gone`: those between its last event and `from` are no longer on the topic. `reset`: its last event is not
    of this topic, which was made anew or is another; it goes on from the beginning.
    """

    reason: Reason
    last_event_id: str
    start: int = msgspec.field(name="from")


class Start(NamedTuple):
    """Where to go on."""

    offset: int
    gap: Gap | None = None


def start(last: EventId | None, log: Log, life: str) -> Start:
    """Where a client goes on whose last event was this one; without one it gets what comes from now on."""
    if last is None:
        return Start(log.end)
    if last.life is None and last.offset == -1:
        return Start(log.first)
    if (last.life or life) != life or last.offset >= log.end:
        return Start(log.first, Gap("reset", str(last), log.first))
    if last.offset + 1 < log.first:
        return Start(log.first, Gap("gone", str(last), log.first))
    return Start(last.offset + 1)
