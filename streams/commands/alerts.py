"""`newswatch alerts`: a subscriber to the alert topics."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console

from streams.records import SCHEMA_VERSION, Alert
from streams.settings import SettingsError, load
from streams.subscribe.filter import Filter, FilterError, moment, severities, sources
from streams.subscribe.show import block

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_FIRST = 10
"""As `tail -f` does."""


def alerts(
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on with new alerts, until Ctrl-C.")
    ] = False,
    watch: Annotated[
        list[str] | None, typer.Option("--watch", "-w", help="Only this watch's; may be repeated.")
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option("--severity", "-s", help="Only info, warning or critical; may be repeated."),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Only from this outlet, as reuters.com or '*.gov'; may be repeated."),
    ] = None,
    entity: Annotated[
        list[str] | None,
        typer.Option(help="Only where this is named, by name or canonical id; may be repeated."),
    ] = None,
    story: Annotated[
        list[str] | None, typer.Option(help="Only of the story whose id begins so; may be repeated.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="2h|DATE", help="Only from this event time on: so long ago, or a date (UTC)."),
    ] = None,
    lines: Annotated[
        int | None,
        typer.Option("--lines", "-n", min=0, help="Of the alerts there are, the last N (10 with --follow)."),
    ] = None,
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", help="All alerts there are, also with --follow.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many.")] = None,
    bootstrap: Annotated[
        str | None, typer.Option(help="Brokers, host:port; else NEWSWATCH_KAFKA_BOOTSTRAP.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, as on the topic.")] = False,
) -> None:
    """Print the alerts there are, or with --follow the last ten and then each as it comes."""
    from streams.connect import KafkaUnusable, consumer
    from streams.subscribe.follow import records, topic_for

    if lines is None and follow and not from_beginning:
        lines = SHOWN_FIRST
    write = json_writer() if as_json else block_writer(Console(highlight=False))
    watches = dict.fromkeys(watch or ())
    try:
        keep = Filter(
            watches=tuple(watches),
            severities=severities(severity or ()),
            sources=sources(source or ()),
            entities=tuple(entity or ()),
            stories=tuple(story or ()),
            since=moment(since, datetime.now(UTC)) if since else None,
        )
        settings = load(kafka_bootstrap=bootstrap)
        with consumer(settings.cluster) as client:
            topic = topic_for(client, settings.topic_prefix, watches)
            found = records(client, topic, keep=keep, last=lines, follow=follow, silence=_say)
            for raw in islice(found, limit):
                write(raw)
    except (KafkaUnusable, SettingsError, FilterError) as error:
        _say(str(error))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    except BrokenPipeError:
        # The reader has what it wanted; without this Python would complain while it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def json_writer() -> Callable[[bytes], None]:
    """Write alerts as they are on the topic, one a line."""

    def write(raw: bytes) -> None:
        line = msgspec.json.format(raw, indent=-1) if b"\n" in raw else raw
        sys.stdout.write(line.decode("utf-8", "replace") + "\n")
        sys.stdout.flush()

    return write


def block_writer(console: Console) -> Callable[[bytes], None]:
    """Write alerts for people; one that cannot be read is named on standard error."""
    colours = console.is_terminal and not console.no_color and console.color_system is not None

    def write(raw: bytes) -> None:
        try:
            alert = msgspec.json.decode(raw, type=Alert)
        except (msgspec.MsgspecError, ValueError) as error:
            _say(f"an alert that cannot be read ({error}); --json shows it")
            return
        if alert.schema > SCHEMA_VERSION:
            _say(f"alert {alert.alert_id} has schema {alert.schema}, above {SCHEMA_VERSION}: update")
            return
        # Rich's own way with a closed pipe is exit code 1.
        with console.capture() as written:
            console.print(block(alert, colours=colours), soft_wrap=True)
        sys.stdout.write(written.get())
        sys.stdout.flush()

    return write


def _say(message: str) -> None:
    typer.echo(f"newswatch alerts: {message}", err=True)
