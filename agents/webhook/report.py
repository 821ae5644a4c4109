"""What the webhook's deliveries mean in numbers, in the log, and as records of what was not delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from streams.emit import Emit
from streams.records import Undelivered
from streams.topology import UNDELIVERED

if TYPE_CHECKING:
    from datetime import datetime

    from agents.webhook.courier import Delivery, Outcome
    from agents.webhook.notice import Notice
    from agents.webhook.retry import Answer
    from streams.metrics import Metrics
    from streams.records import Lost

log = structlog.get_logger(__name__)

LOST: dict[Outcome, Lost] = {
    "refused": "refused",
    "given_up": "given_up",
    "expired": "expired",
    "unreadable": "unreadable",
}
"""Outcomes of alerts that the receiver did not get, though it should have."""


def undelivered(raw: bytes, delivery: Delivery, now: datetime) -> list[Emit]:
    """The record of an alert that did not reach the receiver; none for one that did or need not."""
    reason = LOST.get(delivery.outcome)
    if reason is None:
        return []
    notice, answer = delivery.notice, delivery.answer
    record = Undelivered(
        alert_id=notice.alert_id if notice else None,
        revision=notice.revision if notice else None,
        watch=notice.watch if notice else None,
        reason=reason,
        message=answer.message if answer else "detected too long ago",
        status=answer.status if answer else None,
        attempts=delivery.attempts,
        time=now,
        payload=raw,
    )
    return [Emit(UNDELIVERED, record.alert_id or "", record, notice.event_time if notice else now)]


def report(metrics: Metrics, delivery: Delivery, now: datetime) -> None:
    """Count what became of an alert; name in the log the one that did not arrive."""
    metrics.webhook_alerts.labels(delivery.outcome).inc()
    notice, answer = delivery.notice, delivery.answer
    if delivery.outcome == "delivered" and notice:
        metrics.webhook_seconds.observe(max(0.0, (now - notice.detected_at).total_seconds()))
    elif delivery.outcome in LOST:
        log.error(
            "alert not delivered",
            step="webhook",
            reason=delivery.outcome,
            alert_id=notice.alert_id if notice else None,
            revision=notice.revision if notice else None,
            watch=notice.watch if notice else None,
            attempts=delivery.attempts,
            message=answer.message if answer else None,
        )


def attempted(metrics: Metrics, notice: Notice, answer: Answer) -> None:
    """Count an attempt; tell of one that failed."""
    metrics.webhook_attempts.labels(answer.kind).inc()
    if answer.kind != "2xx":
        log.warning(
            "the webhook's receiver did not take an alert",
            step="webhook",
            alert_id=notice.alert_id,
            revision=notice.revision,
            answer=answer.kind,
            message=answer.message,
        )
