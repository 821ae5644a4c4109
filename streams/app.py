"""The Faust app: the five steps wired to their topics.

`newswatch worker` runs it, and so does `faust -A streams.app worker`.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import faust
import structlog
from faust.tables.manager import TableManager

from agents.alerts import agent as alerts
from agents.deduplicate import agent as deduplicate
from agents.entities import agent as entities
from agents.ingest import agent as ingest
from agents.mentions import agent as mentions
from agents.mentions.in_force import InForce
from agents.mentions.watchlist import load
from agents.webhook import agent as webhook
from streams import consumer
from streams import settings as settings_module
from streams.faust_metrics import FaustMonitor
from streams.health import Health
from streams.lag.collector import LagCollector
from streams.lag.observer import Observer
from streams.metrics import Metrics
from streams.watches.follow import Follower
from streams.wire import Wire

if TYPE_CHECKING:
    from agents.entities.choice import Choice
    from agents.entities.pool import ExtractorPool
    from streams.settings import Settings

log = structlog.get_logger(__name__)

MEBIBYTE = 1 << 20


class Topic(faust.Topic):
    """Faust's, but one of several names can tell them: `faust -A streams.app agents` asks."""

    def get_topic_name(self) -> str:
        """Name, or names with commas between."""
        return ",".join(self.topics)


class Tables(TableManager):
    """Faust's, which waits a second for tables that are declared late; ours are there from the beginning."""

    async def on_start(self) -> None:
        """Begin to recover."""
        await self._update_channels()
        await self.recovery.start()


class App(consumer.App):
    """A Faust app that serves its own health and metrics from before it joins the group until it has left."""

    health: Health
    wire: Wire
    follower: Follower
    observer: Observer

    async def on_first_start(self) -> None:
        """Open the port, start the processes that work beside, then join the group."""
        if self.health.port is None:
            self.health.start()
        for name, (pool, started) in self.wire.beside.items():
            await pool.start()
            started()
            self.health.up.add(name)
        self.observer.start()
        # What was loaded until now stays: the collector need not look through it again.
        gc.collect()
        gc.freeze()
        await super().on_first_start()

    async def _on_agent_error(self, agent: Any, error: BaseException) -> None:
        """Stop the worker: an agent that started anew would leave the articles it had in hand behind."""
        log.critical("a step failed, the worker stops", step=agent.fun.__name__, exc_info=error)
        await self.crash(error)

    async def on_stop(self) -> None:
        """Say so while there is a producer."""
        await self.follower.tell_stopped()
        await super().on_stop()

    async def on_shutdown(self) -> None:
        """End the processes, close the port last."""
        await super().on_shutdown()
        for pool, _ in self.wire.beside.values():
            pool.close()
        self.observer.stop()
        self.health.stop()


def build_app(settings: Settings, extractors: ExtractorPool | None = None) -> App:
    """Make an app with all its agents; nothing is connected yet.

    Args:
        settings: of the worker.
        extractors: processes for entities that have begun to load already.

    Raises:
        WatchlistError: the watchlist can't be taken.
        PipelineError: the spaCy pipeline can't be had and `spacy_strict` is set.
        SettingsError: the settings of the cluster can't be taken.
    """
    cluster = settings.cluster
    app = App(
        settings.group,
        broker=";".join(f"kafka://{host}" for host in cluster.servers),
        broker_credentials=cluster.credentials(),
        store="rocksdb://",
        datadir=settings.data_dir,
        autodiscover=False,
        web_enabled=False,
        topic_disable_leader=True,
        topic_replication_factor=settings.replication,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * MEBIBYTE,
        # A worker that died is replaced after 20 s, not 60; heartbeats have a thread of their own.
        broker_session_timeout=20.0,
        broker_max_poll_records=2000,
        # Events; no cure for lost records (streams/consumer.py is), and 512 is as fast (docs/decisions/0001).
        stream_buffer_maxsize=16_384,
        producer_linger=0.005,
        producer_max_batch_size=MEBIBYTE,
        producer_max_request_size=32 * MEBIBYTE,
        worker_redirect_stdouts=False,
        Topic=Topic,
        TableManager=Tables,
    )
    metrics = Metrics()
    # In place of Faust's own, before anything is counted.
    app.monitor = FaustMonitor(metrics.registry, settings.topic_prefix)
    app.wire = Wire(app, settings, metrics)
    app.health = Health(settings, metrics, app, app.wire)
    app.observer = Observer(settings)
    metrics.registry.register(LagCollector(app.observer, lambda lag: app.wire.has(lag.topic, lag.partition)))
    attach_all(app.wire, app.health, extractors)
    return app


def attach_all(wire: Wire, health: Health, extractors: ExtractorPool | None = None) -> None:
    """Add each step's agent. Named one by one: Faust's discovery swallows import errors."""
    settings, metrics = wire.settings, wire.metrics
    in_force = InForce(load(settings.watchlist))

    def tell(choice: Choice) -> None:
        model = {"name": choice.name, "version": choice.version, "why": choice.why}
        # Without what was asked for, one that could not be had looks like nobody's wish.
        metrics.model.info(model | {"configured": settings.spacy_model or ""})
        health.facts["model"] = model
        log.info("entities are found by", **model)
        for warning in choice.warnings:
            log.warning("about the spaCy pipeline", warning=warning)

    ingest.attach(wire)
    deduplicate.attach(wire)
    entities.attach(wire, tell, extractors)
    mentions.attach(wire, in_force)
    alerts.attach(wire, in_force)
    wire.app.follower = Follower(wire, in_force, health)
    wire.run_beside("watchlist", wire.app.follower)
    if settings.webhook_url is not None:
        webhook.attach(wire)


def __getattr__(name: str) -> Any:
    """Make `app` when Faust's own command line asks for it, with the settings of the environment."""
    if name == "app":
        app = build_app(settings_module.load())
        setattr(sys.modules[__name__], name, app)
        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
