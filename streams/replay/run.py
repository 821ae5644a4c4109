"""A whole replay, from paths to a report."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from streams.connect import KafkaUnusable
from streams.replay.edition import LiveTraffic, check_edition
from streams.replay.pace import AS_FAST_AS_POSSIBLE
from streams.replay.progress import shown
from streams.replay.publish import Publisher
from streams.replay.read import Archive
from streams.replay.replayer import replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from streams.cluster import Cluster
    from streams.records import Origin
    from streams.replay.replayer import Moment
    from streams.replay.report import Report

__all__ = ["KafkaUnusable", "LiveTraffic", "run", "stopped_by_signals"]


def run(
    paths: Iterable[str],
    *,
    bootstrap: Cluster | str,
    topic: str,
    speed: float = AS_FAST_AS_POSSIBLE,
    loop: bool = False,
    limit: int | None = None,
    into_live: bool = False,
    origin: Origin = "replay",
    quiet: bool = False,
    check: Callable[[], None] = lambda: None,
) -> Report:
    """Replay `paths` onto `topic`, with progress on standard error; SIGINT and SIGTERM end it in good order.

    Articles sent with `origin="live"` are live traffic themselves, so they may join it. `check` is called for
    each article, and during a gap several times a second; what it raises ends the replay.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
        LiveTraffic: the topic takes live articles, and neither `into_live` nor `origin="live"` was given.
    """
    check_edition(bootstrap, topic, into_live=into_live or origin == "live")
    with (
        Archive(paths) as archive,
        Publisher(bootstrap, topic, origin) as publisher,
        stopped_by_signals() as stop,
        shown(quiet=quiet) as watch,
    ):

        def look(moment: Moment) -> None:
            check()
            watch(moment)

        return replay(archive, publisher, speed=speed, loop=loop, limit=limit, watch=look, stop=stop)


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that the first SIGINT or SIGTERM sets; a second one interrupts at once.

    An exception out of a signal could strike while kafka-python holds a lock that its sending thread needs.
    """
    stop = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, ask) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
