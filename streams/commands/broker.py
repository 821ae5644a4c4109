"""`newswatch broker`: a real Kafka in the foreground, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from types import FrameType

USUAL_PORT = 9092
_POLL_SECONDS = 0.2
_INTERRUPTED = 130  # what a shell reports for a program ended by SIGINT


def broker(
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help=f"Loopback port. [default: {USUAL_PORT} if free, else any free one]"
        ),
    ] = None,
    data_dir: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps the data for the next start. [default: a temporary one]"),
    ] = None,
) -> None:
    """Run Apache Kafka on this machine, in the foreground, until Ctrl-C."""
    # What follows takes 0.3 s to import, which `newswatch --help` does not need.
    from streams.broker import running_broker
    from streams.broker.ports import is_free
    from streams.settings import load

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    code = _INTERRUPTED
    try:
        chosen = USUAL_PORT if port is None and is_free(USUAL_PORT) else port
        with running_broker(cache=load().cache, port=chosen, data_dir=data_dir) as running:
            code = 0  # before the line, for whoever reads it may stop the broker at once
            typer.echo(f"Kafka {running.kafka_version} is ready on {running.bootstrap_servers}")
            sys.stdout.flush()
            while True:
                running.check()
                time.sleep(_POLL_SECONDS)
    except KeyboardInterrupt:
        raise typer.Exit(code) from None


def _stop(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - Python's signature
    """End the command once; a second signal must not interrupt the stopping."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt
