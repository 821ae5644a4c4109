"""What a delivery carries beside its bytes, and where what became of it goes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agents.ingest.parse import Delivery, Refused
from streams.emit import Emit
from streams.topology import ARTICLES, DEAD_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import Article, Position

_LATEST = 253402300799.0
"""Last second of the year 9999, the last that a datetime holds."""


def delivery(
    payload: bytes | None,
    position: Position,
    *,
    timestamp: float,
    headers: Iterable[tuple[str, bytes]] = (),
) -> Delivery:
    """Read the headers a producer may set: `origin`, `arrived` (Unix seconds), `uri`, `name`.

    Args:
        payload: the message's value; None (a tombstone) counts as empty.
        position: where it was read.
        timestamp: of the message in Unix seconds; it stands for the arrival where no header says more.
        headers: as Kafka has them. One that can't be read is left out; the article matters more.
    """
    texts = {name: value.decode("utf-8", "replace") for name, value in headers if value}
    return Delivery(
        payload=payload or b"",
        position=position,
        arrived=_arrival(texts.get("arrived"), timestamp),
        origin="replay" if texts.get("origin") == "replay" else "live",
        uri=texts.get("uri"),
        name=texts.get("name"),
    )


def _arrival(header: str | None, timestamp: float) -> datetime:
    try:
        seconds = float(header) if header else timestamp
    except ValueError:
        seconds = timestamp
    if not 0 <= seconds <= _LATEST:
        seconds = min(max(timestamp, 0.0), _LATEST)
    return datetime.fromtimestamp(seconds, UTC)


def emits(result: Article | Refused) -> list[Emit]:
    """Send the article, or its rejection and the dead letter."""
    if not isinstance(result, Refused):
        return [Emit(ARTICLES, result.article_id, result, result.event_time)]
    rejection = result.rejection
    at = rejection.position
    key = f"{at.topic}/{at.partition}/{at.offset}"
    return [
        Emit(DEAD_LETTERS, key, result.dead_letter, rejection.event_time),
        Emit(ARTICLES, key, rejection, rejection.event_time),
    ]
