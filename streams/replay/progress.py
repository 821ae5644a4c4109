"""How a replay is shown while it runs: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streams.replay.replayer import Moment

EVERY = 5.0
"""Seconds between two lines."""


def describe(moment: Moment, elapsed: float) -> str:
    """Rate and time left: what the gaps still take, or the rest at the rate so far if that is longer."""
    rate = moment.acknowledged / elapsed if elapsed > 0 else 0.0
    text = f"{rate:,.0f}/s"
    if moment.total is None:
        return text
    work = (moment.total - moment.acknowledged) / rate if rate else 0.0
    left = max(moment.left or 0.0, work)
    return f"{text}, {timedelta(seconds=round(left))} left"


@contextmanager
def shown(*, quiet: bool = False, stream: TextIO | None = None) -> Iterator[Callable[[Moment], None]]:
    """Give the function that shows a moment on `stream`, standard error by default."""
    stream = stream or sys.stderr
    if quiet:
        yield lambda _: None
    elif stream.isatty():
        with _bar(stream) as watch:
            yield watch
    else:
        yield _lines(stream)


@contextmanager
def _bar(stream: TextIO) -> Iterator[Callable[[Moment], None]]:
    started = time.monotonic()
    columns = (
        SpinnerColumn(),
        TextColumn("replay"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rest]}"),
    )
    with Progress(*columns, console=Console(file=stream), transient=True, refresh_per_second=5) as progress:
        task = progress.add_task("replay", total=None, rest="")
        due = started

        def watch(moment: Moment) -> None:
            nonlocal due
            now = time.monotonic()
            if now >= due or moment.acknowledged == moment.total:
                due = now + 0.1
                progress.update(
                    task,
                    completed=moment.acknowledged,
                    total=moment.total,
                    rest=describe(moment, now - started),
                )

        yield watch


def _lines(stream: TextIO) -> Callable[[Moment], None]:
    started = time.monotonic()
    due = started + EVERY

    def watch(moment: Moment) -> None:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return
        due = now + EVERY
        of = "" if moment.total is None else f" of {moment.total:,}"
        print(
            f"replay: {moment.sent:,}{of} sent, {moment.acknowledged:,} acknowledged, "
            f"{describe(moment, now - started)}",
            file=stream,
            flush=True,
        )

    return watch
