"""Does it add up? Every article has one status, every mention its alert or the reason why not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import msgspec

from streams.records import Alert, DeadLetter, Outcome, Status, Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATUSES: tuple[Status, ...] = get_args(Status)


class Account(msgspec.Struct):
    """Counts output records against the inputs acknowledged; repeats of a record change nothing."""

    outcomes: dict[tuple[str, int, int], Outcome] = msgspec.field(default_factory=dict)
    """By the position of the input."""
    expected: set[tuple[int, str]] = msgspec.field(default_factory=set)
    """`seq` and watch of every mention, and of what was left out by a watch's scope."""
    alerts: dict[tuple[int, str], Alert] = msgspec.field(default_factory=dict)
    """By `seq` and watch; those that were raised."""
    revisions: dict[tuple[int, str], Alert] = msgspec.field(default_factory=dict)
    """Those that were sent again."""
    suppressed: dict[tuple[int, str], Suppressed] = msgspec.field(default_factory=dict)
    deadlines: dict[tuple[str, int], Alert] = msgspec.field(default_factory=dict)
    """By `alert_id` and revision; no article raised them, so they are not held against mentions."""
    dead_letters: set[tuple[str, int, int]] = msgspec.field(default_factory=set)

    def add(self, record: object) -> None:
        """Take a record of `news.outcomes`, `news.dead-letters`, `alerts` or `alerts.suppressed`."""
        if isinstance(record, Outcome):
            if not record.redelivered:
                at = record.position
                self.outcomes.setdefault((at.topic, at.partition, at.offset), record)
                self.expected.update((record.seq, mention.watch) for mention in record.mentions)
                self.expected.update((record.seq, watch) for watch in record.out_of_scope)
        elif isinstance(record, Alert | Suppressed) and record.deadline:
            if isinstance(record, Alert):
                self.deadlines.setdefault((record.alert_id, record.revision), record)
        elif isinstance(record, Alert):
            sent = self.revisions if record.revision else self.alerts
            sent.setdefault((record.seq, record.watch), record)
        elif isinstance(record, Suppressed):
            self.suppressed.setdefault((record.seq, record.watch), record)
        elif isinstance(record, DeadLetter):
            self.dead_letters.add((record.topic, record.partition, record.offset))

    @property
    def length(self) -> int:
        """Of the account: one above the last `seq`."""
        return max((outcome.seq + 1 for outcome in self.outcomes.values()), default=0)

    @property
    def statuses(self) -> dict[Status, int]:
        """Articles by status, every status named."""
        counts = Counter(outcome.status for outcome in self.outcomes.values())
        return {status: counts[status] for status in STATUSES}

    def missing(self, articles: int) -> list[str]:
        """What is still to come, or wrong, in words; empty when everything adds up.

        Args:
            articles: inputs that the broker acknowledged.
        """
        decisions: tuple[Mapping[tuple[int, str], object], ...] = (
            self.alerts,
            self.revisions,
            self.suppressed,
        )
        decided = {key for records in decisions for key in records}
        pairs = [
            ("articles with a status", len(self.outcomes), articles),
            ("mentions decided", len(decided & self.expected), len(self.expected)),
            ("decisions with a mention", len(decided & self.expected), len(decided)),
            ("alerts or suppressed, not both", len(decided), sum(len(records) for records in decisions)),
            ("dead letters", len(self.dead_letters), self.statuses["rejected"]),
        ]
        return [f"{have} of {want} {what}" for what, have, want in pairs if have != want]

    def in_order(self) -> list[Alert]:
        """Alerts in the order of the news, as they were raised."""
        return [self.alerts[key] for key in sorted(self.alerts)]

    def revisions_in_order(self) -> list[Alert]:
        """What was sent again, in the order of the news."""
        return [self.revisions[key] for key in sorted(self.revisions)]

    def deadlines_in_order(self) -> list[Alert]:
        """What was told of deadlines, in the order of their moments."""
        return sorted(self.deadlines.values(), key=lambda alert: (alert.seq, alert.event_time, alert.watch))

    def articles_in_order(self) -> Iterable[Outcome]:
        """Outcomes in the order of the news."""
        return sorted(self.outcomes.values(), key=lambda outcome: outcome.seq)
