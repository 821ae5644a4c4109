"""The deduplicate step's Faust shell: articles in the order of the news in, each with its verdict out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.deduplicate.memory import Memory
from agents.deduplicate.remembered import TABLE_VERSION
from agents.deduplicate.route import route
from agents.deduplicate.settings import DedupSettings
from streams.batches import for_each_batch
from streams.emit import Emit
from streams.records import Parsed, Start
from streams.topology import ARTICLES, OUTCOMES
from streams.wire import decoder

if TYPE_CHECKING:
    from streams.wire import Wire


def attach(wire: Wire) -> Any:
    """Add the agent to the app."""
    settings = wire.settings
    memory = Memory(DedupSettings(window=settings.dedup_window, **settings.dedup_thresholds))
    table = wire.table(f"remembered-{TABLE_VERSION}")
    decode = decoder(Parsed)
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
                memory.restore(table.values())
            with wire.metrics.batch("deduplicate", len(events)):
                inputs = [(event.message.offset, decode(event.value)) for event in events]
                begins = not len(memory)
                decisions = [memory.decide(seq, parsed, lookup) for seq, parsed in inputs]
                emits = [route(*both, decision) for both, decision in zip(inputs, decisions, strict=True)]
                if begins:
                    seq, parsed = inputs[0]
                    emits.insert(0, Emit(OUTCOMES, "start", Start(seq=seq), parsed.event_time))
                await wire.deliver(emits)
                for decision in decisions:
                    wire.write(table, decision.writes | dict.fromkeys(decision.deletes))
                memory.committed()
            wire.metrics.table_entries.labels("remembered").set(len(memory))

        await for_each_batch(stream, work, size=200)

    return deduplicate
