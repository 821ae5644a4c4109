"""The Faust app: the five steps wired to their topics.

`newswatch worker` runs it, and so does `faust -A streams.app worker`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import faust

from agents.alerts import agent as alerts
from agents.deduplicate import agent as deduplicate
from agents.entities import agent as entities
from agents.ingest import agent as ingest
from agents.mentions import agent as mentions
from agents.mentions.watchlist import load
from streams import settings as settings_module
from streams.health import Health
from streams.metrics import Metrics
from streams.wire import Wire

if TYPE_CHECKING:
    from streams.settings import Settings

MEBIBYTE = 1 << 20


class App(faust.App):
    """A Faust app that serves its own health and metrics from before it joins the group until it has left."""

    health: Health

    async def on_first_start(self) -> None:
        """Open the port, then start."""
        self.health.start()
        await super().on_first_start()

    async def on_shutdown(self) -> None:
        """Close the port last."""
        await super().on_shutdown()
        self.health.stop()


def build_app(settings: Settings, metrics: Metrics | None = None) -> App:
    """Make an app with all its agents; nothing runs and nothing is connected yet.

    Raises:
        WatchlistError: the watchlist can't be taken.
        PipelineError: the spaCy pipeline can't be had and `spacy_strict` is set.
    """
    metrics = metrics or Metrics()
    app = App(
        settings.topic_prefix + "newswatch",
        broker=";".join(f"kafka://{host}" for host in settings.kafka_bootstrap.split(",")),
        store="rocksdb://",
        datadir=settings.data_dir,
        autodiscover=False,
        web_enabled=False,
        topic_disable_leader=True,
        topic_replication_factor=settings.replication,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * MEBIBYTE,
        broker_max_poll_records=2000,
        producer_linger=0.005,
        producer_max_batch_size=MEBIBYTE,
        producer_max_request_size=32 * MEBIBYTE,
        worker_redirect_stdouts=False,
    )
    wire = Wire(app, settings, metrics)
    app.health = Health(settings, metrics, app, wire)
    attach_all(wire)
    return app


def attach_all(wire: Wire) -> None:
    """Add each step's agent. Named one by one: Faust's discovery swallows import errors."""
    watchlist = load(wire.settings.watchlist)
    wire.metrics.watchlist.info({"version": watchlist.version, "file": wire.settings.watchlist.name})
    ingest.attach(wire)
    deduplicate.attach(wire)
    entities.attach(wire)
    mentions.attach(wire, watchlist)
    alerts.attach(wire, watchlist)


def __getattr__(name: str) -> Any:
    """Make `app` when Faust's own command line asks for it, with the settings of the environment."""
    if name == "app":
        app = build_app(settings_module.load())
        setattr(sys.modules[__name__], name, app)
        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
