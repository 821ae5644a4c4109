"""The alert step whole: puts outcomes in order, decides each, remembers what stands, and forgets in time.

Nothing here knows Kafka or Faust: entries come in, a `Turn` says what to send and what to write to the table.
The table holds three kinds of keys: `cursor`, `wait/<seq>` (an outcome whose turn has not come) and
`stand/<story_id>/<watch>` (the alert that stands for a story).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.decide import Standing, decide, standing_key
from agents.alerts.order import Cursor, Order
from agents.clock import EventClock, is_evidence
from streams.emit import Emit
from streams.records import Alert, Outcome, Start, Suppressed, Tick
from streams.topology import ALERTS, SUPPRESSED, watch_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from streams.records import Entry, Severity

CURSOR = "cursor"
WAIT = "wait/"
STAND = "stand/"
MOST_STANDING = 500_000
"""Alerts remembered at most, whatever event time says: an undated archive would never leave. About 200 MB."""


class State(msgspec.Struct, frozen=True):
    """What `cursor` holds."""

    cursor: Cursor
    now: int | None = None
    """The clock's reading, Unix milliseconds."""
    behind: int = 0
    recent: tuple[int, ...] = ()


@dataclass(slots=True)
class Turn:
    """What one batch of entries led to."""

    emits: list[Emit] = field(default_factory=list)
    writes: dict[str, bytes | None] = field(default_factory=dict)
    """Keys of the table to set, in this order; None deletes. A kill may leave the first of them written and
    the rest not, so what waited is deleted only after the cursor has moved past it."""
    decided: list[Alert | Suppressed] = field(default_factory=list)
    settled: list[Outcome] = field(default_factory=list)
    """Outcomes whose turn came, re-deliveries among them."""
    skipped: int = 0
    """Outcomes given up because a gap did not close in time."""


