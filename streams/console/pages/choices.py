"""What the filters offer: the watches and the entities of the alerts in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from streams.console.feed import Feed

OFFERED = 100
"""Entities; a browser shows those that go on as what was typed."""


class _Entity(msgspec.Struct):
    canonical: str


class _Alert(msgspec.Struct):
    watch: str
    entities: tuple[_Entity, ...] = ()


_decode = msgspec.json.Decoder(_Alert).decode


class Choices:
    """Counted as records come, each once; what has left the memory stays offered."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._life = ""
        self._at = 0
        self._watches: set[str] = set()
        self._entities: Counter[str] = Counter()

    @property
    def watches(self) -> list[str]:
        """By name."""
        return sorted(self._watches)

    @property
    def entities(self) -> list[str]:
        """Canonical names, by name; of more than `OFFERED` those in most alerts."""
        return sorted(name for name, _ in self._entities.most_common(OFFERED))

    def take_up(self) -> None:
        """Count the next block of what has come; one at a call, so that a page is served quickly."""
        if self._life != self._feed.life:
            self._life, self._at = self._feed.life, 0
            self._watches.clear()
            self._entities.clear()
        for record in self._feed.log.after(self._at):
            self._at = record.offset + 1
            try:
                alert = _decode(record.raw)
            except (msgspec.MsgspecError, ValueError):
                continue
            self._watches.add(alert.watch)
            self._entities.update({entity.canonical for entity in alert.entities})
