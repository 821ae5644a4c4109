"""The deduplicate step's Faust shell: articles in the order of the news in, each with its verdict out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.deduplicate.memory import Memory
from agents.deduplicate.remembered import TABLE_VERSION
from agents.deduplicate.report import Reporter
from agents.deduplicate.route import route, stories
from agents.deduplicate.settings import DedupSettings
from streams.batches import for_each_batch
from streams.emit import Emit
from streams.records import Parsed, Start
from streams.topology import ARTICLES, OUTCOMES
from streams.wire import decoder

if TYPE_CHECKING:
    from streams.wire import Wire

LOOK_SECONDS = 5.0
"""Until a worker that has lost the articles counts none of them."""


def attach(wire: Wire) -> Any:
    """Add the agent to the app."""
    settings = wire.settings
    memory = Memory(DedupSettings(window=settings.dedup_window, **settings.dedup_thresholds))
    table = wire.table("remembered", version=TABLE_VERSION)
    decode = decoder(Parsed)
    reporter = Reporter(wire.metrics)
    restored_for = -1

    def lookup(key: str) -> bytes | None:
        value: bytes | None = table.get(key.encode())
        return value

    @wire.app.agent(wire.topic(ARTICLES), name="deduplicate")
    async def deduplicate(stream: Any) -> None:
        async def work(events: list[Any]) -> None:
            nonlocal restored_for
            if restored_for != wire.assignments(ARTICLES):
                restored_for = wire.assignments(ARTICLES)
                memory.restore((key.decode(), value) for key, value in table.items())
                reporter.restored()
            with wire.metrics.batch("deduplicate", len(events)):
                inputs = [(event.message.offset, decode(event.value)) for event in events]
                begins = not len(memory)
                decisions = [memory.decide(seq, parsed, lookup) for seq, parsed in inputs]
                emits = []
                for (seq, parsed), decision in zip(inputs, decisions, strict=True):
                    emits += [route(seq, parsed, decision), *stories(parsed, decision)]
                if begins:
                    seq, parsed = inputs[0]
                    emits.insert(0, Emit(OUTCOMES, "start", Start(seq=seq), parsed.event_time))
                await wire.deliver(emits)
                for decision in decisions:
                    wire.write(table, decision.writes | dict.fromkeys(decision.deletes))
                memory.committed()
            reporter.report(memory, decisions)

        await for_each_batch(stream, work, size=200)

    @wire.app.timer(interval=LOOK_SECONDS)
    async def look() -> None:
        if not wire.owns(ARTICLES):
            reporter.lost()

    return deduplicate