class Desk:
    """State of the alert step; `restore` it from the table, then `work` through the entries in batches."""

    def __init__(
        self,
        severities: Mapping[str, Severity],
        *,
        window: timedelta,
        gap_timeout: timedelta,
        runbooks: Mapping[str, str] | None = None,
    ) -> None:
        """Make an empty desk.

        Args:
            severities: of each watch in force.
            window: how long, in event time, an alert stands for its story after it was last touched; as long
                as duplicates are recognised at least.
            gap_timeout: wall clock to wait for a missing outcome.
            runbooks: address of what to do about a watch's alerts, where it has one.
        """
        self._severities = severities
        self._runbooks = runbooks
        self._window_ms = int(window.total_seconds() * 1000)
        self._gap_timeout = gap_timeout
        self._order = Order()
        self._written: set[int] = set()
        """`seq` of each outcome that waits in the table."""
        self._standing: OrderedDict[str, Standing] = OrderedDict()
        self._clock = EventClock()

    @property
    def next_seq(self) -> int | None:
        """The `seq` whose turn it is; None before the account has begun."""
        return self._order.cursor.next_seq

    @property
    def waiting(self) -> int:
        """Outcomes that wait for an earlier one."""
        return len(self._order.waiting)

    @property
    def standing(self) -> int:
        """Alerts that stand for a story."""
        return len(self._standing)

    def restore(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Take up the state that the table holds."""
        waiting: dict[int, Outcome] = {}
        standing: list[tuple[str, Standing]] = []
        cursor = Cursor()
        for key, value in items:
            if key == CURSOR:
                state = msgspec.msgpack.decode(value, type=State)
                cursor = state.cursor
                self._clock = EventClock(now=state.now, behind=state.behind, recent=state.recent)
            elif key.startswith(WAIT):
                outcome = msgspec.msgpack.decode(value, type=Outcome)
                waiting[outcome.seq] = outcome
            else:
                standing.append((key.removeprefix(STAND), msgspec.msgpack.decode(value, type=Standing)))
        standing.sort(key=lambda item: (item[1].touched or 0, item[1].raised))
        self._standing = OrderedDict(standing)
        self._written = set(waiting)
        # A kill may leave one behind whose turn has been.
        behind = cursor.next_seq or 0
        self._order = Order(cursor, {seq: outcome for seq, outcome in waiting.items() if seq >= behind})

    def work(self, entries: Sequence[Entry], *, now: datetime) -> Turn:
        """Work off a batch: decide what has its turn, keep what has not.

        Args:
            entries: as read from `news.outcomes`.
            now: wall clock, for `detected_at`.
        """
        turn = Turn()
        for entry in entries:
            if isinstance(entry, Start):
                ready = self._order.begin(entry.seq)
            elif isinstance(entry, Tick):
                skipped, ready = self._order.tick(entry.time, self._gap_timeout)
                turn.skipped += skipped
            else:
                ready = self._order.offer(entry)
            for outcome in ready:
                self._settle(outcome, turn, now)
        waits, clock = self._order.waiting, self._clock
        for seq in waits.keys() - self._written:
            turn.writes[f"{WAIT}{seq}"] = msgspec.msgpack.encode(waits[seq])
        state = State(self._order.cursor, clock.now, clock.behind, tuple(clock.recent))
        turn.writes[CURSOR] = msgspec.msgpack.encode(state)
        for seq in self._written - waits.keys():
            turn.writes[f"{WAIT}{seq}"] = None
        self._written = set(waits)
        return turn

    def _settle(self, outcome: Outcome, turn: Turn, now: datetime) -> None:
        turn.settled.append(outcome)
        if outcome.redelivered:
            return
        source = outcome.event_time_source
        if source is not None and is_evidence(outcome.origin, source):
            self._observe(int(outcome.event_time.timestamp() * 1000), turn)
        # After each outcome, not each batch: what is forgotten must not depend on how many came at once.
        self._forget(turn)
        decided = decide(
            outcome,
            severities=self._severities,
            runbooks=self._runbooks,
            standing=self._standing,
            detected_at=now,
        )
        for record in decided:
            key = standing_key(record.watch, record.story_id)
            raised = record.seq if isinstance(record, Alert) else self._standing[key].raised
            self._stand(key, Standing(record.alert_id, self._clock.now, raised), turn)
            turn.decided.append(record)
            topics = [ALERTS, watch_topic(record.watch)] if isinstance(record, Alert) else [SUPPRESSED]
            turn.emits += [Emit(topic, record.alert_id, record, record.event_time) for topic in topics]

    def _observe(self, time: int, turn: Turn) -> None:
        """Move the clock; where it is set for the first time or back, nothing was touched later than now."""
        before = self._clock.now
        now = self._clock.observe(time)
        if before is None or now < before:
            for key, stands in self._standing.items():
                if stands.touched is None or stands.touched > now:
                    self._keep(key, msgspec.structs.replace(stands, touched=now), turn)

    def _forget(self, turn: Turn) -> None:
        """Drop what was last touched before the window, and beyond the most; the oldest stand first."""
        start = None if self._clock.now is None else self._clock.now - self._window_ms
        while self._standing:
            key, stands = next(iter(self._standing.items()))
            outlived = start is not None and stands.touched is not None and stands.touched < start
            if not outlived and len(self._standing) <= MOST_STANDING:
                break
            del self._standing[key]
            turn.writes[STAND + key] = None

    def _stand(self, key: str, stands: Standing, turn: Turn) -> None:
        self._keep(key, stands, turn)
        self._standing.move_to_end(key)

    def _keep(self, key: str, stands: Standing, turn: Turn) -> None:
        self._standing[key] = stands
        turn.writes[STAND + key] = msgspec.msgpack.encode(stands)


def identity(record: Alert | Suppressed) -> str:
    """What makes a record on an alert topic the same record when it is sent again after a crash."""
    return f"{record.seq}/{record.watch}"


def undelivered(emits: Iterable[Emit], delivered: Mapping[str, set[str]]) -> list[Emit]:
    """Leave out what `delivered` (topic to identities) shows to be on its topic already."""
    return [
        emit
        for emit in emits
        if not isinstance(emit.value, Alert | Suppressed)
        or identity(emit.value) not in delivered.get(emit.topic, ())
    ]
