"""Which sources get a rate of their own although no watch names them: those seen most, a bounded number.

A name is whatever a producer writes, so there may be endless ones. What has been seen is counted as by Misra
and Gries ('Finding repeated elements', 1982): a name that makes up more than a thousandth of the articles is
never lost among those that come once. A place once earned is kept through restarts and through silence.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from agents.alerts.outlet import outlet

MOST = 200
"""Places. Each is some twenty-five series in Prometheus (`docs/operations/rules.md`), and the silence of the
201st busiest source is no outage."""
ENOUGH = 20
"""Articles after which a name may have a place; less can't be missed by any rule."""
TIMES = 2.0
"""As much more as the least seen one must a name be seen to take its place, or two would take turns."""
HALF_LIFE = timedelta(weeks=1)
"""After which what was seen counts half: a source may be silent over a weekend and keep its place."""
MOST_CANDIDATES = 1_000
LONGEST = 100
"""Code points of a name; host names that people use have fewer than 60."""
OTHER = "other"
"""The label of all that have no place; no source's own."""
SAVED_EVERY = 1_000
"""Articles; what a kill forgets of the weights."""


class State(msgspec.Struct, frozen=True, array_like=True):
    """What the table keeps."""

    weights: dict[str, float] = {}
    halved: datetime | None = None
    """Wall clock, when the weights were last halved."""


class Sources:
    """The sources with a place, and those that may get one."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = {}
        self._candidates: dict[str, int] = {}
        self._halved: datetime | None = None
        self._unsaved = 0

    @property
    def tracked(self) -> frozenset[str]:
        """Folded names of those with a place."""
        return frozenset(self._weights)

    def see(self, source: str | None, now: datetime) -> None:
        """Count an article.

        Args:
            source: as the article has it.
            now: wall clock.
        """
        name = None if source is None else folded(source)
        if name is None:
            return
        self._age(now)
        self._unsaved += 1
        if name in self._weights:
            self._weights[name] += 1
        else:
            self._consider(name)

    def restore(self, value: bytes | None) -> None:
        """Take up what the table has; None where it has nothing yet."""
        state = State() if value is None else msgspec.msgpack.decode(value, type=State)
        self._weights, self._halved = dict(state.weights), state.halved
        self._candidates, self._unsaved = {}, 0

    def save(self) -> bytes | None:
        """What the table is to have now; None while what it has will do."""
        if self._unsaved < SAVED_EVERY:
            return None
        self._unsaved = 0
        return msgspec.msgpack.encode(State(self._weights, self._halved))

    def _consider(self, name: str) -> None:
        candidates = self._candidates
        if name not in candidates and len(candidates) >= MOST_CANDIDATES:
            self._candidates = {other: count - 1 for other, count in candidates.items() if count > 1}
            return
        candidates[name] = candidates.get(name, 0) + 1
        if candidates[name] < ENOUGH:
            return
        if len(self._weights) >= MOST:
            least = min(self._weights, key=lambda other: (self._weights[other], other))
            if candidates[name] < TIMES * self._weights[least]:
                return
            del self._weights[least]
        self._weights[name] = float(candidates.pop(name))
        # Who has a place must outlive a kill.
        self._unsaved = SAVED_EVERY

    def _age(self, now: datetime) -> None:
        halved = self._halved or now
        while now - halved >= HALF_LIFE:
            halved += HALF_LIFE
            self._weights = {name: weight / 2 for name, weight in self._weights.items()}
            self._candidates = {name: count // 2 for name, count in self._candidates.items() if count > 1}
        self._halved = halved


def folded(source: str) -> str | None:
    """A source's name as a label: without case and `www.`; None for what makes no label."""
    name = outlet(source)
    if not name or name == OTHER or len(name) > LONGEST or not name.isprintable():
        return None
    return name
