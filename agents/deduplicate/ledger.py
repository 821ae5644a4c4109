"""When each remembered input came and where it was read, in the order of the news."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.deduplicate.remembered import table_key
from streams.records import Position

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from streams.records import Eviction

UNKNOWN = 2**63 - 1
"""Reading of a clock that nothing has set yet: it lies behind no window."""

_ENTRY = np.dtype(
    [("topic", "u2"), ("partition", "i4"), ("offset", "i8"), ("clock", "i8"), ("observations", "i8")]
)
_LEAST = 1024
_GROWTH = 16
"""The ring grows by one in so many: what lies empty counts as memory of the others."""
_FORGOTTEN_AT_ONCE = 64
"""So that the first article after a quiet weekend does not pay for deleting all before it."""


class Entry(NamedTuple):
    """One input: where it was read, the clock's reading (ms) and count of observations then."""

    position: Position
    clock: int
    """When it came, by the step's clock (ms)."""
    observations: int


class Ledger:
    """Numbered entries in a ring. Those from `first` are kept, those from `oldest` are within the window.

    A reading counts for no more than any later one (the clock may be set back, a date may be ahead of it), so
    the readings never fall along the ring, and whatever leaves, leaves at its beginning.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.evicted: dict[Eviction, int] = {"window": 0, "limit": 0}
        """How many have left since it was made."""
        self._topics: list[str] = []
        self._ring: NDArray[np.void] = np.zeros(_LEAST, _ENTRY)
        self.first = self.next = 0
        """Numbers of the first kept and of the one to come."""
        self.oldest = 0
        """Number of the first within the window."""

    def load(self, topics: list[str], fields: dict[str, NDArray[np.int64]], within: int) -> None:
        """Begin anew with entries as `append` takes them, of which the last `within` are within the window.

        Args:
            topics: names.
            fields: `topic` (place in `topics`), `partition`, `offset`, `clock`, `observations`.
            within: a number that may exceed theirs.
        """
        self._topics = list(topics)
        self.first, self.next = 0, len(fields["clock"])
        self._ring = np.zeros(self.next + max(_LEAST, self.next // _GROWTH), _ENTRY)
        for name, values in fields.items():
            self._ring[name][: self.next] = values
        clocks = self._ring["clock"][: self.next]
        clocks[:] = np.minimum.accumulate(clocks[::-1])[::-1]
        self.oldest = max(0, self.next - within)

    @property
    def nbytes(self) -> int:
        """Memory of the ring, in bytes."""
        return self._ring.nbytes

    def append(self, entry: Entry) -> None:
        """Enter one under the number `next`."""
        if self.next - self.first == len(self._ring):
            numbers = np.arange(self.first, self.next)
            wider = np.zeros(len(self._ring) + max(_LEAST, len(self._ring) // _GROWTH), _ENTRY)
            wider[numbers % len(wider)] = self._ring[numbers % len(self._ring)]
            self._ring = wider
        position = entry.position
        if position.topic not in self._topics:
            self._topics.append(position.topic)
        topic = self._topics.index(position.topic)
        before = self.next - 1
        while before >= self.first and self._ring["clock"][before % len(self._ring)] > entry.clock:
            self._ring["clock"][before % len(self._ring)] = entry.clock
            before -= 1
        self._ring[self.next % len(self._ring)] = (
            topic,
            position.partition,
            position.offset,
            entry.clock,
            entry.observations,
        )
        self.next += 1

    def key(self, number: int) -> str:
        """Table key of an entry that is kept."""
        entry = self._ring[number % len(self._ring)]
        topic = self._topics[int(entry["topic"])]
        return table_key(
            Position(topic=topic, partition=int(entry["partition"]), offset=int(entry["offset"]))
        )

    def clock(self, number: int) -> int:
        """When an entry that is kept came, in ms."""
        return int(self._ring["clock"][number % len(self._ring)])

    def set_back(self, clock: int) -> None:
        """The clock was wrong: no reading counts for more than this one."""
        np.minimum(self._ring["clock"], clock, out=self._ring["clock"])

    def expire(self, clock: int, longest: int) -> int:
        """Let leave what was read at or before `clock` (ms), and all but the latest `longest`.

        Returns:
            The new `oldest`.
        """
        before = self.oldest
        self.oldest = limited = max(before, self.next - longest)
        while self.oldest < self.next and self._ring["clock"][self.oldest % len(self._ring)] <= clock:
            self.oldest += 1
        self.evicted["limit"] += limited - before
        self.evicted["window"] += self.oldest - limited
        return self.oldest

    def forget(self, observations: int, longest: int) -> list[str]:
        """Drop what has left the window and came at or before so many observations, or exceeds `longest`.

        Returns:
            Table keys of what was dropped.
        """
        keys: list[str] = []
        while self.first < self.oldest and len(keys) < _FORGOTTEN_AT_ONCE:
            recent = self._ring["observations"][self.first % len(self._ring)] > observations
            if recent and self.next - self.first <= longest:
                break
            keys.append(self.key(self.first))
            self.first += 1
        return keys
