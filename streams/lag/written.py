"""When the records of a partition were written, told from when its end was seen to be where.

A record's own timestamp is its event time, which says nothing of that (`docs/decisions/0017-lag.md`).
"""

from __future__ import annotations

from bisect import bisect_right

MOST_MARKS = 1_000
"""Of a partition, 16 KB. At a look every 5 s that is an hour and a half of steady news; of more the older
half is thinned out, so that what is known less exactly is long ago."""


class Written:
    """The ends of a partition, and when each was first seen; moments are those of a monotonic clock."""

    def __init__(self, most: int = MOST_MARKS) -> None:
        self._most = most
        self._ends: list[int] = []
        self._moments: list[float] = []
        self._first: tuple[int, float] | None = None
        """The end at the first look, and when that was."""
        self._told: dict[int, float] = {}

    def see(self, end: int, now: float) -> None:
        """Take note of where the partition ends now; at a lower end than before it is another one."""
        if self._first is None or end < (self._ends[-1] if self._ends else self._first[0]):
            self._first = end, now
            self._ends, self._moments, self._told = [], [], {}
            return
        if end > (self._ends[-1] if self._ends else self._first[0]):
            self._ends.append(end)
            self._moments.append(now)
        if len(self._ends) > self._most:
            half = self._most // 4 * 2
            # Of two marks the earlier moment stays: a record is taken for older than it is, never younger.
            self._ends = [*self._ends[1:half:2], *self._ends[half:]]
            self._moments = [*self._moments[0 : half - 1 : 2], *self._moments[half:]]

    def tell(self, offset: int, moment: float) -> None:
        """Take note of what a record that was there at the first look says of itself."""
        self._told[offset] = moment

    def unsure(self, offset: int) -> bool:
        """Whether only the record itself can say when it was written."""
        return self._first is not None and offset < self._first[0] and offset not in self._told

    def moment(self, offset: int) -> float | None:
        """When a record was written; at the latest, as far as that is known. None if there is none yet."""
        if self._first is None:
            return None
        end, seen = self._first
        if offset < end:
            earlier = [told for told in self._told if told <= offset]
            return min(seen, self._told[max(earlier)]) if earlier else seen
        index = bisect_right(self._ends, offset)
        return self._moments[index] if index < len(self._ends) else None

    def forget(self, offset: int) -> None:
        """Drop what concerns records below an offset only: every group has read them."""
        index = bisect_right(self._ends, offset)
        # The last one stays: it says where the partition ends.
        index = min(index, len(self._ends) - 1)
        if index > 0:
            del self._ends[:index], self._moments[:index]
        earlier = [told for told in self._told if told <= offset]
        for told in sorted(earlier)[:-1]:
            del self._told[told]
