"""`newswatch run`: articles through a whole pipeline of its own, counted to the last one."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Json, Watchlist, settings_from
from streams.commands.replay import speed_option

if TYPE_CHECKING:
    from streams.run.keep import Kept
    from streams.run.session import Result

INTERRUPTED = 130
TERMINATED = 143


def run(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files and folders of plain text, HTML, JSONL or JSON, gzipped or not; - is standard input."
        ),
    ],
    watchlist: Watchlist = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write each output topic to DIR/<topic>.jsonl, and the metrics."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Workers that share the work.")] = 1,
    speed: Annotated[
        float,
        typer.Option(
            parser=speed_option, metavar="max|1x|60x|…", help="Honour the gaps between publication times."
        ),
    ] = "max",  # type: ignore[assignment]  # Typer runs the parser on the default too
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Leave Kafka, workers and a console running afterwards, and say where; Ctrl-C stops all.",
        ),
    ] = False,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Start Kafka and workers, replay, wait until every article has its status and every alert is out.

    All is stopped again then, or with --keep at Ctrl-C.

    Exit code: 0 if the counts add up and every article could be read, 1 if not, 130 if it was interrupted.
    """
    import msgspec
    from rich.console import Console

    from streams.run.session import Request
    from streams.run.session import run as run_session
    from streams.run.show import show, summary

    settings = settings_from(watchlist=watchlist)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))

    def say(line: str) -> None:
        if not quiet:
            typer.echo(line, err=True)

    def tell(result: Result) -> None:
        for problem in result.report.unreadable + result.report.failed:
            typer.echo(f"{problem.name}: {problem.reason}", err=True)
        if json:
            sys.stdout.buffer.write(msgspec.json.encode(summary(result)) + b"\n")
        else:
            show(Console(), result, running=keep)
        sys.stdout.flush()

    def kept(result: Result, where: Kept) -> None:
        tell(result)
        typer.echo(f"the console is at {where.console}", err=json)
        typer.echo(f"more articles: newswatch replay FILE --bootstrap {where.bootstrap}", err=json)
        typer.echo("Ctrl-C stops all of it", err=json)

    try:
        result = run_session(
            Request(paths=paths, workers=workers, speed=speed, out=out, quiet=quiet),
            settings,
            say=say,
            kept=kept if keep else None,
        )
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if not keep:
        tell(result)
    raise typer.Exit(result.report.exit_code or (1 if result.problems else 0))
