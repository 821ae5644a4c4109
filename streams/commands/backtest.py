"""`newswatch backtest`: what a watchlist would have sent, before it counts."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Bootstrap, Json, settings_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from rich.console import Console

    from streams.backtest.compare import Difference
    from streams.records import Sequenced

DIFFER = 3
"""Exit code: a job that is to stop when alerts differ can tell it from an error."""


def backtest(
    watchlist: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The watches to try, as YAML.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The watches to hold them against. Default: those in force."),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="2h|DATE", help="Event time from which alerts count.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="2h|DATE", help="Event time from which they no longer do.")
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="News from what 'newswatch run --out DIR' wrote. Default: the topics."
        ),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Hold FILE, or without --watchlist what is in force, against the alerts that were sent.",
        ),
    ] = False,
    bootstrap: Bootstrap = None,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Try watches on the news there has been: the alerts gained, lost and changed, and the load per day.

    News before --from is gone through as well, for what it leaves behind (stories, cooldowns). A DATE is that
    midnight, UTC; 2h is so long ago. Exit code 0 if nothing differs, 3 if anything does, 1 for an error.
    """
    import msgspec
    from rich.console import Console

    from streams.backtest.compare import Range
    from streams.backtest.run import Request, run
    from streams.backtest.show import closing, document

    found: list[Difference] = []
    request = Request(
        watchlist=watchlist,
        against=against,
        verify=verify,
        history=history,
        within=Range(_moment("--from", start), _moment("--to", end)),
    )
    tell = found.append if json else _writer(Console(highlight=False))
    try:
        result = run(
            request,
            settings_from(kafka_bootstrap=bootstrap),
            tell=tell,
            watched=_unwatched if quiet else _watched,
        )
        if json:
            typer.echo(msgspec.json.encode(document(result, found, request.within)))
        else:
            for line in closing(result):
                typer.echo(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted; without this Python would complain while it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    if result.unmatched:
        typer.echo(f"newswatch: nothing could be looked for in {result.unmatched:,} articles", err=True)
    raise typer.Exit(DIFFER if result.tally.differ else 0)


def _moment(option: str, text: str | None) -> datetime | None:
    from datetime import UTC, datetime

    from streams.subscribe.filter import FilterError, moment

    try:
        return None if text is None else moment(text, datetime.now(UTC))
    except FilterError as error:
        raise FilterError(f"{option} {error}") from None


def _writer(console: Console) -> Callable[[Difference], None]:
    """Write differences for people as they come."""
    from streams.backtest.show import entry

    colours = console.is_terminal and not console.no_color and console.color_system is not None

    def write(difference: Difference) -> None:
        # Not by the console itself, which would print across the bar.
        with console.capture() as written:
            console.print(entry(difference, colours=colours), soft_wrap=True)
        sys.stdout.write(written.get())

    return write


@contextmanager
def _watched(articles: Iterable[Sequenced], total: int) -> Iterator[Iterable[Sequenced]]:
    """Show a bar where standard error is a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),
    ) as progress:
        yield progress.track(articles, total=total, description="backtest")


@contextmanager
def _unwatched(articles: Iterable[Sequenced], _total: int) -> Iterator[Iterable[Sequenced]]:
    yield articles
