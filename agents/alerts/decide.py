"""One outcome in; out come the alerts it raises, and the reason for each watched term that raised none."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from streams.records import Alert, AlertEntity, Outcome, Severity, Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from streams.records import Entity, Mention


class Standing(msgspec.Struct, frozen=True):
    """The alert that stands for one story and watch."""

    alert_id: str
    touched: int | None
    """The step's clock, Unix milliseconds, when the alert was raised or last suppressed another; None before
    the clock knows the time."""
    raised: int
    """`seq` of the article that raised it."""


def standing_key(watch: str, story_id: str) -> str:
    """Key of a standing alert: the story's id has a fixed length, a watch's name has no slash."""
    return f"{story_id}/{watch}"


def alert_id(watch: str, outcome: Outcome) -> str:
    """Id of the alert that an article raises: 128-bit BLAKE2b (RFC 7693) of watch and story, 32 hex digits.

    The article's own date counts as well: the same text a month later is another story and another alert.
    """
    dated = outcome.event_time.isoformat() if outcome.event_time_source == "own" else ""
    key = f"{standing_key(watch, outcome.story_id or '')}/{dated}"
    return blake2b(key.encode(), digest_size=16).hexdigest()


def decide(
    outcome: Outcome,
    *,
    severities: Mapping[str, Severity],
    standing: Mapping[str, Standing],
    detected_at: datetime,
    runbooks: Mapping[str, str] | None = None,
) -> list[Alert | Suppressed]:
    """Raise one alert for each watch that the story has not alerted for; name the alert it falls under else.

    Exactly one record comes out for each watch the article mentions, so outcomes and alerts can be counted
    against each other.
    """
    if outcome.redelivered or outcome.article_id is None:
        return []
    story = outcome.story_id or outcome.article_id
    by_watch: dict[str, list[Mention]] = {}
    for mention in outcome.mentions:
        by_watch.setdefault(mention.watch, []).append(mention)
    decided: list[Alert | Suppressed] = []
    for watch, mentions in by_watch.items():
        stands = standing.get(standing_key(watch, story))
        if stands is not None and _falls_under(outcome, stands):
            decided.append(
                Suppressed(
                    watch=watch,
                    reason="duplicate",
                    alert_id=stands.alert_id,
                    article_id=outcome.article_id,
                    story_id=story,
                    status=outcome.status,
                    uri=outcome.uri,
                    name=outcome.name,
                    source=outcome.source,
                    headline=outcome.headline,
                    event_time=outcome.event_time,
                    detected_at=detected_at,
                    mentions=tuple(mentions),
                    origin=outcome.origin,
                    seq=outcome.seq,
                )
            )
        else:
            decided.append(
                Alert(
                    alert_id=alert_id(watch, outcome),
                    watch=watch,
                    severity=severities.get(watch, "warning"),
                    runbook_url=(runbooks or {}).get(watch),
                    article_id=outcome.article_id,
                    story_id=story,
                    headline=outcome.headline or "",
                    uri=outcome.uri,
                    name=outcome.name,
                    source=outcome.source,
                    event_time=outcome.event_time,
                    arrived=outcome.arrived,
                    detected_at=detected_at,
                    mentions=tuple(mentions),
                    entities=summarise(outcome.entities),
                    entities_error=outcome.entities_error,
                    model=outcome.model,
                    origin=outcome.origin,
                    seq=outcome.seq,
                )
            )
    return decided


def _falls_under(outcome: Outcome, stands: Standing) -> bool:
    """Whether the alert that stands speaks for this article as well.

    What the article itself raised (a kill came between the writes of a turn) it raises again. A new article
    is the first of its story: what stands from before is of one forgotten since, what stands from after is of
    a copy that came first because this one was given up.
    """
    return stands.raised > outcome.seq or (stands.raised < outcome.seq and outcome.status != "new")


def summarise(entities: Iterable[Entity]) -> tuple[AlertEntity, ...]:
    """Each canonical entity once, the most named first, then in order of appearance."""
    counts: Counter[tuple[str, str, str]] = Counter(
        (entity.canonical_id, entity.canonical, entity.label) for entity in entities
    )
    return tuple(
        AlertEntity(canonical=name, canonical_id=key, label=label, count=count)
        for (key, name, label), count in counts.most_common()
    )
