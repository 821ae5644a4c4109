"""`newswatch topics`: the topics of an edition."""

from __future__ import annotations

from typing import Annotated

import typer

from streams.commands.options import Bootstrap, Json, Watchlist, settings_from

app = typer.Typer(help="The topics of an edition.", no_args_is_help=True)


@app.callback()
def topics() -> None:
    """Create the topics of an edition, or delete them."""


@app.command()
def create(bootstrap: Bootstrap = None, watchlist: Watchlist = None, json: Json = False) -> None:
    """Create every topic that is missing: the fixed ones and one for each watch.

    Topics that are there stay as they are; one with another number of partitions than declared is an error.
    """
    import msgspec

    from agents.mentions.watchlist import load
    from streams.admin import create_topics
    from streams.topology import with_watches

    settings = settings_from(kafka_bootstrap=bootstrap, watchlist=watchlist)
    watches = load(settings.watchlist).watches
    created = create_topics(settings, with_watches(watch.name for watch in watches))
    if json:
        typer.echo(msgspec.json.encode({"made": created.made, "found": created.found}))
        return
    for name in created.made:
        typer.echo(f"made {name}")
    typer.echo(f"{len(created.made)} topics made, {len(created.found)} were there")


@app.command()
def delete(
    yes: Annotated[bool, typer.Option("--yes", help="Delete; without it they are only listed.")] = False,
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """Delete an edition: its topics, those of its tables, what its workers have acknowledged.

    Its news, alerts, watches and silences are gone then. Stop its workers first; other editions stay.
    """
    import msgspec

    from streams.removal import look, remove

    settings = settings_from(kafka_bootstrap=bootstrap)
    found = (remove if yes else look)(settings)
    if json:
        typer.echo(msgspec.json.encode({"deleted": yes, "topics": found.topics, "workers": found.workers}))
        return
    for name in found.topics:
        typer.echo(f"{'deleted' if yes else 'would delete'} {name}")
    if yes:
        typer.echo(f"{len(found.topics)} topics deleted; now remove the workers' data folders")
    else:
        typer.echo(f"{len(found.topics)} topics, {found.workers} workers; nothing was deleted: add --yes")
