"""The order of a replay: by publication time, the undated where they stood."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class Dated(Protocol):
    """Anything that may know when it was published."""

    @property
    def published(self) -> datetime | None:
        """Publication time with its offset; None when unknown."""


D = TypeVar("D", bound=Dated)
FIRST = datetime.min.replace(tzinfo=UTC)


def in_time_order(items: Sequence[D]) -> list[D]:
    """Items by publication time; equal times keep the given order.

    An undated item stays right after the item it was given after, since a file's neighbours are the best
    guess at its time; undated items before any dated one come first.
    """
    times: list[datetime] = []
    last = FIRST
    for item in items:
        last = item.published or last
        times.append(last)
    return [items[index] for index in sorted(range(len(items)), key=times.__getitem__)]
