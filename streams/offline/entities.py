"""Entities of rows: the same extraction as in the pipeline, in this process."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from agents.entities.extract import Source, extract
from agents.entities.table import load_table
from agents.mentions.entity_scope import Asking
from agents.mentions.scope_ids import entity_scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language

    from agents.entities.table import Table
    from agents.mentions.text import Text
    from agents.mentions.watchlist import Watchlist
    from streams.offline.rows import Row
    from streams.records import Entity
    from streams.settings import Settings


def entities(
    rows: Iterable[Row], nlp: Language, table: Table, *, batch_size: int
) -> Iterator[dict[str, Any]]:
    """Find the entities of each row's text; a row in error keeps its place."""
    left = iter(rows)
    while batch := list(islice(left, batch_size)):
        sources = [Source(row.text, row.headline) for row in batch]
        for row, found in zip(batch, extract(nlp, table, sources), strict=True):
            yield {"id": row.id, "error": row.error} if row.error else {"id": row.id, "entities": found}


def asking(watchlist: Watchlist, settings: Settings, tell: Callable[[str], None]) -> Asking:
    """The entity scopes of a watchlist, and what finds entities for them.

    Args:
        watchlist: the watches.
        settings: which pipeline and which table of names.
        tell: given what a person should know of the pipeline, which is loaded when it is first asked.

    Raises:
        NamesError: the user's own table can't be read.
        PipelineError: when asked, if the pipeline can't be used.
    """
    loaded: list[Language] = []

    def find(text: Text) -> tuple[Entity, ...]:
        if not loaded:
            from agents.entities.pipeline import choose  # noqa: PLC0415  spaCy takes seconds to load

            choice, nlp = choose(settings.spacy_model, strict=settings.spacy_strict)
            loaded.append(nlp)
            for warning in choice.warnings:
                tell(warning)
        return extract(loaded[0], load_table(settings.names), [Source(text.body_text, text.headline)])[0]

    return Asking(entity_scopes(watchlist, settings.names), find)
