"""What a batch of entries leads to: records to send, keys of the table to set, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from streams.emit import Emit
from streams.records import Alert, Outcome, Silence, Suppressed
from streams.topology import ALERTS, SHADOW, SUPPRESSED, watch_topic

if TYPE_CHECKING:
    from agents.alerts.term import Decided
    from streams.records import SuppressedReason


@dataclass(slots=True)
class Turn:
    """What one batch of entries led to."""

    emits: list[Emit] = field(default_factory=list)
    writes: dict[str, bytes | None] = field(default_factory=dict)
    """Keys of the table to set, in this order; None deletes. A kill may leave the first of them written and
    the rest not: the turn counts from the cursor's write on, and nothing is deleted before."""
    decided: list[Alert | Suppressed] = field(default_factory=list)
    """One for each watch that an article mentions; of one in shadow what the ledger has."""
    settled: list[Outcome] = field(default_factory=list)
    """Outcomes whose turn came, re-deliveries among them."""
    skipped: int = 0
    """Outcomes given up because a gap did not close in time."""
    dropped: list[str] = field(default_factory=list)
    """Deadlines that were dropped, since there are too many."""

    def record(self, found: Decided, counts: dict[SuppressedReason, int]) -> None:
        """Send what was decided: the alert with the totals of the ledger, and the ledger's own entry."""
        if found.alert is not None:
            alert = msgspec.structs.replace(found.alert, suppressed=counts)
            topics = [SHADOW] if alert.stage == "shadow" else [ALERTS, watch_topic(alert.watch)]
            self.emits += [Emit(topic, alert.alert_id, alert, alert.event_time) for topic in topics]
            if found.ledger is None:
                self.decided.append(alert)
        if found.ledger is not None:
            entry = found.ledger
            self.emits.append(Emit(SUPPRESSED, entry.alert_id or entry.article_id, entry, entry.event_time))
            self.decided.append(entry)


def identity(record: Any) -> str | None:
    """What makes a record of the alert topics the same record when it is sent again after a crash.

    None for others: of a silence the last one counts.
    """
    if isinstance(record, Silence):
        return None
    deadline = f"/{record.deadline.due}/{record.deadline.left}" if record.deadline else ""
    return f"{record.seq}/{record.watch}{deadline}"
