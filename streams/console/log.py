"""What the console knows of a topic of alerts: its newest records, and where each alert's revisions are."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from streams.console.index import MOST_ALERTS, Index

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT_BYTES = 64 << 20
"""Of the newest records, held in memory: 17,000 alerts of 3.8 KB, as the seeds' are."""
BLOCK = 500
"""Records worked on at once: to filter so many takes 4 to 7 ms, in which nothing else is served."""


class Record(NamedTuple):
    """A record on a topic of alerts."""

    offset: int
    alert_id: str
    raw: bytes


class _Id(msgspec.Struct):
    alert_id: str


_decode = msgspec.json.Decoder(_Id).decode
_offset = attrgetter("offset")


def read(offset: int, raw: bytes | None) -> Record | None:
    """A record as it is on the topic, on one line; None if it is no alert."""
    try:
        # Strings that a decoder passes over it doesn't check, but all of them are sent on as UTF-8.
        alert_id = _decode((raw or b"").decode()).alert_id
        return Record(offset, alert_id, msgspec.json.format(raw, indent=-1) if b"\n" in raw else raw)  # type: ignore[operator, arg-type]
    except (msgspec.MsgspecError, ValueError):
        return None


class Log:
    """A topic of one partition, as far as it was read."""

    def __init__(
        self, begin: int = 0, *, most_bytes: int = KEPT_BYTES, most_alerts: int = MOST_ALERTS
    ) -> None:
        self._most_bytes = most_bytes
        self._records: list[Record] = []
        self._bytes = 0
        self._index = Index(most_alerts)
        self._index.forget(begin)
        self.begin = begin
        """Offset of the first record on the topic."""
        self.kept = begin
        """All records from this offset on are in memory."""
        self.end = begin
        """Offset after the last record that was read."""

    def __len__(self) -> int:
        return len(self._records)

    @property
    def listed(self) -> int:
        """All alerts with a revision from this offset on can be listed."""
        return self._index.floor

    @property
    def first(self) -> int:
        """All records from this offset on can be had, here or from the topic."""
        return min(self.begin, self.kept)

    def add(self, record: Record) -> None:
        """Take up the next record."""
        self._records.append(record)
        self._bytes += len(record.raw)
        self._index.add(record.alert_id, record.offset)
        self.end = record.offset + 1
        excess = 0
        while self._bytes > self._most_bytes and excess < len(self._records) - 1:
            self._bytes -= len(self._records[excess].raw)
            excess += 1
        if excess:
            self.kept = self._records[excess - 1].offset + 1
            del self._records[:excess]

    def skip(self, offset: int) -> None:
        """Pass over a record that is no alert."""
        self.end = offset + 1

    def forget(self, begin: int) -> None:
        """Take note of where the topic now begins."""
        self.begin = max(self.begin, begin)
        self._index.forget(begin)

    def after(self, low: int) -> list[Record]:
        """The first block in memory from an offset on, oldest first."""
        start = bisect_left(self._records, low, key=_offset)
        return self._records[start : start + BLOCK]

    def before(self, high: int) -> list[Record]:
        """The last block in memory before an offset, newest first."""
        stop = bisect_left(self._records, high, key=_offset)
        return self._records[max(0, stop - BLOCK) : stop][::-1]

    def offsets(self, alert_id: str) -> tuple[int, ...]:
        """Where an alert's revisions are, oldest first; none if there is no such alert."""
        return self._index.offsets(alert_id)

    def newest(self, record: Record, as_of: int) -> bool:
        """Whether a record is its alert's state as it was when the topic ended at `as_of`."""
        return self._index.newest(record.alert_id, record.offset, as_of)


def within(records: Iterable[Record], most_bytes: int) -> list[Record]:
    """The newest records that have so many bytes in all, at least one; oldest first in, newest first out."""
    found: list[Record] = []
    for record in reversed(list(records)):
        most_bytes -= len(record.raw)
        if found and most_bytes < 0:
            break
        found.append(record)
    return found
