"""`newswatch why`: the whole path of one article, and what decided."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Bootstrap, Json, Watchlist, settings_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.settings import Settings
    from streams.why.explain import InForce
    from streams.why.history import History


def why(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE",
            help="Its id, URI or name, or where it was read (topic:partition:offset; news.articles:0:SEQ).",
        ),
    ],
    watch: Annotated[str | None, typer.Argument(metavar="[WATCH]", help="Tell of this watch only.")] = None,
    history: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Read what 'newswatch run --out DIR' wrote, not the topics."),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Each version and copy of it in full; else the newest, and a line for each other."
        ),
    ] = False,
    watchlist: Watchlist = None,
    bootstrap: Bootstrap = None,
    json: Json = False,
) -> None:
    """Say why an article did or did not alert: parse, verdict, entities, each watch, alert or its reason.

    Watches are explained by the watchlist in force now (the topic's, else the file's, or --watchlist);
    where it would decide differently from what was decided, that is said. Exit code 1 if nobody knows the
    article.
    """
    import msgspec
    from rich.console import Console

    from agents.deduplicate.settings import DedupSettings
    from streams.why.explain import explain
    from streams.why.find import find
    from streams.why.show import lines, short
    from streams.why.trace import trace

    settings = settings_from(kafka_bootstrap=bootstrap, watchlist=watchlist)
    dedup = DedupSettings(window=settings.dedup_window, **settings.dedup_thresholds)
    with _opened(settings, history) as past:
        versions = find(past, article)
        if not versions:
            typer.echo(f"newswatch: {_unknown(past, article)}", err=True)
            raise typer.Exit(1)
        in_force = _in_force(settings, from_topic=history is None and watchlist is None)
        asked = versions if every else versions[-1:]
        told = [explain(trace(past, one, dedup), in_force, watch) for one in asked]
    if json:
        typer.echo(msgspec.json.encode(told if every else told[0]))
        return
    console = Console(highlight=False, soft_wrap=True)
    colours = console.is_terminal and not console.no_color and console.color_system is not None
    if len(versions) > 1:
        which = "each in turn, the newest last" if every else "the newest is explained"
        console.print(f"{len(versions)} versions or copies; {which}")
        for version in () if every else versions[:-1]:
            console.print(f"  {short(version)}", markup=False)
        if not every:
            console.print(
                f"  ('newswatch why news.articles:0:{versions[0].seq}' explains the first, --all all)"
            )
    for number, one in enumerate(told):
        if number or len(versions) > 1:
            console.print()
        for line in lines(one, colours=colours):
            console.print(line)


@contextmanager
def _opened(settings: Settings, folder: Path | None) -> Iterator[History]:
    import msgspec

    from streams.why.history import Folder, HistoryError

    try:
        if folder is not None:
            yield Folder(folder)
            return
        from streams.connect import consumer
        from streams.fetch import Fetcher
        from streams.why.topics import Topics

        with consumer(settings.cluster) as client, Fetcher(settings.cluster) as fetcher:
            yield Topics(client, fetcher, settings.topic_prefix)
    except msgspec.MsgspecError as error:
        raise HistoryError(
            f"a record can't be read ({error}): was it written by a newer version, or by something else?"
        ) from error


def _in_force(settings: Settings, *, from_topic: bool) -> InForce:
    from agents.mentions.scope_ids import entity_scopes
    from agents.mentions.watchlist import load
    from streams.topology import WATCHLIST
    from streams.watches.publish import read
    from streams.why.explain import InForce

    found, origin = None, f"file {settings.watchlist.name}"
    if from_topic and (found := read(settings)[0].watchlist()):
        origin = f"topic {settings.topic_prefix}{WATCHLIST}"
    watchlist = found or load(settings.watchlist)
    return InForce(watchlist, origin, entity_scopes(watchlist, settings.names))


def _unknown(past: History, article: str) -> str:
    from streams.topology import ARTICLES
    from streams.why.find import parsed

    first = past.first(ARTICLES)
    if first is None:
        return f"nobody knows {article!r}: no article has come through, or all are gone from the topics"
    arrived = parsed(first.value).arrived
    return (
        f"nobody knows {article!r}: what is left reaches back to seq {first.offset}, arrived "
        f"{arrived:%Y-%m-%d %H:%M:%S}Z; give an id, a URI, a name or topic:partition:offset (a refused "
        "file is known by its position only)"
    )
