"""When a record says that it came; for those that were there before anybody watched the partition."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import TYPE_CHECKING

import msgspec

from agents.ingest.route import delivery
from streams.records import Position
from streams.topology import RAW

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Moments(msgspec.Struct, frozen=True):
    """Fields of the records that are wall clock; event time is none of them."""

    arrived: datetime | None = None
    detected_at: datetime | None = None
    created: datetime | None = None
    """Of a silence."""
    time: datetime | None = None
    """Of a tick, of an alert that was not delivered."""


_decode = msgspec.json.Decoder(_Moments).decode


def arrival(
    topic: str, value: bytes | None, headers: Iterable[tuple[str, bytes]], timestamp: float
) -> float | None:
    """Unix seconds at which a record was written, at the earliest; None where it does not say.

    Args:
        topic: its name without the prefix.
        value: its bytes.
        headers: as Kafka has them.
        timestamp: as Kafka has it, Unix seconds; used for an input without the header `arrived` alone, as
            ingest uses it.
    """
    if topic == RAW:
        at = Position(topic=topic, partition=0, offset=0)
        return delivery(None, at, timestamp=timestamp, headers=headers).arrived.timestamp()
    try:
        found = _decode(value or b"")
        moments = [
            moment.timestamp()
            for moment in (found.arrived, found.detected_at, found.created, found.time)
            if moment is not None
        ]
    except (msgspec.MsgspecError, ValueError, OverflowError):
        return None
    return max(moments, default=None)
