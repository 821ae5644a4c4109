"""`newswatch replay`: articles from files onto the topic where news arrives."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from streams.replay.pace import parse_speed
from streams.settings import SettingsError, load
from streams.subscribe.clean import clean
from streams.topology import RAW

if TYPE_CHECKING:
    from streams.replay.report import Problem, Report

NAMED = 20
"""Problems of a kind that are named one by one; the rest are counted, and all of them are in `--json`."""


def speed_option(text: str) -> float:
    """Read `--speed` for Typer.

    Raises:
        typer.BadParameter: it is neither `max` nor a factor.
    """
    try:
        return parse_speed(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def replay(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files and folders of plain text, HTML, JSONL or JSON, gzipped or not; - is standard input."
        ),
    ],
    speed: Annotated[
        float,
        typer.Option(
            parser=speed_option,
            metavar="max|1x|60x|…",
            help="Honour the gaps between publication times, so many times faster.",
        ),
    ] = "max",  # type: ignore[assignment]  # Typer runs the parser on the default too
    loop: Annotated[bool, typer.Option("--loop", help="Again and again, until stopped or --limit.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many articles.")] = None,
    into_live: Annotated[
        bool, typer.Option("--into-live", help="Even if the edition takes live articles.")
    ] = False,
    origin: Annotated[
        Literal["replay", "live"],
        typer.Option(help="What the articles are marked as; live is for a feed of your own."),
    ] = "replay",
    bootstrap: Annotated[
        str | None, typer.Option(help="Brokers, host:port; else NEWSWATCH_KAFKA_BOOTSTRAP.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as one JSON line.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress; problems are named.")] = False,
) -> None:
    """Replay articles by publication time, and wait until the broker has acknowledged each of them.

    A row's or a page's own date decides its place; an undated article stays after the one it was given after.
    Exit code: 0 if all of it was read and acknowledged, 1 if anything was not, 130 if it was interrupted.
    """
    # Half a second of imports that no other command should wait for.
    from streams.replay.run import KafkaUnusable, LiveTraffic, run

    try:
        settings = load(kafka_bootstrap=bootstrap)
        report = run(
            paths,
            bootstrap=settings.cluster,
            topic=settings.topic_prefix + RAW,
            speed=speed,
            loop=loop,
            limit=limit,
            into_live=into_live,
            origin=origin,
            quiet=quiet,
        )
    except (KafkaUnusable, LiveTraffic, SettingsError) as error:
        typer.echo(f"newswatch replay: {error}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    tell(report, as_json=as_json)
    raise typer.Exit(report.exit_code)


def tell(report: Report, *, as_json: bool) -> None:
    """Name the problems on standard error and give the account on standard output."""
    if report.stopped == "broker lost":
        typer.echo("newswatch replay: the broker no longer answers; look at it, then replay again", err=True)
    _name("cannot be read", report.unreadable)
    _name("not taken by the broker", report.failed)
    if as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
        sys.stdout.flush()
    else:
        typer.echo(report.line())


def _name(what: str, problems: list[Problem]) -> None:
    for problem in problems[:NAMED]:
        typer.echo(f"{what}: {clean(problem.name)}: {clean(problem.reason)}", err=True)
    if len(problems) > NAMED:
        typer.echo(f"{what}: {len(problems) - NAMED:,} more", err=True)
