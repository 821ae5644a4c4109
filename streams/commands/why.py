"""`newswatch why`: the whole path of one article, and what decided."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from streams.commands.options import Bootstrap, Json, Watchlist, settings_from


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
    from streams.why.asking import in_force, opened, unknown
    from streams.why.explain import explain
    from streams.why.find import find
    from streams.why.show import lines, short
    from streams.why.trace import trace

    settings = settings_from(kafka_bootstrap=bootstrap, watchlist=watchlist)
    dedup = DedupSettings(window=settings.dedup_window, **settings.dedup_thresholds)
    with opened(settings, history) as past:
        versions = find(past, article)
        if not versions:
            typer.echo(f"newswatch: {unknown(past, article)}", err=True)
            raise typer.Exit(1)
        by = in_force(settings, from_topic=history is None and watchlist is None)
        asked = versions if every else versions[-1:]
        told = [explain(trace(past, one, dedup), by, watch) for one in asked]
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
