"""What a turn of the alert step means in numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import structlog

from streams.records import Suppressed

if TYPE_CHECKING:
    from agents.alerts.desk import Desk
    from agents.alerts.series import Series
    from agents.alerts.turn import Turn
    from streams.metrics import Metrics
    from streams.records import Alert

log = structlog.get_logger(__name__)

LOGGED = ("alert_id", "revision", "change", "watch", "severity", "article_id", "story_id")


def report(metrics: Metrics, series: Series, turn: Turn, desk: Desk) -> None:
    """Count outcomes as settled, alerts as sent, and time from arrival to alert."""
    series.track(desk.sources)
    outside = _outside(turn)
    for outcome in turn.settled:
        if outcome.redelivered:
            metrics.redelivered.labels("ingest").inc()
            continue
        series.count(outcome, outside[outcome.seq])
        metrics.articles.labels(outcome.status, outcome.origin).inc()
        metrics.explained.inc(sum(told.used for told in outcome.explained))
        if outcome.reason is not None:
            metrics.dead_letters.labels(outcome.reason).inc()
        for mention in outcome.mentions:
            metrics.mentions.labels(mention.watch).inc()
    for record in turn.decided:
        if isinstance(record, Suppressed):
            metrics.suppressed.labels(record.watch, record.reason).inc()
        else:
            _report_alert(metrics, record)
    for key in turn.dropped:
        log.warning("a deadline is forgotten, there are too many", step="alerts", deadline=key)
    metrics.skipped.inc(turn.skipped)
    metrics.waiting.set(desk.waiting)
    metrics.table_entries.labels("desk").set(desk.waiting + desk.standing + desk.deadlines + desk.aliases)
    metrics.aliases.set(desk.aliases)
    metrics.deadlines.set(desk.deadlines)
    metrics.next_seq.set(desk.next_seq or 0)


def _report_alert(metrics: Metrics, alert: Alert) -> None:
    known = {name: getattr(alert, name) for name in LOGGED}
    left = None if alert.deadline is None else alert.deadline.left
    log.info("alert", step="alerts", **known, deadline=left)
    if alert.stage == "shadow":
        return  # it is in the ledger as well, and nobody waits for it
    if alert.change is None:
        metrics.alerts.labels(alert.watch, alert.severity).inc()
    else:
        metrics.revisions.labels(alert.watch, alert.change).inc()
    if alert.deadline is None:
        latency = max(0.0, (alert.detected_at - alert.arrived).total_seconds())
        metrics.alert_seconds.labels(alert.origin).observe(latency, {"article_id": alert.article_id})


def lost(metrics: Metrics) -> None:
    """The desk is the next worker's now; here its numbers would stand for ever, beside that one's."""
    for gauge in (metrics.waiting, metrics.aliases, metrics.deadlines, metrics.table_entries.labels("desk")):
        gauge.set(0)


def _outside(turn: Turn) -> defaultdict[int, set[str]]:
    """Watches that an article mentions though it is out of their scope, by its `seq`."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for record in turn.decided:
        if isinstance(record, Suppressed) and record.reason == "out_of_scope":
            found[record.seq].add(record.watch)
    return found
