"""The alert step whole: puts outcomes in order, decides each, remembers what stands, and forgets in time.

Nothing here knows Kafka or Faust: entries come in, a `Turn` says what to send and what to write to the table.
The table holds three kinds of keys: `cursor`, `wait/<seq>` (an outcome whose turn has not come) and
`stand/<story_id>/<watch>` (the alert that stands for a story).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.decide import decide, key_of
from agents.alerts.memory import Memory
from agents.alerts.order import Cursor, Order
from agents.alerts.standing import Standing, story_of, watch_of
from agents.clock import EventClock, is_evidence
from streams.emit import Emit
from streams.records import Alert, Outcome, Start, Suppressed, Tick
from streams.topology import ALERTS, SUPPRESSED, watch_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from agents.alerts.policy import Policy
    from streams.records import Entry

CURSOR = "cursor"
WAIT = "wait/"
STAND = "stand/"
MOST_STANDING = 250_000
"""Alerts remembered at most, whatever event time says: an undated archive would never leave. About 350 MB."""


class State(msgspec.Struct, frozen=True):
    """What `cursor` holds."""

    cursor: Cursor
    now: int | None = None
    """The clock's reading, Unix milliseconds."""
    behind: int = 0
    recent: tuple[int, ...] = ()
    turn: int = 0
    """Number of the turn that wrote it; what a later one began to write does not count."""


@dataclass(slots=True)
class Turn:
    """What one batch of entries led to."""

    emits: list[Emit] = field(default_factory=list)
    writes: dict[str, bytes | None] = field(default_factory=dict)
    """Keys of the table to set, in this order; None deletes. A kill may leave the first of them written and
    the rest not: the turn counts from the cursor's write on, and nothing is deleted before."""
    decided: list[Alert | Suppressed] = field(default_factory=list)
    settled: list[Outcome] = field(default_factory=list)
    """Outcomes whose turn came, re-deliveries among them."""
    skipped: int = 0
    """Outcomes given up because a gap did not close in time."""


class Desk:
    """State of the alert step; `restore` it from the table, then `work` through the entries in batches."""

    def __init__(self, policies: Mapping[str, Policy], *, window: timedelta, gap_timeout: timedelta) -> None:
        """Make an empty desk.

        Args:
            policies: of each watch in force.
            window: how long, in event time, an alert stands for its story after it was last touched; as long
                as duplicates are recognised at least.
            gap_timeout: wall clock to wait for a missing outcome.
        """
        self._policies = policies
        self._window_ms = int(window.total_seconds() * 1000)
        self._gap_timeout = gap_timeout
        self._turn = 0
        self._order = Order()
        self._written: set[int] = set()
        """`seq` of each outcome that waits in the table."""
        self._standing = Memory(STAND, Standing, most=MOST_STANDING)
        self._stories: dict[str, set[str]] = {}
        """Keys of the alerts that stand for a story."""
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

    def restore(self, items: Iterable[tuple[str, bytes]]) -> dict[str, bytes | None]:
        """Take up the state that the table holds.

        Returns:
            Keys of the table to set (None deletes) before any work is done: a kill has left them behind.
        """
        found = dict(items)
        state = msgspec.msgpack.decode(found[CURSOR], type=State) if CURSOR in found else State(Cursor())
        self._turn = state.turn
        self._clock = EventClock(now=state.now, behind=state.behind, recent=state.recent)
        waiting = {
            int(key.removeprefix(WAIT)): msgspec.msgpack.decode(value, type=Outcome)
            for key, value in found.items()
            if key.startswith(WAIT)
        }
        self._written = set(waiting)
        # A kill may leave one behind whose turn has been.
        behind = state.cursor.next_seq or 0
        self._order = Order(state.cursor, {seq: item for seq, item in waiting.items() if seq >= behind})
        standing = ((key, value) for key, value in found.items() if key.startswith(STAND))
        writes = self._standing.restore(standing, state.turn)
        self._stories = {}
        for key in self._standing:
            self._stories.setdefault(story_of(key), set()).add(key)
        return writes

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
        self._turn += 1
        sets, deletions = self._standing.flush(self._turn)
        waits, clock = self._order.waiting, self._clock
        kept = {f"{WAIT}{seq}": msgspec.msgpack.encode(waits[seq]) for seq in waits.keys() - self._written}
        state = State(self._order.cursor, clock.now, clock.behind, tuple(clock.recent), self._turn)
        gone = {f"{WAIT}{seq}": None for seq in self._written - waits.keys()}
        turn.writes = {**sets, **kept, CURSOR: msgspec.msgpack.encode(state), **deletions, **gone}
        self._written = set(waits)
        return turn

    def _settle(self, outcome: Outcome, turn: Turn, now: datetime) -> None:
        turn.settled.append(outcome)
        if outcome.redelivered:
            return
        time = self._observe(outcome)
        # After each outcome, not each batch: what is forgotten must not depend on how many came at once.
        before = None if self._clock.now is None else self._clock.now - self._window_ms
        for key in self._standing.forget(before):
            self._unlist(key)
        story = outcome.story_id or outcome.article_id or ""
        keys = self._stories.get(story, ())
        standing = {watch_of(key): stands for key in keys if (stands := self._standing.get(key))}
        for decided in decide(
            outcome, policies=self._policies, standing=standing, time=time, detected_at=now
        ):
            record, key = decided.record, key_of(decided)
            self._standing.put(key, decided.stands, self._clock.now)
            self._stories.setdefault(story, set()).add(key)
            turn.decided.append(record)
            topics = [ALERTS, watch_topic(record.watch)] if isinstance(record, Alert) else [SUPPRESSED]
            turn.emits += [
                Emit(topic, record.alert_id or record.article_id, record, record.event_time)
                for topic in topics
            ]

    def _observe(self, outcome: Outcome) -> int | None:
        """Move the clock; returns the article's event time where it tells the time, else the clock's."""
        source = outcome.event_time_source
        if source is None or not is_evidence(outcome.origin, source):
            return self._clock.now
        before, time = self._clock.now, int(outcome.event_time.timestamp() * 1000)
        now = self._clock.observe(time)
        if before is None or now < before:
            self._standing.turn_back(now)
        return time

    def _unlist(self, key: str) -> None:
        keys = self._stories[story_of(key)]
        keys.discard(key)
        if not keys:
            del self._stories[story_of(key)]


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
