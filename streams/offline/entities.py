"""Entities of rows: the same extraction as in the pipeline, in this process."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from agents.entities.extract import Source, extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from agents.entities.table import Table
    from streams.offline.rows import Row


def entities(
    rows: Iterable[Row], nlp: Language, table: Table, *, batch_size: int
) -> Iterator[dict[str, Any]]:
    """Find the entities of each row's text; a row in error keeps its place."""
    left = iter(rows)
    while batch := list(islice(left, batch_size)):
        sources = [Source(row.text, row.headline) for row in batch]
        for row, found in zip(batch, extract(nlp, table, sources), strict=True):
            yield {"id": row.id, "error": row.error} if row.error else {"id": row.id, "entities": found}
