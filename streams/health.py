"""Whether a worker lives and is ready, told on a port of its own."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from streams.port import HealthError, Port

if TYPE_CHECKING:
    from streams.cluster import Cluster
    from streams.metrics import Metrics
    from streams.settings import Settings
    from streams.wire import Wire

__all__ = ["Health", "HealthError", "broker_answers"]

log = structlog.get_logger(__name__)


PORT_FILE = "port"
"""In the data folder: the port served, for whoever started the worker with port 0."""
STUCK_SECONDS = 30.0
"""An event loop that has not turned for so long is stuck: Kafka gives its partitions away after 20 s."""
ASK_SECONDS = 5.0
"""Between two questions to the brokers, and the time for an answer; one takes about 5 ms."""
SILENT_SECONDS = 15.0
"""Brokers that have not answered for so long are gone."""


async def broker_answers(cluster: Cluster) -> bool:
    """Ask by a connection of its own: those in use are retried for minutes before they say anything."""
    client = AIOKafkaClient(**cluster.options)
    try:
        with suppress(KafkaError, OSError, TimeoutError):
            async with asyncio.timeout(ASK_SECONDS):
                await client.bootstrap()
            return True
        return False
    finally:
        await client.close()


class Health:
    """Knows whether a worker lives and whether it is ready, and serves that with its metrics."""

    def __init__(self, settings: Settings, metrics: Metrics, app: Any, wire: Wire) -> None:
        self._settings = settings
        self._metrics = metrics
        self._app = app
        self._wire = wire
        self._beat = time.monotonic()
        self._answered = self._beat
        """When a broker last answered; there is no worker without one that did."""
        self._port = Port(metrics.registry, self.state)
        # Asked at a scrape, by the port's own thread: an event loop that hangs could not set it.
        metrics.ready.set_function(lambda: self.state()[1])
        self.facts: dict[str, Any] = {}
        """What `/readyz` tells beside: the pipeline, the watchlist."""
        self.up: set[str] = set()
        """Names of the pools that have started."""
        app.timer(interval=1.0, on_leader=False)(self._heartbeat)
        app.timer(interval=ASK_SECONDS, on_leader=False)(self._ask_brokers)

    @property
    def port(self) -> int | None:
        """The port served; None while it isn't."""
        return self._port.number

    async def _heartbeat(self) -> None:
        self._beat = time.monotonic()

    async def _ask_brokers(self) -> None:
        if await broker_answers(self._settings.cluster):
            self._answered = time.monotonic()

    def _unmet(self) -> list[str]:
        unmet = sorted(self._wire.beside.keys() - self.up)
        if not self._assigned():
            unmet.append("partitions")
        # By the last beat: a loop that stands still asks nobody.
        if self._beat - self._answered > SILENT_SECONDS:
            unmet.append("broker")
        return unmet

    def _assigned(self) -> bool:
        app = self._app
        return bool(app.started and not app.rebalancing and not app.in_recovery and self._wire.joined)

    def start(self) -> None:
        """Serve from now on.

        Raises:
            HealthError: the port is taken, or isn't this machine's.
        """
        settings = self._settings
        url = self._port.serve(settings.metrics_host, settings.metrics_port, "metrics-port", "METRICS_PORT")
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        (settings.data_dir / PORT_FILE).write_text(str(self.port))
        log.info("serving metrics and health", url=url)

    def stop(self) -> None:
        """Close the port."""
        self._port.close()

    def state(self) -> tuple[bool, bool, dict[str, Any]]:
        """Whether the worker lives, whether it is ready, and the facts behind that."""
        silent = time.monotonic() - self._beat
        alive = silent < STUCK_SECONDS or not self._app.started
        unmet = self._unmet()
        facts = {"ready": alive and not unmet, "unmet": unmet, "loop_silent_seconds": round(silent, 1)}
        return alive, alive and not unmet, facts | self.facts
