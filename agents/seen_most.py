"""Which of endless names get a place: those seen most, a bounded number.

Counted as by Misra and Gries ('Finding repeated elements', 1982): a name that makes up more than one in as
many as there are candidates is never lost among those that come once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

TIMES = 2.0
"""As much more as the least seen one must a name be seen to take its place, or two would take turns."""
HALF_LIFE = timedelta(weeks=1)
"""After which what was seen counts half."""
MOST_CANDIDATES = 1_000
"""More than there are places."""


class SeenMost:
    """The names with a place, and those that may get one."""

    def __init__(self, most: int, enough: int) -> None:
        """Begin with none.

        Args:
            most: places.
            enough: times that a name is seen before it may have one.
        """
        self._most = most
        self._enough = enough
        self.weights: dict[str, float] = {}
        """Of those with a place: how often they were seen, lately more than long ago."""
        self.halved: datetime | None = None
        """When the weights were last halved."""
        self.candidates: dict[str, int] = {}
        """Names without a place, and how often they were seen."""

    @property
    def tracked(self) -> frozenset[str]:
        """Those with a place."""
        return frozenset(self.weights)

    def restore(self, weights: dict[str, float], halved: datetime | None) -> None:
        """Begin with places that were earned before."""
        self.weights, self.halved, self.candidates = dict(weights), halved, {}

    def see(self, name: str, now: datetime) -> bool:
        """Count a name; whether it got a place by that."""
        self._age(now)
        if name in self.weights:
            self.weights[name] += 1
            return False
        candidates = self.candidates
        if name not in candidates and len(candidates) >= MOST_CANDIDATES:
            self.candidates = {other: count - 1 for other, count in candidates.items() if count > 1}
            return False
        candidates[name] = candidates.get(name, 0) + 1
        if candidates[name] < self._enough:
            return False
        if len(self.weights) >= self._most:
            least = min(self.weights, key=lambda other: (self.weights[other], other))
            if candidates[name] < TIMES * self.weights[least]:
                return False
            del self.weights[least]
        self.weights[name] = float(candidates.pop(name))
        return True

    def _age(self, now: datetime) -> None:
        halved = self.halved or now
        while now - halved >= HALF_LIFE:
            halved += HALF_LIFE
            self.weights = {name: weight / 2 for name, weight in self.weights.items()}
            self.candidates = {name: count // 2 for name, count in self.candidates.items() if count > 1}
        self.halved = halved
