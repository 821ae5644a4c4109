"""`newswatch feeds`: RSS and Atom onto the topic where news arrives."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Bootstrap, Json, settings_from

if TYPE_CHECKING:
    from streams.feeds.feed import Feeds
    from streams.feeds.run import Ended

INTERRUPTED = 130


def feeds(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Feeds as YAML; docs/feeds.md has all keys.")],
    once: Annotated[
        bool, typer.Option("--once", help="Poll each feed once, publish what is new, and end: for cron.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            "--dry-run",
            help="Poll each feed once and show what it gives; no broker, nothing published.",
        ),
    ] = False,
    opml: Annotated[
        bool, typer.Option("--opml", help="FILE is a feed reader's OPML: print it as a file of feeds.")
    ] = False,
    bootstrap: Bootstrap = None,
    metrics_port: Annotated[
        int | None,
        typer.Option(
            metavar="PORT",
            help="For /metrics, /healthz and /readyz; 0 takes a free one. Default: 9465.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Poll RSS and Atom feeds, and publish their new entries to news.raw until stopped.

    What was published is remembered on the topic feeds.state. Ctrl-C or SIGTERM stops it. Exit code with
    --once and --check: 0 if every feed could be read, 1 if one could not, 130 if it was interrupted.
    """
    from streams.feeds.configured import load, text_at

    if once + check + opml > 1:
        raise typer.BadParameter("give one of --once, --check and --opml")
    if json and not (once or check):
        raise typer.BadParameter("--json goes with --once or --check; what runs on logs JSON lines")
    if opml:
        from streams.feeds.opml import converted

        typer.echo(converted(text_at(file, "an OPML file"), str(file)), nl=False)
        return
    listed = load(file)
    settings = settings_from(kafka_bootstrap=bootstrap, feeds_port=metrics_port)
    from streams import logging
    from streams.feeds import run

    # A table on the terminal says it all; what goes wrong beside that is still told.
    logging.configure("critical" if once or check else settings.log_level)
    try:
        if check:
            _tell(listed, asyncio.run(run.checked(listed)), published=False, json=json)
        elif once:
            _tell(listed, asyncio.run(run.once(listed, settings)), published=True, json=json)
        else:
            asyncio.run(run.follow(listed, settings))
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(INTERRUPTED) from None


def _tell(listed: Feeds, ended: Ended, *, published: bool, json: bool) -> None:
    import msgspec

    from streams.feeds.poll import GOOD
    from streams.feeds.show import lines, total

    if json:
        sys.stdout.buffer.write(msgspec.json.encode(ended.feeds) + b"\n")
    else:
        for one in ended.feeds:
            for line in lines(one, articles=not published):
                typer.echo(line)
        typer.echo(total(ended.feeds, published=published))
    if ended.interrupted:
        missing = len(listed.feeds) - len(ended.feeds)
        typer.echo(f"newswatch: interrupted; {missing:,} feeds were not come to", err=True)
        raise typer.Exit(INTERRUPTED)
    # A feed that asked to be left alone for a while, and is, has not failed.
    failed = any(
        one.outcome not in GOOD and not (one.outcome == "busy" and not one.status) for one in ended.feeds
    )
    raise typer.Exit(1 if failed else 0)
