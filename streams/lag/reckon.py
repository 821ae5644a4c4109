"""How far groups are behind, from what the brokers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.lag.seen import Lag
from streams.lag.written import Written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.lag.seen import Part


def next_unread(committed: int | None, begin: int, end: int) -> int:
    """Offset that a group reads next.

    Without one acknowledged it begins at the beginning, and so it does where that one is no longer or not yet
    there: records that were deleted, a topic that was made anew.
    """
    if committed is None or not begin <= committed <= end:
        return begin
    return committed


class Reckoner:
    """Knows partitions from look to look."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._written: dict[Part, Written] = {}

    def see(self, ends: Mapping[Part, int], now: float) -> None:
        """Take note of where partitions end; of those that are not among them nothing is known any more.

        Args:
            ends: offset after the last record.
            now: monotonic, from after the brokers were asked.
        """
        self._written = {part: self._written.get(part) or Written() for part in ends}
        for part, end in ends.items():
            self._written[part].see(end, now)

    def unsure(
        self, unread: Mapping[str, Mapping[Part, int]], ends: Mapping[Part, int]
    ) -> set[tuple[Part, int]]:
        """Records of which only they themselves can say how old they are."""
        return {
            (part, offset)
            for offsets in unread.values()
            for part, offset in offsets.items()
            if offset < ends[part] and self._written[part].unsure(offset)
        }

    def tell(self, part: Part, offset: int, moment: float) -> None:
        """Take note of what such a record says, on the monotonic clock."""
        if part in self._written:
            self._written[part].tell(offset, moment)

    def lags(
        self, unread: Mapping[str, Mapping[Part, int]], ends: Mapping[Part, int], now: float
    ) -> list[Lag]:
        """How far each group is behind in each partition.

        Args:
            unread: by group and partition the offset that is read next.
            ends: offset after the last record.
            now: monotonic.
        """
        found, lowest = [], dict(ends)
        for group, offsets in unread.items():
            for part, offset in offsets.items():
                lowest[part] = min(lowest[part], offset)
                moment = self._written[part].moment(offset) if offset < ends[part] else None
                seconds = 0.0 if moment is None else max(0.0, now - moment)
                topic = part.topic.removeprefix(self._prefix)
                found.append(Lag(group, topic, part.partition, ends[part] - offset, seconds))
        for part, offset in lowest.items():
            self._written[part].forget(offset)
        return found
