"""Options that several commands share, and how they reach the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from streams.settings import Settings

Bootstrap = Annotated[
    str | None,
    typer.Option(
        metavar="HOST:PORT", help="Kafka brokers. Default: NEWSWATCH_KAFKA_BOOTSTRAP or 127.0.0.1:9092."
    ),
]
Watchlist = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Watches as YAML. Default: NEWSWATCH_WATCHLIST or the one that comes along."
    ),
]
Rows = Annotated[
    str,
    typer.Argument(metavar="FILE", help='Rows {"id": …, "text": …} as JSONL; - is standard input.'),
]
Json = Annotated[
    bool, typer.Option("--json", help="One JSON document on standard output and nothing else there.")
]


def settings_from(**overrides: Any) -> Settings:
    """Read the settings; an option given on the command line goes before the environment."""
    from streams.settings import load

    return load(**overrides)


def warn(warning: str) -> None:
    """Say what a person should know, where it is not mistaken for the answer."""
    typer.echo(f"newswatch: {warning}", err=True)


def end(errors: int) -> NoReturn:
    """End a command on rows, so many of which are answered by an error."""
    if errors:
        typer.echo(f"newswatch: {errors:,} of the rows can't be read; the `error` of each says why", err=True)
    raise typer.Exit(1 if errors else 0)
