"""The records that the alert step sends, made of an article's outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.records import Alert, Suppressed

if TYPE_CHECKING:
    from datetime import datetime

    from agents.alerts.policy import Policy
    from agents.alerts.standing import Standing
    from streams.records import AlertEntity, Change, ChangeKind, Mention, Outcome, SuppressedReason

WEIGHT: tuple[ChangeKind, ...] = ("change", "watch", "coverage")
"""The first that applies names a revision."""
MOST_ASKED = 10
"""Entities of a scope that an entry of the ledger names."""


def alert(
    outcome: Outcome,
    mentions: tuple[Mention, ...],
    stands: Standing,
    *,
    policy: Policy,
    entities: tuple[AlertEntity, ...],
    changes: tuple[Change, ...] = (),
    detected_at: datetime,
) -> Alert:
    """The alert as it is sent now; `stands` has its revision already."""
    kinds = {_kind(change) for change in changes}
    return Alert(
        alert_id=stands.alert_id,
        revision=stands.revision,
        change=next((kind for kind in WEIGHT if kind in kinds), None),
        changes=changes,
        coverage=stands.spread.coverage(),
        stage=policy.stage,
        watch=mentions[0].watch,
        severity=policy.severity,
        runbook_url=policy.runbook_url,
        article_id=outcome.article_id or "",
        story_id=outcome.story_id or outcome.article_id or "",
        headline=outcome.headline or "",
        uri=outcome.uri,
        name=outcome.name,
        source=outcome.source,
        event_time=outcome.event_time,
        arrived=outcome.arrived,
        detected_at=detected_at,
        mentions=mentions,
        entities=entities,
        entities_error=outcome.entities_error,
        model=outcome.model,
        origin=outcome.origin,
        seq=outcome.seq,
    )


def suppressed(
    outcome: Outcome,
    watch: str,
    mentions: tuple[Mention, ...],
    reason: SuppressedReason,
    under: str | None = None,
    *,
    silence: str | None = None,
    asked: tuple[str, ...] = (),
    detected_at: datetime,
) -> Suppressed:
    """The ledger's entry: why the article raised nothing, and under which alert it fell."""
    return Suppressed(
        watch=watch,
        reason=reason,
        alert_id=under,
        silence=silence,
        asked=asked[:MOST_ASKED],
        article_id=outcome.article_id or "",
        story_id=outcome.story_id or outcome.article_id or "",
        status=outcome.status,
        uri=outcome.uri,
        name=outcome.name,
        source=outcome.source,
        headline=outcome.headline,
        event_time=outcome.event_time,
        detected_at=detected_at,
        mentions=mentions,
        origin=outcome.origin,
        seq=outcome.seq,
    )


def _kind(change: Change) -> ChangeKind:
    return change.what if change.what in ("coverage", "watch") else "change"
