"""The ingest step's Faust shell: bytes in, one record for each of them out, in their order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from agents.ingest.parse import Limits, parse
from agents.ingest.route import delivery, emits
from streams.batches import for_each_batch_ahead
from streams.topology import RAW

if TYPE_CHECKING:
    from agents.ingest.parse import Delivery
    from streams.emit import Emit
    from streams.wire import Wire


def attach(wire: Wire) -> Any:
    """Add the agent to the app."""
    pool = wire.pool("ingest", processes=wire.settings.parse_processes)
    read = partial(parse_all, limits=Limits(max_text_bytes=wire.settings.max_text_bytes))

    @wire.app.agent(wire.topic(RAW), name="ingest", on_error=wire.crash)
    async def ingest(stream: Any) -> None:
        async def work(events: list[Any]) -> list[Emit]:
            with wire.metrics.batch("ingest", len(events)):
                parsed = await pool.run(read, [delivery(event.message) for event in events])
            return [emit for result in parsed for emit in emits(result)]

        await for_each_batch_ahead(
            stream, work, wire.deliver, size=64, ahead=2 * wire.settings.parse_processes
        )

    return ingest


def parse_all(deliveries: list[Delivery], *, limits: Limits) -> list[Any]:
    """Parse a batch in a child process."""
    return [parse(delivery, limits) for delivery in deliveries]
