"""The duplicate check without Kafka and Faust, over articles in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.deduplicate.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agents.deduplicate.settings import DedupSettings
    from streams.records import Parsed, Verdict


def verdicts(inputs: Iterable[Parsed], settings: DedupSettings | None = None) -> Iterator[Verdict]:
    """Yield the verdict on each input, in their order; the table is a dict."""
    memory = Memory(settings)
    table: dict[str, bytes] = {}
    for seq, parsed in enumerate(inputs):
        decision = memory.decide(seq, parsed, table.get)
        table |= decision.writes
        for key in decision.deletes:
            table.pop(key, None)
        memory.committed()
        yield decision.verdict
