"""A step's clock, driven by the event times of what passes through it and not fooled by a wrong date."""

from __future__ import annotations

from collections import deque
from statistics import median_low
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import EventTimeSource, Origin

SAMPLES = 9
"""Five wrong dates among nine in a row would move the clock, four can't; and when time does jump (a feed
back after a night), five articles are enough to say so."""

PATIENCE = 1000
"""News that stays behind the clock for so long means that the clock is wrong or another archive began. A back
catalogue dumped into a live feed is mostly shorter; where it is not, the memory starts again after it."""


def is_evidence(origin: Origin, source: EventTimeSource) -> bool:
    """Whether an event time tells the time of the stream.

    In a replay only an article's own date does: its arrival, and what was clamped to it, is today.
    """
    return origin == "live" or source == "own"


class EventClock:
    """Running median of the last event times, which goes back only on overwhelming evidence.

    Times are integers of any one unit. The reading is the highest median seen, so late articles don't turn it
    back; after `patience` observations in a row with a lower median it takes that median: a clock that
    started on a wrong date, or a second archive, would otherwise stand still for ever.
    """

    def __init__(
        self,
        samples: int = SAMPLES,
        patience: int = PATIENCE,
        *,
        now: int | None = None,
        behind: int = 0,
        recent: Iterable[int] = (),
    ) -> None:
        """Start anew, or with the `now`, `behind` and last `samples` observations of an earlier clock."""
        self.recent = deque(recent, maxlen=samples)
        self._patience = patience
        self.now = now
        """The reading; None before the first observation."""
        self.behind = behind
        """Observations in a row that found the median below the reading."""

    def observe(self, time: int) -> int:
        """Take in one event time and return the reading; O(samples)."""
        self.recent.append(time)
        median = median_low(self.recent)
        self.behind = self.behind + 1 if self.now is not None and median < self.now else 0
        if self.now is None or not self.behind or self.behind >= self._patience:
            self.now, self.behind = median, 0
        return self.now
