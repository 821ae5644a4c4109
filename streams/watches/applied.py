"""Which watchlist a worker has in force: what it says on `watchlist.workers`, and what that means later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY_SECONDS = 20.0
"""A worker says it again and again, so that one that died is known by its silence."""
SILENT_AFTER = timedelta(seconds=3 * EVERY_SECONDS)


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """`watchlist.workers`: the watchlist that a worker works by."""

    worker: str
    """Host and port of its metrics."""
    version: str
    watches: int
    source: Literal["file", "topic"]
    refused: str | None = None
    """Why what is on the topic is not in force."""
    time: datetime
    """Wall clock."""
    stopped: bool = False
    """It ended in good order."""
    schema: int = 1


def running(said: Iterable[Applied], now: datetime) -> list[Applied]:
    """Those that live: not stopped, and heard of lately; by name."""
    alive = (one for one in said if not one.stopped and now - one.time < SILENT_AFTER)
    return sorted(alive, key=lambda one: one.worker)
