"""What the alert step remembers by key: forgotten in event time, written so that a turn counts whole or not.

A kill may leave the first of a turn's writes in the table and the rest not. The cursor is written last, and a
value says which turn wrote it and what stood before: one whose turn the cursor does not know is not taken up.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

V = TypeVar("V", bound=msgspec.Struct)


class Entry(msgspec.Struct, Generic[V], frozen=True, array_like=True):
    """A value and when it was last touched."""

    touched: int | None
    """The step's clock, Unix milliseconds; None before the clock knows the time."""
    value: V
    came: int | None = None
    """Event time of the article that touched it, where it is known: the clock follows a jump only after some
    articles, and what came in the meantime is not as old as the clock then said."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """An entry as the table has it."""

    turn: int
    entry: bytes
    before: bytes | None
    """The entry as it was when the turn began; None where there was none."""


class Memory(Generic[V]):
    """Entries of one kind, those touched last at the end."""

    def __init__(self, prefix: str, kind: type[V], *, most: int) -> None:
        """Make an empty one.

        Args:
            prefix: of its keys in the table.
            kind: of its values.
            most: entries to keep, whatever event time says.
        """
        self.prefix = prefix
        self._most = most
        self._decoder = msgspec.msgpack.Decoder(Entry[kind])  # type: ignore[valid-type]
        self._entries: OrderedDict[str, Entry[V]] = OrderedDict()
        self._before: dict[str, Entry[V] | None] = {}
        """As the turn found them: the entries that it has changed."""

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def get(self, key: str) -> V | None:
        """The value under a key."""
        entry = self._entries.get(key)
        return None if entry is None else entry.value

    def put(self, key: str, value: V, now: int | None, came: int | None = None) -> None:
        """Set a value, touched `now` by an article of the time `came`."""
        self._set(key, Entry(now, value, came))
        self._entries.move_to_end(key)

    def drop(self, key: str) -> None:
        """Forget a value."""
        self._before.setdefault(key, self._entries.get(key))
        self._entries.pop(key, None)

    def turn_back(self, now: int) -> None:
        """The clock was set for the first time or back: nothing was touched later than now."""
        for key, entry in self._entries.items():
            late = entry.came is not None and entry.came > now
            if entry.touched is None or entry.touched > now or late:
                self._set(key, Entry(now, entry.value, now if late else entry.came))

    def forget(self, before: int | None, now: int | None = None) -> list[str]:
        """Drop what was last touched before a time, and beyond the most; returns the keys.

        Args:
            before: Unix milliseconds; None drops nothing for its age.
            now: the clock; what came later than `before` though it was touched earlier is as if touched now.
        """
        dropped = []
        while self._entries:
            key, entry = next(iter(self._entries.items()))
            outlived = before is not None and entry.touched is not None and entry.touched < before
            if not outlived and len(self._entries) <= self._most:
                break
            if len(self._entries) <= self._most and before is not None and (entry.came or before) > before:
                self.put(key, entry.value, now, entry.came)
                continue
            self.drop(key)
            dropped.append(key)
        return dropped

    def flush(self, turn: int) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
        """What the turn changed: writes for before the cursor's, and deletions for after it."""
        sets: dict[str, bytes | None] = {}
        deletions: dict[str, bytes | None] = {}
        for key, before in self._before.items():
            entry = self._entries.get(key)
            if entry is None:
                deletions[self.prefix + key] = None
            else:
                was = None if before is None else msgspec.msgpack.encode(before)
                sets[self.prefix + key] = msgspec.msgpack.encode(
                    Kept(turn, msgspec.msgpack.encode(entry), was)
                )
        self._before.clear()
        return sets, deletions

    def unwritten(self) -> None:
        """End a turn of which nothing is to be written."""
        self._before.clear()

    def restore(self, items: Iterable[tuple[str, bytes]], turn: int) -> dict[str, bytes | None]:
        """Take up what the table has under the prefix, as it was after `turn`.

        Returns:
            Writes that take back what a later turn had begun to write.
        """
        writes: dict[str, bytes | None] = {}
        found: list[tuple[str, Entry[V]]] = []
        for key, value in items:
            kept = msgspec.msgpack.decode(value, type=Kept)
            entry = kept.entry
            if kept.turn > turn:
                if kept.before is None:
                    writes[key] = None
                    continue
                entry = kept.before
                writes[key] = msgspec.msgpack.encode(Kept(turn, entry, None))
            found.append((key.removeprefix(self.prefix), self._decoder.decode(entry)))
        # Ties by key: those touched at one time may leave in another order than they came.
        found.sort(key=lambda item: (item[1].touched or 0, item[0]))
        self._entries = OrderedDict(found)
        self._before = {}
        return writes

    def _set(self, key: str, entry: Entry[V]) -> None:
        self._before.setdefault(key, self._entries.get(key))
        self._entries[key] = entry
