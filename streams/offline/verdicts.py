"""Verdicts on rows: the same parsing and the same memory as in the pipeline, with a dict as the table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from agents.deduplicate import brokerless
from agents.deduplicate.evaluate import Judged, agreement
from agents.ingest.parse import Delivery, Refused, parse
from streams.offline.rows import RowsError
from streams.records import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from agents.deduplicate.evaluate import Agreement
    from agents.deduplicate.settings import DedupSettings
    from agents.ingest.parse import Limits
    from streams.offline.rows import Row
    from streams.records import Article, Parsed, Verdict


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
    for row, result, verdict in judged(rows, settings, limits, arrived=arrived):
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


def evaluated(
    rows: Iterable[Row], settings: DedupSettings, limits: Limits, *, arrived: datetime
) -> Agreement:
    """Hold the verdicts on rows with a `cluster` (or `story`, or both in `truth`) against it.

    What the pipeline refuses is a copy of nothing.

    Raises:
        RowsError: a row can't be read or has no cluster.
    """
    found = []
    for row, result, verdict in judged(rows, settings, limits, arrived=arrived):
        if row.error:
            raise RowsError(row.error)
        article_id = "" if isinstance(result, Refused) else result.article_id
        found.append(Judged(row.id, article_id, _cluster(row), verdict))
    if not found:
        raise RowsError('there are no rows; write one as {"id": …, "text": …, "cluster": …} a line')
    return agreement(found)


def _cluster(row: Row) -> str:
    """The row's own truth; of a generated one that is new, its own id, though it goes on in a story.

    Raises:
        RowsError: it has none.
    """
    fields = json.loads(row.line)
    truth = fields.get("truth")
    if isinstance(truth, dict):
        if truth.get("status") == "new":
            return str(row.id)
        fields = truth | fields
    cluster = fields.get("cluster", fields.get("story"))
    if cluster is None or isinstance(cluster, dict | list):
        raise RowsError(
            f"line {row.number}: there is no cluster; rows that are copies of one another need the same "
            '"cluster" (or "story"), a string or a number'
        )
    return str(cluster)


def judged(
    rows: Iterable[Row], settings: DedupSettings, limits: Limits, *, arrived: datetime
) -> Iterator[tuple[Row, Article | Refused, Verdict]]:
    """Each row as the pipeline reads it, with its verdict."""
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
        yield row, result, verdict
