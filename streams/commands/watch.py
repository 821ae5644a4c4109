"""`newswatch watch`: look a watchlist over before it counts, and put it in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.commands.options import Bootstrap, Json, settings_from, warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.watch import Watch
    from streams.settings import Settings
    from streams.watches.applied import Applied

app = typer.Typer(help="Look a watchlist over before it counts, and put it in force.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", help="Watches as YAML.")]
Wait = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="How long to wait until every worker has it in force.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Also when an example in FILE fails.")]
WAIT = 30.0


@app.callback()
def watch() -> None:
    """Look a watchlist over before it counts, and put it in force."""


@app.command()
def lint(file: File, json: Json = False) -> None:
    """Read a watchlist; tell its first mistake, or what its writer may not have meant.

    Exit code 1 if it can't be taken.
    """
    from agents.mentions.scope_ids import unknown
    from agents.mentions.watchlist import load

    watchlist = load(file)
    notes: list[dict[str, Any]] = [
        {"watch": name, "column": at + 1, "note": note}
        for name, query in watchlist.queries.items()
        for at, note in query.notes
    ]
    notes += [
        {"watch": name, "column": None, "note": note}
        for name, note in unknown(watchlist, settings_from().names)
    ]
    if json:
        _print({"watches": len(watchlist.watches), "version": watchlist.version, "notes": notes})
        return
    for note in notes:
        at = f"column {note['column']} of the query: " if note["column"] else ""
        typer.echo(f"{file}: {note['watch']}: {at}{note['note']}")
    typer.echo(f"{file}: {len(watchlist.watches)} watches, version {watchlist.version}")


@app.command("test")
def try_examples(file: File, json: Json = False) -> None:
    """Try the examples in a watchlist. Exit code 1 if one fails.

    Where a watch has entities in its scope, they are looked for in its examples with the spaCy pipeline.
    """
    from agents.mentions.examples import count, failures
    from agents.mentions.watchlist import load
    from streams.offline.entities import asking

    watchlist = load(file)
    asked = asking(watchlist, settings_from(), warn)
    failed = [failure._asdict() for failure in failures(watchlist, asked)]
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


@app.command("list")
def show(
    bootstrap: Bootstrap = None,
    json: Json = False,
    yaml: Annotated[
        bool, typer.Option("--yaml", help="The watches alone, as a file that `watch apply` takes.")
    ] = False,
) -> None:
    """Tell which watches are on the topic, and which version each worker has in force.

    Exit code 1 if a worker has another version in force, or a record on the topic is no watch.
    """
    from streams.watches.as_file import as_file
    from streams.watches.publish import read, workers

    settings = settings_from(kafka_bootstrap=bootstrap)
    entries, bad = read(settings)
    watchlist = entries.watchlist()
    found = workers(settings)
    version = watchlist.version if watchlist else None
    watches = watchlist.watches if watchlist else ()
    behind = [one for one in found if version is not None and one.version != version]
    if yaml:
        typer.echo(as_file(watches), nl=False)
        for problem in bad.values():
            warn(problem)
    elif json:
        _print({"version": version, "watches": watches, "bad": list(bad.values()), "workers": found})
    else:
        for one in watches:
            shadow = "  (shadow)" if one.stage == "shadow" else ""
            typer.echo(f"{one.name}  {one.severity}{shadow}  {one.query or ', '.join(one.terms)}")
        if watchlist:
            typer.echo(f"{len(watches)} watches on the topic, version {version}")
        else:
            typer.echo("no watch on the topic: each worker works by the file it was started with")
        for problem in bad.values():
            typer.echo(problem)
        _tell_workers(found, version)
    raise typer.Exit(1 if behind or bad else 0)


@app.command()
def add(
    file: File,
    bootstrap: Bootstrap = None,
    wait: Wait = WAIT,
    dry_run: DryRun = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Put the watches in FILE in force; those of the same name are replaced, all others stay.

    Where the topic holds none yet, the watches of the file that the workers began with are published as well.
    Exit code 1 if an example fails, or not every worker has them in force in time.
    """
    _publish(_tried(file, force=force), bootstrap, remove=(), wait=wait, dry_run=dry_run, json=json)


