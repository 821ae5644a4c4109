"""`newswatch watch`: look a watchlist over before it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from streams.commands.options import Json  # noqa: TC001  Typer reads it at run time

app = typer.Typer(help="Look a watchlist over before it counts.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", help="Watches as YAML.")]


@app.callback()
def watch() -> None:
    """Look a watchlist over before it counts."""


@app.command()
def lint(file: File, json: Json = False) -> None:
    """Read a watchlist; tell its first mistake, or what its writer may not have meant.

    Exit code 1 if it can't be taken.
    """
    from agents.mentions.watchlist import load

    watchlist = load(file)
    notes = [
        {"watch": name, "column": at + 1, "note": note}
        for name, query in watchlist.queries.items()
        for at, note in query.notes
    ]
    if json:
        _print({"watches": len(watchlist.watches), "version": watchlist.version, "notes": notes})
        return
    for note in notes:
        typer.echo(f"{file}: {note['watch']}: column {note['column']} of the query: {note['note']}")
    typer.echo(f"{file}: {len(watchlist.watches)} watches, version {watchlist.version}")


@app.command("test")
def try_examples(file: File, json: Json = False) -> None:
    """Try the examples in a watchlist. Exit code 1 if one fails."""
    from agents.mentions.examples import count, failures
    from agents.mentions.watchlist import load

    watchlist = load(file)
    failed = [failure._asdict() for failure in failures(watchlist)]
    bare = sum(watch.examples is None for watch in watchlist.watches)
    if json:
        _print({"examples": count(watchlist), "watches_without": bare, "failed": failed})
    else:
        for failure in failed:
            typer.echo(
                f"{file}: {failure['watch']}: {failure['example']} '{failure['text']}': {failure['reason']}"
            )
        without = f"; {bare} watches have none" if bare else ""
        typer.echo(f"{file}: {count(watchlist)} examples, {len(failed)} failed{without}")
    raise typer.Exit(1 if failed else 0)


def _print(value: dict[str, Any]) -> None:
    import msgspec

    typer.echo(msgspec.json.encode(value))
