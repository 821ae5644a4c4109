"""Verdicts on rows: the same parsing and the same memory as in the pipeline, with a dict as the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.deduplicate import brokerless
from agents.ingest.parse import Delivery, Refused, parse
from streams.records import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from agents.deduplicate.settings import DedupSettings
    from agents.ingest.parse import Limits
    from streams.offline.rows import Row
    from streams.records import Article, Parsed


def verdicts(
    rows: Iterable[Row], settings: DedupSettings, limits: Limits, *, arrived: datetime
) -> Iterator[dict[str, Any]]:
    """Judge each row against those before it.

    A row that the ingest step would refuse has the status `rejected` with `reason` and `message`.

    Args:
        rows: with `uri`, `headline`, `source`, `published` where known.
        settings: thresholds and window.
        limits: what is still an article.
        arrived: event time of rows without a date.
    """
    in_hand: list[tuple[Row, Article | Refused]] = []

    def inputs() -> Iterator[Parsed]:
        for seq, row in enumerate(rows):
            position = Position(topic="rows", partition=0, offset=seq)
            delivery = Delivery(payload=row.line, position=position, arrived=arrived, origin="replay")
            result = parse(delivery, limits)
            in_hand.append((row, result))
            yield result.rejection if isinstance(result, Refused) else result

    for verdict in brokerless.verdicts(inputs(), settings):
        row, result = in_hand.pop()
        answer = {
            "id": row.id,
            "status": verdict.status,
            "story_id": verdict.story_id or None,
            "duplicate_of": verdict.duplicate_of,
            "method": verdict.method,
            "similarity": verdict.similarity,
            "compared": verdict.compared,
        }
        if isinstance(result, Refused):
            refusal = result.rejection
            answer |= {"reason": refusal.reason, "message": f"line {row.number}: {refusal.message}"}
        yield answer