@app.command()
def apply(
    file: File,
    bootstrap: Bootstrap = None,
    wait: Wait = WAIT,
    dry_run: DryRun = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Put exactly the watches in FILE in force: what is on the topic beside them is removed.

    Exit code 1 if an example fails, or not every worker has them in force in time.
    """
    _publish(_tried(file, force=force), bootstrap, remove=None, wait=wait, dry_run=dry_run, json=json)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Watches on the topic.")],
    bootstrap: Bootstrap = None,
    wait: Wait = WAIT,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take watches off the topic. Exit code 1 if not every worker has let go of them in time."""
    _publish((), bootstrap, remove=names, wait=wait, dry_run=dry_run, json=json)


@app.command()
def promote(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Watches on the topic, in shadow.")],
    bootstrap: Bootstrap = None,
    wait: Wait = WAIT,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Make watches in shadow live: from now on their alerts count.

    Exit code 1 if one is live already, or not every worker has it in force in time.
    """
    import msgspec

    from agents.mentions.watchlist import WatchlistError
    from streams.watches.publish import read

    entries, _ = read(settings_from(kafka_bootstrap=bootstrap))
    shadows = {name: one for name, one in entries.watches.items() if one.stage == "shadow"}
    if wrong := [name for name in names if name not in shadows]:
        known = ", ".join(sorted(shadows)) or "none"
        raise WatchlistError(
            f"no watch {', '.join(map(repr, wrong))} in shadow on the topic; there is {known}"
        )
    wanted = tuple(msgspec.structs.replace(shadows[name], stage="live") for name in names)
    _publish(wanted, bootstrap, remove=(), wait=wait, dry_run=dry_run, json=json)


def _tried(file: Path, *, force: bool) -> tuple[Watch, ...]:
    from agents.mentions.examples import failures
    from agents.mentions.watchlist import WatchlistError, load
    from streams.offline.entities import asking

    watchlist = load(file)
    failed = list(failures(watchlist, asking(watchlist, settings_from(), warn)))
    for failure in failed:
        typer.echo(f"{file}: {failure.watch}: {failure.example} '{failure.text}': {failure.reason}", err=True)
    if failed and not force:
        raise WatchlistError(f"{file}: {len(failed)} examples fail; mend them, or publish with --force")
    return watchlist.watches


def _publish(
    wanted: Iterable[Watch],
    bootstrap: str | None,
    *,
    remove: Iterable[str] | None,
    wait: float,
    dry_run: bool,
    json: bool,
) -> None:
    from agents.mentions.watchlist import WatchlistError, assemble
    from streams.watches.changes import changes
    from streams.watches.publish import publish, read, wait_in_force

    settings = settings_from(kafka_bootstrap=bootstrap)
    entries, bad = read(settings)
    there = entries.watches
    wanted = tuple(wanted)
    if wanted and not there and remove is not None:
        wanted = _with_those_of_the_file(settings, wanted)
    if unknown := [name for name in remove or () if name not in there and name not in bad]:
        known = ", ".join(sorted(there)) or "none"
        raise WatchlistError(f"no watch {', '.join(map(repr, unknown))} on the topic; there is {known}")
    planned = changes(there, wanted, remove=remove, bad=bad)
    after = {name: one for name, one in there.items() if name not in planned.removed}
    after |= {one.name: one for one in wanted}
    if not after:
        raise WatchlistError(
            "no watch would be left; put another set in force with 'newswatch watch apply FILE'"
        )
    version = assemble((one, None) for one in after.values()).version
    if not dry_run:
        publish(settings, planned, after)
    found = [] if dry_run else wait_in_force(settings, version, wait)
    behind = [one for one in found if one.version != version]
    if json:
        told = {name: getattr(planned, name) for name in ("added", "changed", "removed", "same")}
        _print({"version": version, "published": not dry_run, **told, "workers": found})
    else:
        typer.echo(planned.line())
        typer.echo(f"version {version} {'would be' if dry_run else 'is'} on the topic")
        if not dry_run:
            _tell_workers(found, version)
    raise typer.Exit(1 if behind else 0)


def _with_those_of_the_file(settings: Settings, wanted: tuple[Watch, ...]) -> tuple[Watch, ...]:
    """What is added to an empty topic must not put out of force what the workers watch by their file."""
    from agents.mentions.watchlist import WatchlistError, load
    from streams.watches.publish import workers

    watchlist = load(settings.watchlist)
    others = [one for one in workers(settings) if one.source == "file" and one.version != watchlist.version]
    if others:
        raise WatchlistError(
            f"worker {others[0].worker} works by another file than {settings.watchlist} (version "
            f"{others[0].version}, not {watchlist.version}): put that one on the topic first, with "
            "'newswatch watch apply FILE', or name it with NEWSWATCH_WATCHLIST"
        )
    names = {one.name for one in wanted}
    return (*(one for one in watchlist.watches if one.name not in names), *wanted)


def _tell_workers(found: list[Applied], version: str | None) -> None:
    for one in found:
        state = "in force" if one.version == version else "behind" if version else one.source
        why = f": {one.refused}" if one.refused else ""
        typer.echo(f"worker {one.worker}: version {one.version}, {state}{why}")
    if not found:
        typer.echo("no worker runs; the next one that starts has it in force")


def _print(value: dict[str, Any]) -> None:
    import msgspec

    typer.echo(msgspec.json.encode(value))
