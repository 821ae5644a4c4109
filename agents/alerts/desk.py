"""The alert step whole: puts outcomes in order, decides each, remembers what stands, and forgets in time.

Nothing here knows Kafka or Faust: entries come in, a `Turn` says what to send and what to write to the table.
The table holds `cursor`, `wait/<seq>` (an outcome whose turn has not come), `stand/<story_id>/<watch>` (the
alert that stands for a story), `calm/<watch>/<group>` (a cooldown), `tally/<watch>` (entries of the ledger
since the watch's last alert), `silence/<id>`, `clock/<watch>/<date>` (a deadline) and `sources` (those whose
rate is measured).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from agents.alerts import compose
from agents.alerts.deadlines import reached
from agents.alerts.decide import decide
from agents.alerts.order import Cursor, Order
from agents.alerts.policy import Policy
from agents.alerts.remembered import Remembered
from agents.alerts.sources import Sources
from agents.alerts.standing import summarise, unpacked
from agents.alerts.strike import struck
from agents.alerts.term import Mutes
from agents.alerts.turn import Turn
from agents.clock import EventClock, is_evidence
from streams.emit import Emit
from streams.records import Outcome, Silence, Start, Tick
from streams.topology import SILENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from agents.alerts.deadlines import Strike
    from agents.alerts.standing import Standing
    from agents.alerts.term import Decided
    from streams.records import Entry

CURSOR = "cursor"
SOURCES = "sources"
WAIT = "wait/"


class State(msgspec.Struct, frozen=True):
    """What `cursor` holds."""

    cursor: Cursor
    now: int | None = None
    """The clock's reading, Unix milliseconds."""
    behind: int = 0
    recent: tuple[int, ...] = ()
    turn: int = 0
    """Number of the turn that wrote it; what a later one began to write does not count."""
    live: bool = False
    """Whether live news has come: only then does the wall clock tell the time of the news."""


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
        self.policies = policies
        """By name of the watch; another one counts from the next article on."""
        self._window_ms = int(window.total_seconds() * 1000)
        self._gap_timeout = gap_timeout
        self._turn = 0
        self._order = Order()
        self._written: set[int] = set()
        """`seq` of each outcome that waits in the table."""
        self._remembered = Remembered(window=window)
        self._clock = EventClock()
        self._sources = Sources()
        self._live = False

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
        return len(self._remembered.standing)

    @property
    def sources(self) -> frozenset[str]:
        """Those seen most, whose rate is measured though no watch may name them."""
        return self._sources.tracked

    @property
    def deadlines(self) -> int:
        """Deadlines that are known."""
        return len(self._remembered.deadlines)

    def awaits(self, now: datetime) -> bool:
        """Whether a tick of this time would change anything."""
        moment = self._remembered.deadlines.next
        return bool(self.waiting) or (self._live and moment is not None and moment <= _milliseconds(now))

    def restore(self, items: Iterable[tuple[str, bytes]]) -> dict[str, bytes | None]:
        """Take up the state that the table holds.

        Returns:
            Keys of the table to set (None deletes) before any work is done: a kill has left them behind.
        """
        found = dict(items)
        state = msgspec.msgpack.decode(found[CURSOR], type=State) if CURSOR in found else State(Cursor())
        self._turn, self._live = state.turn, state.live
        self._clock = EventClock(now=state.now, behind=state.behind, recent=state.recent)
        waiting = {
            int(key.removeprefix(WAIT)): msgspec.msgpack.decode(value, type=Outcome)
            for key, value in found.items()
            if key.startswith(WAIT)
        }
        self._written = set(waiting)
        self._sources.restore(found.get(SOURCES))
        # A kill may leave one behind whose turn has been.
        behind = state.cursor.next_seq or 0
        self._order = Order(state.cursor, {seq: item for seq, item in waiting.items() if seq >= behind})
        return self._remembered.restore(found, state.turn)

    def work(self, entries: Sequence[Entry], *, now: datetime) -> Turn:
        """Work off a batch: decide what has its turn, keep what has not.

        Args:
            entries: as read from `news.outcomes`.
            now: wall clock, for `detected_at`.
        """
        turn = Turn()
        for entry in entries:
            ready: list[Outcome] = []
            if isinstance(entry, Start):
                ready = self._order.begin(entry.seq)
            elif isinstance(entry, Silence):
                self._remembered.silence(entry, self._forgotten_before())
                turn.emits.append(Emit(SILENCES, entry.silence_id, entry, entry.created))
            elif isinstance(entry, Tick):
                skipped, ready = self._order.tick(entry.time, self._gap_timeout)
                turn.skipped += skipped
            else:
                ready = self._order.offer(entry)
            for outcome in ready:
                self._settle(outcome, turn, now)
            if isinstance(entry, Tick):
                self._tick(entry, turn, self._order.cursor.next_seq or 0, now)
        for outcome in turn.settled:
            if outcome.origin == "live" and not outcome.redelivered:
                self._sources.see(outcome.source, now)
        self._turn += 1
        sets, deletions = self._remembered.flush(self._turn)
        waits, clock = self._order.waiting, self._clock
        kept = {f"{WAIT}{seq}": msgspec.msgpack.encode(waits[seq]) for seq in waits.keys() - self._written}
        gone = {f"{WAIT}{seq}": None for seq in self._written - waits.keys()}
        state = State(
            self._order.cursor, clock.now, clock.behind, tuple(clock.recent), self._turn, self._live
        )
        # Before the cursor: a source seen twice by two turns of which one does not count is no harm.
        seen = {} if (sources := self._sources.save()) is None else {SOURCES: sources}
        turn.writes = {**sets, **kept, **seen, CURSOR: msgspec.msgpack.encode(state), **deletions, **gone}
        self._written = set(waits)
        return turn

    def settle(self, entry: Outcome | Tick, *, seq: int, now: datetime) -> Turn:
        """Work off an entry at once, whatever is missing before it; nothing is to be written.

        For news whose order is known and whose gaps are for good, as in a backtest. A desk that works so is
        never restored.

        Args:
            entry: the next in the order of the news.
            seq: its own, or that of the next outcome.
            now: wall clock, for `detected_at`.
        """
        turn = Turn()
        if isinstance(entry, Tick):
            self._tick(entry, turn, seq, now)
        else:
            self._settle(entry, turn, now)
        self._remembered.unwritten()
        return turn

    def _settle(self, outcome: Outcome, turn: Turn, now: datetime) -> None:
        turn.settled.append(outcome)
        if outcome.redelivered:
            return
        self._live = self._live or outcome.origin == "live"
        time = self._observe(outcome)
        if time is not None and self._clock.now is not None:
            self._strike(reached(self._clock.now, time), turn, outcome.seq, now)
        # After each outcome, not each batch: what is forgotten must not depend on how many came at once.
        self._remembered.forget(self._forgotten_before(), self._clock.now)
        for found in decide(
            outcome,
            policies=self.policies,
            standing=self._remembered.story(outcome.story_id or outcome.article_id or ""),
            joined=self._joined(outcome),
            time=time,
            detected_at=now,
            mutes=Mutes(self._remembered.in_force(), self._remembered.calms.get),
        ):
            self._remembered.keep(found, self._clock.now, time)
            turn.record(found, self._remembered.count(found))
            self._hear(outcome, found, time, turn)

    def _joined(self, outcome: Outcome) -> dict[str, Standing]:
        """The alerts of other stories that the article is a copy of."""
        stories = outcome.verdict.joins if outcome.verdict else ()
        return {key: stands for story in stories for key, stands in self._remembered.story(story).items()}

    def _hear(self, outcome: Outcome, found: Decided, time: int | None, turn: Turn) -> None:
        """Take up the dates beside the mentions of a watch."""
        mentions = tuple(item for item in outcome.mentions if item.watch == found.watch and item.due)
        outside = found.ledger is not None and found.ledger.reason == "out_of_scope"
        if not mentions or found.stands is None or outside or time is None or self._clock.now is None:
            return
        article = compose.alert(
            outcome,
            mentions,
            found.stands,
            policy=self.policies.get(found.watch, Policy()),
            entities=summarise(outcome.entities) or unpacked(found.stands.entities),
            detected_at=outcome.arrived,
        )
        turn.dropped += self._remembered.deadlines.hear(
            article, outcome.status, time=time, now=self._clock.now
        )

    def _tick(self, tick: Tick, turn: Turn, seq: int, now: datetime) -> None:
        if self._live:
            self._strike(_milliseconds(tick.time), turn, seq, now)

    def _strike(self, time: int, turn: Turn, seq: int, now: datetime) -> None:
        self._remembered.deadlines.strike(time, partial(self._tell, turn, seq, now))

    def _tell(self, turn: Turn, seq: int, now: datetime, strike: Strike) -> bool:
        """Tell of a deadline; whether it was sent. One of a watch that has no clock any more is none."""
        policy = self.policies.get(strike.watch)
        if policy is None or not policy.clock:
            return False
        found = struck(strike, policy, self._remembered.in_force(), seq=seq, detected_at=now)
        turn.record(found, self._remembered.count(found))
        return found.alert is not None

    def _forgotten_before(self) -> int | None:
        return None if self._clock.now is None else self._clock.now - self._window_ms

    def _observe(self, outcome: Outcome) -> int | None:
        """Move the clock; returns the article's event time where it tells the time, else the clock's."""
        source = outcome.event_time_source
        if source is None or not is_evidence(outcome.origin, source):
            return self._clock.now
        before, time = self._clock.now, _milliseconds(outcome.event_time)
        now = self._clock.observe(time)
        if before is None or now < before:
            self._remembered.turn_back(now)
        return time


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)
