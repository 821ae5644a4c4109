"""A replay from its first article to its last acknowledgement."""

from __future__ import annotations

import threading
import time
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import msgspec

from streams.replay.pace import AS_FAST_AS_POSSIBLE, schedule
from streams.replay.report import Problem, Report, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.replay.read import Archive, Item

SLICE = 0.25
"""Seconds waited at most in one piece, so that progress is shown during a gap of hours."""


class Sink(Protocol):
    """Where articles go: `streams.replay.publish.Publisher`."""

    sent: int
    acknowledged: int
    failed: list[Problem]
    lost: Exception | None

    def send(self, item: Item, payload: bytes) -> None:
        """Hand one article over."""

    def settle(self) -> None:
        """Wait until each article handed over is acknowledged or failed."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """How far a replay has come."""

    sent: int
    acknowledged: int
    total: int | None
    """None: it goes on until it is stopped."""
    left: float | None
    """Seconds that the gaps between publication times still take; None as `total`."""


def replay(
    archive: Archive,
    sink: Sink,
    *,
    speed: float = AS_FAST_AS_POSSIBLE,
    loop: bool = False,
    limit: int | None = None,
    watch: Callable[[Moment], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Report:
    """Send an archive's items in their order and at their pace, and wait for every acknowledgement.

    `loop` sends the archive again and again, the same bytes with the same times; `limit` is the number of
    articles after which it ends. `stop`, once set, ends it at the next article. `watch` is called at least
    once for each article and every `SLICE` seconds of a gap.
    """
    stop = stop or threading.Event()
    started = time.monotonic()
    report = Report(read=len(archive.items), unreadable=archive.problems, hidden=archive.hidden)
    items = archive.items if loop else archive.items[:limit]
    total = limit if loop else len(items)
    last = max(0, len(items) - 1)
    span = None if loop else next(islice(schedule(items, speed), last, None), (0.0, None))[0]
    gone: set[Item] = set()

    def look() -> None:
        left = None if span is None else max(0.0, started + span - time.monotonic())
        watch(Moment(sent=sink.sent, acknowledged=sink.acknowledged, total=total, left=left))

    for due, item in islice(schedule(items, speed, loop=loop), limit):
        while (wait := started + due - time.monotonic()) > 0 and not stop.is_set() and not sink.lost:
            look()
            stop.wait(min(wait, SLICE))
        if stop.is_set() or sink.lost or len(gone) == len(items):
            break
        try:
            payload = archive.load(item)
        except Unreadable as error:
            if item not in gone:
                gone.add(item)
                report.unreadable.append(error.problem)
            continue
        sink.send(item, payload)
        look()
    sink.settle()
    look()
    report.sent, report.acknowledged, report.failed = sink.sent, sink.acknowledged, sink.failed
    report.stopped = "broker lost" if sink.lost else "interrupted" if stop.is_set() else ""
    report.seconds = time.monotonic() - started
    return report
