"""`newswatch models`: the spaCy pipelines that can find entities here, how good they are, getting another."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.commands.options import Json, settings_from, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agents.entities.catalogue import Available
    from agents.entities.choice import Choice

app = typer.Typer(
    help="Pipelines that find entities: which there are, how good they are, getting another.",
    no_args_is_help=True,
)
BELOW = 3
"""Exit code of `evaluate` where F is below the floor: neither right nor an error."""


@app.callback()
def models() -> None:
    """Pipelines that find entities: which there are, how good they are, getting another."""


@app.command("list")
def show(json: Json = False) -> None:
    """Tell every pipeline that can be used here, and which one is in use and why.

    Exit code 1 if none can be used, or NEWSWATCH_SPACY_STRICT forbids the one that would take its place.
    """
    from rich.console import Console

    from agents.entities.catalogue import catalogue
    from agents.entities.pipeline import PipelineError
    from streams.models.chosen import chosen
    from streams.models.show import listed, row
    from streams.models.wheel import PINNED

    settings = settings_from()
    choice: Choice | None = None
    try:
        choice, _ = chosen(settings)
    except PipelineError as error:
        warn(str(error))
    for warning in choice.warnings if choice else ():
        warn(warning)
    rows = [row(one, choice) for one in catalogue(settings.spacy_model)]
    if json:
        _print({"models": rows, "in_use": choice.name if choice else None, "why": choice and choice.why})
    else:
        Console().print(listed(rows))
        if choice:
            typer.echo(f"in use: {choice.name} {choice.version} ({choice.why})")
        if PINNED.name not in {one["name"] for one in rows}:
            typer.echo(f"{PINNED.name} can be had with 'newswatch models install'")
    raise typer.Exit(0 if choice else 1)


@app.command()
def info(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|DIR]", help="Default: the one that is in use.")
    ] = None,
    json: Json = False,
) -> None:
    """Tell all of one pipeline: its card and licence, its files, what loading it takes.

    Exit code 1 if it can't be used, or a file is not the one that was installed.
    """
    from streams.models.info import card, files, load

    if name is not None:
        _available(name)
    choice, components, cost = load(settings_from(), name)
    for warning in choice.warnings:
        warn(warning)
    one = _available(choice.name)
    found = files(one)
    if json:
        told: dict[str, Any] = {"name": one.name, "version": choice.version, "kind": one.kind}
        told |= {"labels": one.labels, "components": components, "card": card(one)}
        told |= {"card_file": str(one.card) if one.card else None, "files": found._asdict()}
        _print({**told, "load_seconds": cost.seconds, "memory_mb": cost.mb})
    else:
        typer.echo(f"{one.name} {choice.version} ({one.kind})")
        for field, value in card(one).items():
            typer.echo(f"{field}: {_told(value)}")
        typer.echo(f"labels: {' '.join(one.labels) or 'it does not say'}")
        typer.echo(f"components: {' '.join(components)}")
        typer.echo(f"files: {found.number:,} of {found.bytes / 1e6:.1f} MB in {one.folder}")
        typer.echo(f"sha256: {found.sha256} (of the sums of all files)")
        for path in found.differing:
            typer.echo(f"missing, or not what it should be: {path}")
        if not found.differing and found.compared:
            typer.echo(f"{found.compared:,} files have the SHA-256 sums that they should have")
        typer.echo(f"loaded in {cost.seconds:.2f} s with {cost.mb:.0f} MB")
        if one.card and one.card.is_file():
            typer.echo(f"card: {one.card}\n\n{one.card.read_text(encoding='utf-8')}")
    raise typer.Exit(1 if found.differing else 0)


@app.command()
def evaluate(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Marked texts: JSONL with `tokens` and BIO `tags`, or with `text` and `entities`; or CoNLL "
            "columns; - is standard input.",
        ),
    ],
    model: Annotated[
        str | None, typer.Option(metavar="NAME|DIR", help="Pipeline. Default: the one that is in use.")
    ] = None,
    labels: Annotated[
        str | None, typer.Option(metavar="A,B,…", help="Judge only these. Default: all that FILE has.")
    ] = None,
    apart: Annotated[
        bool, typer.Option("--apart", help="GPE, LOC and FAC are three labels, not one.")
    ] = False,
    by_id: Annotated[
        bool, typer.Option("--by-id", help="Rows whose ids differ only in their last number are one text.")
    ] = False,
    hyphens: Annotated[
        bool, typer.Option("--hyphens", help="A token '-' between two words joins them, as in UD treebanks.")
    ] = False,
    confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Entities with less of it, where FILE says it, are none.")
    ] = 0.5,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="List the N most frequent errors.")] = 0,
    floor: Annotated[
        float | None, typer.Option(min=0, max=1, metavar="F", help="Exit code 3 if F of all is lower.")
    ] = None,
    json: Json = False,
) -> None:
    """Hold a pipeline against marked texts: precision, recall and F by label, and its speed.

    A name is right if start, end and label are; a leading 'the' and a closing 's are no matter, and GPE and
    FAC count as LOC. Names are found as the worker finds them. Rows with the same `doc` are one text. Words
    a second are of processor time, so that other work on the machine doesn't count. Exit code 1 if FILE
    can't be read.
    """
    from rich.console import Console

    from agents.entities.evaluate import evaluate as judge
    from agents.entities.gold.read import read_gold
    from agents.entities.score import ALL
    from agents.entities.table import load_table
    from streams.models import show as shows
    from streams.models.chosen import chosen

    documents = read_gold(_bytes(file), file, by_id=by_id, confidence=confidence, hyphens=hyphens)
    settings = settings_from()
    choice, nlp = chosen(settings, model)
    for warning in choice.warnings:
        warn(warning)
    with _progress(choice.name, len(documents)) as shown:
        asked = [label.strip() for label in labels.split(",")] if labels else None
        table = load_table(settings.names)
        result = judge(nlp, table, documents, labels=asked, apart=apart, shown=lambda done: shown(done, None))
    worst = list(shows.errors(documents, result, errors))
    if json:
        told: dict[str, Any] = {"model": choice.model, "documents": len(documents), "words": result.words}
        told |= {"words_per_second": round(result.words_per_second), "scores": shows.scores(result.tallies)}
        _print({**told, "left_out": result.left_out, **({"errors": worst} if errors else {})})
    else:
        Console().print(shows.scored(result.tallies))
        for one in worst:
            typer.echo(f"{one['error']}: {one['label']} {one['text']!r} ({one['count']:,})")
        if result.left_out:
            left = ", ".join(f"{count:,} {label}" for label, count in result.left_out.items())
            typer.echo(f"not judged: {left}")
        typer.echo(
            f"{choice.name} {choice.version}: {len(documents):,} texts, {result.words:,} words, "
            f"{result.words_per_second:,.0f} words/s on one thread"
        )
    reached = result.tallies[ALL].f
    raise typer.Exit(BELOW if floor is not None and (reached is None or reached < floor) else 0)


@app.command()
def install(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE.whl]", help="A wheel that is here. Default: fetch en_core_web_sm."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Into a folder, not into newswatch's environment.")
    ] = None,
    sha256: Annotated[
        str | None,
        typer.Option(metavar="SUM", help="Of FILE.whl, where it is not the pinned en_core_web_sm."),
    ] = None,
    mirror: Annotated[
        str | None, typer.Option(metavar="URL", help="Where spaCy's releases lie, if not on GitHub.")
    ] = None,
) -> None:
    """Install the spaCy pipeline en_core_web_sm, or one from a file, once its SHA-256 sum is found right.

    By way of HTTPS_PROXY where that is set. Exit code 1 if it can't be had, or the sum is wrong.
    """
    import tempfile

    from streams.models.fetch import fetch
    from streams.models.install import fits, folder_of, put
    from streams.models.wheel import PINNED, InstallError, check

    if file is None and not fits():
        raise InstallError(
            f"{PINNED.name} {PINNED.version} is for spaCy {PINNED.spacy}, which is not the one here; "
            f"get another with 'python -m spacy download {PINNED.name}'"
        )
    with tempfile.TemporaryDirectory() as folder:
        if file is None:
            with _progress(PINNED.file_name, None) as shown:
                wheel = fetch(Path(folder), mirror=mirror, shown=shown)
        else:
            wheel = file
        name = check(wheel, sha256)
        put(wheel.resolve(), to)
    _tell_installed(name, folder_of(name, to) if to else None)


def _tell_installed(name: str, place: Path | None) -> None:
    """Load it once, as a worker will."""
    from streams.models.chosen import chosen

    settings = settings_from()
    choice, _ = chosen(settings, str(place or name))
    typer.echo(f"{name} {choice.version} is installed and can be used")
    if place:
        typer.echo(f"use it with NEWSWATCH_SPACY_MODEL={place}")
        return
    used, _ = chosen(settings)
    if used.name == name:
        typer.echo("workers that start from now on use it")
    else:
        typer.echo(f"in use is {used.name} ({used.why}); NEWSWATCH_SPACY_MODEL={name} asks for this one")


def _available(name: str) -> Available:
    from agents.entities.catalogue import catalogue, named
    from agents.entities.pipeline import PipelineError

    if (one := named(name)) is None:
        known = ", ".join(one.name for one in catalogue())
        raise PipelineError(f"no pipeline '{name}' here: there is {known}, or name a folder made by spaCy")
    return one


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on standard error, where that is a terminal; given how far it is, and of how much."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)

        def shown(done: int, of: int | None) -> None:
            progress.update(task, completed=done, total=of or total)

        yield shown


def _bytes(file: str) -> bytes:
    import sys

    from agents.entities.gold.document import GoldError

    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise GoldError(
            f"{file}: can't be read: {error.strerror}; name a file of marked texts, or -"
        ) from error


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part:.3f}" for name, part in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def _print(value: dict[str, Any]) -> None:
    import msgspec

    typer.echo(msgspec.json.encode(value))
