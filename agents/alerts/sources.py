"""Which sources get a rate of their own although no watch names them: those seen most, a bounded number.

A name is whatever a producer writes, so there may be endless ones (`agents/seen_most.py`). A place once
earned is kept through restarts and through silence.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time

import msgspec

from agents.alerts.outlet import outlet
from agents.seen_most import SeenMost

MOST = 200
"""Places. Each is some twenty-five series in Prometheus (`docs/operations/rules.md`), and the silence of the
201st busiest source is no outage."""
ENOUGH = 20
"""Articles after which a name may have a place; less can't be missed by any rule."""
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
        self._seen = SeenMost(MOST, ENOUGH)
        self._unsaved = 0

    @property
    def tracked(self) -> frozenset[str]:
        """Folded names of those with a place."""
        return self._seen.tracked

    def see(self, source: str | None, now: datetime) -> None:
        """Count an article.

        Args:
            source: as the article has it.
            now: wall clock.
        """
        name = None if source is None else folded(source)
        if name is None:
            return
        self._unsaved += 1
        if self._seen.see(name, now):
            # Who has a place must outlive a kill.
            self._unsaved = SAVED_EVERY

    def restore(self, value: bytes | None) -> None:
        """Take up what the table has; None where it has nothing yet."""
        state = State() if value is None else msgspec.msgpack.decode(value, type=State)
        self._seen.restore(state.weights, state.halved)
        self._unsaved = 0

    def save(self) -> bytes | None:
        """What the table is to have now; None while what it has will do."""
        if self._unsaved < SAVED_EVERY:
            return None
        self._unsaved = 0
        return msgspec.msgpack.encode(State(self._seen.weights, self._seen.halved))


def folded(source: str) -> str | None:
    """A source's name as a label: without case and `www.`; None for what makes no label."""
    name = outlet(source)
    if not name or name == OTHER or len(name) > LONGEST or not name.isprintable():
        return None
    return name
