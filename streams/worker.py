"""A worker from start to end: checks what it needs, runs the app, tells by its exit code how it went."""

from __future__ import annotations

import asyncio
import fcntl
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import faust
import mode.loop
import structlog

from agents.mentions.watchlist import load
from streams import logging
from streams.admin import check_topics
from streams.app import build_app
from streams.topology import with_watches

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator
    from pathlib import Path

    from agents.entities.pool import ExtractorPool
    from streams.settings import Settings

log = structlog.get_logger(__name__)


class DataDirError(Exception):
    """The folder for the tables can't be used; the message names it."""


def run(settings: Settings, extractors: ExtractorPool | None = None) -> int:
    """Run a worker until it is told to stop; returns the exit code, 0 after a stop by signal.

    Args:
        settings: of the worker.
        extractors: processes for entities that have begun to load already.

    Raises:
        DataDirError: the data folder is in use by another worker, or can't be made.
        KafkaUnusable: no broker answers.
        TopicsError: topics are missing or of another shape.
        WatchlistError: the watchlist can't be taken.
        PipelineError: the spaCy pipeline can't be had and `spacy_strict` is set.
    """
    logging.configure(settings.log_level)
    watches = load(settings.watchlist).watches
    check_topics(settings, with_watches(watch.name for watch in watches))
    with _locked(settings.data_dir):
        app = build_app(settings, extractors)
        # Before Faust's own start, which would tell of an error in a page of tracebacks.
        app.health.start()
        # For all loops, that of Faust's consumer thread too.
        mode.loop.use("uvloop")
        loop = asyncio.new_event_loop()
        worker = Worker(app, loop=loop, quiet=True, override_logging=False, redirect_stdouts=False)
        worker.spinner = None  # it writes escape sequences to standard output
        worker.run_until_stopped()
    return 0


STOP_SECONDS = 15.0
"""A stop takes about 2 s. Without a broker Faust waits minutes for what can't be sent; nothing is lost by
ending, for what was not acknowledged is delivered again."""


class Worker(faust.Worker):
    """Faust's worker without its way of ending: an error comes out as it is, to be told in one place."""

    def run_until_stopped(self) -> None:
        """Run until stopped; an error that stopped it is raised when all is closed."""
        self._starting_fut = asyncio.ensure_future(self.start(), loop=self.loop)
        try:
            self.loop.run_until_complete(self._starting_fut)
        except asyncio.CancelledError:
            pass  # stopped by a signal
        finally:
            _end_in_time()
            self.on_worker_shutdown()
            self.stop_and_shutdown()

    async def _sentinel_task(self) -> None:
        """Faust waits a second here, after everything has ended."""

    def _schedule_shutdown(self, signal: signal.Signals) -> None:
        _end_in_time()
        super()._schedule_shutdown(signal)


def _end_in_time() -> None:
    """End the process if it does not stop in time; from a thread, for the event loop may be what hangs."""

    def end() -> None:
        log.critical("not stopped in time, ending", seconds=STOP_SECONDS)
        os._exit(1)

    timer = threading.Timer(STOP_SECONDS, end)
    timer.daemon = True
    timer.start()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep the data folder to this process: two workers in one would spoil each other's tables."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise DataDirError(
            f"can't use the data folder {folder}: {error.strerror}; set --data-dir or NEWSWATCH_DATA_DIR"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DataDirError(
                f"another worker uses the data folder {folder}: give each its own with --data-dir or "
                "NEWSWATCH_DATA_DIR"
            ) from None
        yield
