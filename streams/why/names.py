"""Whom the names of an article mean, and what says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.alerts.aliases import resolved_by
from streams.why.explanation import Called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.records import Alert, Entity, Learnt, Suppressed
    from streams.why.trace import Trace


def learnt(trace: Trace) -> tuple[Learnt, ...]:
    """By what the alert step understood the article's short names, as its records have it."""
    records: tuple[Alert | Suppressed, ...] = (*trace.alerts, *trace.ledger)
    return next((one.learnt for one in records if one.learnt), ())


def entities(trace: Trace) -> tuple[Entity, ...]:
    """Whom it names, as the alert step has understood it."""
    named = trace.enriched or trace.version.outcome
    return resolved_by(named.entities if named else (), learnt(trace))


def called(named: Iterable[Entity]) -> Iterator[Called]:
    """The names that are written otherwise than what they mean, each once."""
    seen: set[tuple[str, str]] = set()
    for entity in named:
        key = (entity.text, entity.canonical_id)
        if entity.text != entity.canonical and key not in seen:
            seen.add(key)
            yield Called(
                text=entity.text, canonical=entity.canonical, canonical_id=entity.canonical_id, by=entity.by
            )
