"""`newswatch silence`: what not to be told for a while, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Bootstrap, Json, settings_from

if TYPE_CHECKING:
    from streams.records import Silence

app = typer.Typer(help="What not to be told for a while, and why.", no_args_is_help=True)


@app.callback()
def silence() -> None:
    """What not to be told for a while, and why."""


@app.command()
def add(
    reason: Annotated[str, typer.Option(help="Why; the ledger and the list show it.")],
    watch: Annotated[str | None, typer.Option(help="Name of a watch; * is anything.")] = None,
    source: Annotated[str | None, typer.Option(help="An outlet; * is anything.")] = None,
    entity: Annotated[str | None, typer.Option(help="Canonical name or id of whom or what.")] = None,
    story: Annotated[str | None, typer.Option(help="A story_id.")] = None,
    lasts: Annotated[
        str | None, typer.Option("--for", metavar="2h|3d|…", help="How long, from now on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="Its end, ISO 8601; UTC unless it says otherwise.")
    ] = None,
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """Send nothing that fits all of what is given, until its end; the ledger has it instead.

    It holds for articles from the next one on, and ends with the first that is dated at its end or later.
    """
    from datetime import UTC, datetime

    from streams.silence import ask
    from streams.silence.register import known_watches, next_seq, publish

    settings = settings_from(kafka_bootstrap=bootstrap)
    matchers = {"watch": watch, "source": source, "entity": entity, "story": story}
    asked = {"reason": reason, "lasts": lasts, "until": until, "now": datetime.now(UTC)}
    ask.silence(matchers, seq=0, **asked)  # type: ignore[arg-type]  # what is wrong is told before Kafka is asked
    made = ask.silence(matchers, seq=next_seq(settings), **asked)  # type: ignore[arg-type]
    publish(settings, made)
    _show([made], json=json)
    for note in ask.notes(made, known_watches(settings)):
        typer.echo(f"newswatch: note: {note}", err=True)


@app.command("list")
def show(
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that are over or were ended.")
    ] = False,
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """Show the silences that the alert step has in force, by their end."""
    from datetime import UTC, datetime

    from streams.silence.register import silences

    now = datetime.now(UTC)
    found = sorted(silences(settings_from(kafka_bootstrap=bootstrap)).values(), key=lambda item: item.until)
    _show([item for item in found if everything or not (item.expired or item.until <= now)], json=json)


@app.command()
def expire(
    silence_id: Annotated[str, typer.Argument(help="As 'list' shows it; its beginning is enough.")],
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """End a silence before its time; what it held back is told when the next copy comes."""
    from msgspec.structs import replace

    from streams.silence.ask import find
    from streams.silence.register import publish, silences

    settings = settings_from(kafka_bootstrap=bootstrap)
    ended = replace(find(silences(settings), silence_id), expired=True)
    publish(settings, ended)
    _show([ended], json=json)


def _show(silences: list[Silence], *, json: bool) -> None:
    import msgspec

    from streams.silence.ask import MATCHERS
    from streams.subscribe.clean import clean

    if json:
        typer.echo(msgspec.json.encode(silences))
        return
    for item in silences:
        fits = " ".join(f"{name}={value}" for name in MATCHERS if (value := getattr(item, name)) is not None)
        ended = "  ended" if item.expired else ""
        typer.echo(
            clean(f"{item.silence_id}  until {item.until:%Y-%m-%d %H:%M}Z  {fits}  ({item.reason}){ended}")
        )
