"""All that the alert step remembers beside its place in the order: alerts, cooldowns, silences, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.alerts.aliases import KEPT_MS, Aliases
from agents.alerts.cooldown import Calm
from agents.alerts.deadlines import Deadlines
from agents.alerts.memory import Memory
from agents.alerts.standing import Standing, story_of
from streams.records import Silence, SuppressedReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from agents.alerts.term import Decided

STAND = "stand/"
MOST_STANDING = 250_000
"""Alerts remembered at most, whatever event time says: an undated archive would never leave. Some 370 MB:
1.5 KB each were measured on 20,000 with six entities and a sentence."""
MOST = 1_000_000
"""Of what is bounded otherwise: totals by the watches, silences by operators."""


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """Entries of the ledger for a watch since its last alert, by reason."""

    counts: dict[SuppressedReason, int] = {}


class Remembered:
    """The memories of the step, which change together."""

    def __init__(self, *, window: timedelta) -> None:
        """Make them empty; `window` is how long an alert stands after it was last touched."""
        self.standing = Memory(STAND, Standing, most=MOST_STANDING)
        self.calms = Memory("calm/", Calm, most=MOST_STANDING)
        self.tallies = Memory("tally/", Tally, most=MOST)
        self.silences = Memory("silence/", Silence, most=MOST)
        self.deadlines = Deadlines(window=window)
        self.aliases = Aliases()
        self._all = (
            *(self.standing, self.calms, self.tallies, self.silences),
            *(self.deadlines.memory, self.aliases.memory),
        )
        self._stories: dict[str, set[str]] = {}
        """Keys of the alerts that stand for a story."""

    def restore(self, found: Mapping[str, bytes], turn: int) -> dict[str, bytes | None]:
        """Take up what the table holds, as it was after `turn`.

        Returns:
            Writes that take back what a later turn had begun to write.
        """
        writes: dict[str, bytes | None] = {}
        for memory in self._all:
            own = [(key, value) for key, value in found.items() if key.startswith(memory.prefix)]
            writes |= memory.restore(own, turn)
        self.deadlines.restored()
        self.aliases.restored()
        self._stories = {}
        for key in self.standing:
            self._stories.setdefault(story_of(key), set()).add(key)
        return writes

    def flush(self, turn: int) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
        """What the turn changed: writes for before the cursor's, and deletions for after it."""
        sets: dict[str, bytes | None] = {}
        deletions: dict[str, bytes | None] = {}
        for memory in self._all:
            changed, gone = memory.flush(turn)
            sets |= changed
            deletions |= gone
        return sets, deletions

    def unwritten(self) -> None:
        """End a turn of which nothing is to be written."""
        for memory in self._all:
            memory.unwritten()

    def turn_back(self, now: int) -> None:
        """The clock was set for the first time or back."""
        self.standing.turn_back(now)
        self.calms.turn_back(now)
        self.aliases.memory.turn_back(now)

    def forget(self, before: int | None, now: int | None) -> None:
        """Drop what was last touched before a time, Unix milliseconds."""
        for key in self.standing.forget(before, now):
            keys = self._stories[story_of(key)]
            keys.discard(key)
            if not keys:
                del self._stories[story_of(key)]
        self.calms.forget(before, now)
        self.aliases.forget(None if now is None else now - KEPT_MS, now)

    def story(self, story_id: str) -> dict[str, Standing]:
        """The alerts that stand for a story, by key and in its order."""
        return {
            key: stands
            for key in sorted(self._stories.get(story_id, ()))
            if (stands := self.standing.get(key)) is not None
        }

    def keep(self, found: Decided, now: int | None, came: int | None) -> None:
        """Remember what stands after a decision about an article of the time `came`."""
        if found.stands is not None:
            self.standing.put(found.key, found.stands, now, came)
            self._stories.setdefault(story_of(found.key), set()).add(found.key)
        if found.calm is not None:
            self.calms.put(found.calm_key, found.calm, now, came)

    def count(self, found: Decided) -> dict[SuppressedReason, int]:
        """Count a decision in its watch's totals; returns those that an alert carries, which begin anew."""
        before = (self.tallies.get(found.watch) or Tally()).counts
        counts = before if found.alert is None else {}
        if found.ledger is not None:
            counts = {**counts, found.ledger.reason: counts.get(found.ledger.reason, 0) + 1}
        if counts != before:
            self.tallies.put(found.watch, Tally(counts), None)
        return before

    def in_force(self) -> list[Silence]:
        """The silences, in the order of their ids."""
        return [silence for key in sorted(self.silences) if (silence := self.silences.get(key)) is not None]

    def silence(self, silence: Silence, before: int | None) -> None:
        """Put a silence in force or, expired, out of it; drop those that ended before a time."""
        for key in [
            item.silence_id
            for item in self.in_force()
            if before is not None and item.until.timestamp() * 1000 < before
        ]:
            self.silences.drop(key)
        if silence.expired:
            self.silences.drop(silence.silence_id)
        else:
            self.silences.put(silence.silence_id, silence, None)
