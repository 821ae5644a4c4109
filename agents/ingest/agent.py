"""The ingest step's Faust shell: bytes in, one record for each of them out, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from agents.ingest.parse import Limits, Refused
from agents.ingest.pool import ParserPool
from agents.ingest.route import delivery, emits
from streams.batches import for_each_batch_ahead
from streams.records import Position
from streams.topology import RAW

if TYPE_CHECKING:
    from agents.ingest.parse import Delivery
    from streams.emit import Emit
    from streams.wire import Wire

log = structlog.get_logger(__name__)

LOGGED = ("step", "reason", "message", "topic", "partition", "offset", "size")
"""Of a dead letter; its bytes are on the topic."""


def attach(wire: Wire) -> Any:
    """Add the agent to the app."""
    settings = wire.settings
    pool = ParserPool(Limits(max_text_bytes=settings.max_text_bytes), processes=settings.parse_processes)
    wire.run_beside("parsers", pool)
    wire.metrics.pools.add("parsers", lambda: pool.pids)

    @wire.app.agent(wire.topic(RAW), name="ingest")
    async def ingest(stream: Any) -> None:
        async def work(events: list[Any]) -> list[Emit]:
            with wire.metrics.batch("ingest", len(events)):
                results = await pool.parse([_delivery(event.message) for event in events])
            for letter in (result.dead_letter for result in results if isinstance(result, Refused)):
                log.warning("dead letter", **{name: getattr(letter, name) for name in LOGGED})
            return [emit for result in results for emit in emits(result)]

        ahead = settings.parse_processes + 1
        await for_each_batch_ahead(stream, work, wire.deliver, size=64, ahead=ahead)

    return ingest


def _delivery(message: Any) -> Delivery:
    at = Position(topic=message.topic, partition=message.partition, offset=message.offset)
    headers = message.headers.items() if isinstance(message.headers, dict) else message.headers
    return delivery(message.value, at, timestamp=message.timestamp, headers=headers or ())
