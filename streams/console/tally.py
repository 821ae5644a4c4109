"""How often something was in the last day, by minute and key."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

Key = TypeVar("Key", bound="Hashable")

KEPT = timedelta(days=1)
MOST_KEYS = 200_000
"""Counts held, by minute and key, some 150 bytes each; beyond that the oldest hour is given up."""


class Tally(Generic[Key]):
    """Counts; what is older than a day is forgotten."""

    def __init__(self, most: int = MOST_KEYS) -> None:
        self._minutes: dict[int, Counter[Key]] = {}
        self._most = most
        self._held = 0
        self._floor = 0
        """The first minute of which something may be known."""

    def add(self, key: Key, at: datetime) -> None:
        """Count one."""
        minute = _minute(at)
        if minute < self._floor:
            return
        if minute not in self._minutes:
            self._minutes[minute] = Counter()
            self._forget(max(self._minutes) - _length(KEPT))
        counts = self._minutes[minute]
        self._held += key not in counts
        counts[key] += 1
        while self._held > self._most and len(self._minutes) > 1:
            self._forget(min(self._minutes) + _length(timedelta(hours=1)))

    def copy(self) -> Tally[Key]:
        """The same counts, which stay as they are: to be added up in another thread."""
        made = Tally[Key](self._most)
        made._minutes = {minute: counts.copy() for minute, counts in self._minutes.items()}
        made._held, made._floor = self._held, self._floor
        return made

    def since(self, since: datetime) -> Counter[Key]:
        """How often each was, from the minute of this moment on."""
        first, found = _minute(since), Counter[Key]()
        for minute, counts in self._minutes.items():
            if minute >= first:
                found.update(counts)
        return found

    def _forget(self, below: int) -> None:
        """Forget the minutes before this one, but never the newest."""
        below = min(below, max(self._minutes))
        self._floor = max(self._floor, below)
        for minute in [known for known in self._minutes if known < below]:
            self._held -= len(self._minutes.pop(minute))


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)


def _length(time: timedelta) -> int:
    return int(time.total_seconds() // 60)
