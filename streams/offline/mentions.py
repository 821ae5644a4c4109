"""Mentions in rows: the same matching as in the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.ingest.dates import event_time
from agents.ingest.language import language_of
from agents.mentions.entity_scope import Asking
from agents.mentions.text import Text
from streams.replay.rows import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from agents.mentions.match import Matcher
    from streams.offline.rows import Row

_NOT_ASKING = Asking()


def mentions(
    rows: Iterable[Row], matcher: Matcher, *, arrived: datetime, asking: Asking = _NOT_ASKING
) -> Iterator[dict[str, Any]]:
    """Find the mentions of each row; a row in error keeps its place.

    Where a watch asks for the language, one that the row doesn't give is told from its text. 'By Friday' is
    reckoned from the row's date, where it has none that can be read from `arrived`, as in the pipeline.
    `asking` says which watches ask for entities, and finds them.
    """
    asks_language, asks_date = matcher.asks_language, matcher.asks_date
    for row in rows:
        if row.error:
            yield {"id": row.id, "error": row.error}
            continue
        text = Text(
            headline=row.headline,
            body_text=row.text,
            source=row.source,
            language=language_of(row.text, row.language) if asks_language else None,
            byline=row.byline,
            event_time=_event_time(row, arrived) if asks_date else None,
        )
        found = matcher.matched(text).mentions
        yield {"id": row.id, "mentions": asking.in_scope(found, text)}


def _event_time(row: Row, arrived: datetime) -> datetime:
    described = describe(row.line)
    return event_time(described.published if described else None, arrived)[0]
