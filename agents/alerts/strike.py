"""The record that a deadline's moment makes: an alert of its own, or the ledger's reason why not."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.silences import silence_for
from agents.alerts.term import Decided
from streams.records import Change, Deadline, Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from agents.alerts.deadlines import Strike
    from agents.alerts.policy import Policy
    from streams.records import Alert, Silence, SuppressedReason


def struck(
    strike: Strike, policy: Policy, silences: Iterable[Silence], *, seq: int, detected_at: datetime
) -> Decided:
    """Tell of a deadline, or say why not.

    Nothing holds it back but a silence: as with a reversal, no other alert has said it.

    Args:
        strike: the moment that has come.
        policy: of its watch, as it is now.
        silences: in force, in a fixed order.
        seq: of the article that moved the clock, or of the next one where the wall clock did.
        detected_at: wall clock.
    """
    pending, first = strike.pending, strike.pending.first
    deadline = Deadline(due=strike.due, left=strike.left, alerts=pending.alerts)
    again = pending.revision >= 0
    alert = msgspec.structs.replace(
        first,
        alert_id=alert_id(strike.watch, strike.due),
        revision=pending.revision + 1,
        change="deadline" if again else None,
        changes=(Change(what="deadline", before=pending.told, after=strike.left),) if again else (),
        coverage=pending.spread.coverage(),
        deadline=deadline,
        stage=policy.stage,
        severity=policy.severity,
        runbook_url=policy.runbook_url,
        event_time=strike.at,
        detected_at=detected_at,
        seq=seq,
    )
    time = int(strike.at.timestamp() * 1000)
    if silence := silence_for(silences, strike.watch, alert, alert.entities, time):
        under = alert.alert_id if again else None
        return Decided(
            strike.watch, None, _ledger(alert, strike, "silence", under, silence=silence.silence_id)
        )
    shadow = policy.stage == "shadow"
    return Decided(strike.watch, alert, _ledger(alert, strike, "shadow", alert.alert_id) if shadow else None)


def alert_id(watch: str, due: str) -> str:
    """Id of a deadline's alert: 128-bit BLAKE2b (RFC 7693) of watch and date, 32 hex digits."""
    return blake2b(f"clock/{watch}/{due}".encode(), digest_size=16).hexdigest()


def _ledger(
    alert: Alert, strike: Strike, reason: SuppressedReason, under: str | None, *, silence: str | None = None
) -> Suppressed:
    shared = {name: getattr(alert, name) for name in Suppressed.__struct_fields__ if hasattr(alert, name)}
    return Suppressed(
        **{**shared, "reason": reason, "alert_id": under, "silence": silence, "status": strike.pending.status}
    )
