"""Puts outcomes back into the order of the news, whatever order the workers finished them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from streams.records import Outcome


MOST_RANGES = 256
"""A gap takes two minutes to be given up by default, so these are nine hours of nothing else."""


class Cursor(msgspec.Struct, frozen=True):
    """How far the account has been worked off."""

    next_seq: int | None = None
    """The `seq` whose turn it is; None until the account has begun."""
    skipped: tuple[tuple[int, int], ...] = ()
    """Ranges (both ends included) that were given up, the last `MOST_RANGES`; one that comes after all is
    worked off late."""


class Order:
    """A reorder buffer over `seq` that gives up a gap rather than wait for ever."""

    def __init__(self, cursor: Cursor = Cursor(), waiting: dict[int, Outcome] | None = None) -> None:  # noqa: B008
        self.cursor = cursor
        self.waiting = waiting or {}
        self._gap: tuple[int | None, datetime] | None = None

    def begin(self, seq: int) -> list[Outcome]:
        """Start the account at `seq`, unless it has started; returns what is ready."""
        if self.cursor.next_seq is None:
            self.cursor = Cursor(seq)
        return self._ready()

    def offer(self, outcome: Outcome) -> list[Outcome]:
        """Take an outcome; returns those whose turn has come, in order. A repeat gives nothing."""
        expected = self.cursor.next_seq
        if expected is not None and outcome.seq < expected:
            return [outcome] if self._late(outcome.seq) else []
        self.waiting.setdefault(outcome.seq, outcome)
        return self._ready()

    def tick(self, now: datetime, timeout: timedelta) -> tuple[int, list[Outcome]]:
        """Give up the gap at the front once it has stood for `timeout` of wall clock.

        Returns:
            How many outcomes were given up, and those whose turn has come.
        """
        expected = self.cursor.next_seq
        if not self.waiting or expected in self.waiting:
            self._gap = None
            return 0, []
        if self._gap is None or self._gap[0] != expected:
            self._gap = (expected, now)
            return 0, []
        if now - self._gap[1] < timeout:
            return 0, []
        self._gap = None
        first = min(self.waiting)
        missing = () if expected is None else ((expected, first - 1),)
        self.cursor = Cursor(first, (*self.cursor.skipped, *missing)[-MOST_RANGES:])
        return sum(last - start + 1 for start, last in missing), self._ready()

    def _ready(self) -> list[Outcome]:
        ready: list[Outcome] = []
        seq = self.cursor.next_seq
        if seq is None:
            return ready
        while seq in self.waiting:
            ready.append(self.waiting.pop(seq))
            seq += 1
        self.cursor = Cursor(seq, self.cursor.skipped)
        return ready

    def _late(self, seq: int) -> bool:
        """Whether `seq` was given up before; it is then taken off the list."""
        for index, (start, last) in enumerate(self.cursor.skipped):
            if start <= seq <= last:
                rest = tuple((a, b) for a, b in ((start, seq - 1), (seq + 1, last)) if a <= b)
                skipped = self.cursor.skipped[:index] + rest + self.cursor.skipped[index + 1 :]
                self.cursor = Cursor(self.cursor.next_seq, skipped[-MOST_RANGES:])
                return True
        return False
