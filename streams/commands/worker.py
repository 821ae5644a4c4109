"""`newswatch worker`: all steps in one process (and the children it starts)."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from streams.commands.options import Bootstrap, Watchlist, settings_from


def worker(
    bootstrap: Bootstrap = None,
    watchlist: Watchlist = None,
    data_dir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of this worker's tables; each worker needs its own."),
    ] = None,
    metrics_port: Annotated[
        int | None,
        typer.Option(metavar="PORT", help="For /metrics, /healthz and /readyz; 0 takes a free one."),
    ] = None,
) -> None:
    """Run all steps. Several share the work, each with its own --data-dir and --metrics-port.

    Ctrl-C or SIGTERM stops it; what was not finished is done by the next one.
    """
    # Until the app runs there is nothing to stop in good order; its own handlers take over then.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    from agents.entities.pool import ExtractorPool

    settings = settings_from(
        kafka_bootstrap=bootstrap, watchlist=watchlist, data_dir=data_dir, metrics_port=metrics_port
    )
    extractors = ExtractorPool.of(settings)
    # The pipeline takes 4 s to load, what follows 2: so a worker is ready the sooner.
    extractors.begin()
    try:
        from streams.worker import run

        raise typer.Exit(run(settings, extractors))
    finally:
        extractors.close()
