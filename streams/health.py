"""A worker's own port: `/metrics` in OpenMetrics, `/healthz` and `/readyz` as JSON, from a thread of its own.

A thread, since an event loop that is stuck must not take the proof of it along.
"""

from __future__ import annotations

import asyncio
import socketserver
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec
import structlog
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from prometheus_client import exposition as text
from prometheus_client.openmetrics import exposition as openmetrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streams.metrics import Metrics
    from streams.settings import Settings
    from streams.wire import Wire

log = structlog.get_logger(__name__)


class HealthError(Exception):
    """The port for metrics and health can't be served; the message names it and the setting."""


PORT_FILE = "port"
"""In the data folder: the port served, for whoever started the worker with port 0."""
STUCK_SECONDS = 30.0
"""An event loop that has not turned for so long is stuck: Kafka gives its partitions away after 20 s."""
ASK_SECONDS = 5.0
"""Between two questions to the brokers, and the time for an answer; one takes about 5 ms."""
SILENT_SECONDS = 15.0
"""Brokers that have not answered for so long are gone."""


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Leave scrapes out of the log."""


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
        self._server: WSGIServer | None = None
        self.facts: dict[str, Any] = {}
        """What `/readyz` tells beside: the pipeline, the watchlist."""
        self.up: set[str] = set()
        """Names of the pools that have started."""
        app.timer(interval=1.0, on_leader=False)(self._heartbeat)
        app.timer(interval=ASK_SECONDS, on_leader=False)(self._ask_brokers)

    @property
    def port(self) -> int | None:
        """The port served; None while it isn't."""
        return self._server.server_port if self._server else None

    async def _heartbeat(self) -> None:
        self._beat = time.monotonic()

    async def _ask_brokers(self) -> None:
        """By a connection of its own: those in use are retried for minutes before they say anything."""
        client = AIOKafkaClient(**self._settings.cluster.options)
        try:
            with suppress(KafkaError, OSError, TimeoutError):
                async with asyncio.timeout(ASK_SECONDS):
                    await client.bootstrap()
                self._answered = time.monotonic()
        finally:
            await client.close()

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
        host, port = self._settings.metrics_host, self._settings.metrics_port
        try:
            self._server = make_server(host, port, self._respond, _Server, _Quiet)
        except OSError as error:
            raise HealthError(
                f"can't serve metrics on {host}:{port}: {error.strerror}; set --metrics-port or "
                "NEWSWATCH_METRICS_PORT, NEWSWATCH_METRICS_HOST"
            ) from None
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        (self._settings.data_dir / PORT_FILE).write_text(str(self.port))
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()
        log.info("serving metrics and health", url=f"http://{host}:{self.port}")

    def stop(self) -> None:
        """Close the port."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def state(self) -> tuple[bool, bool, dict[str, Any]]:
        """Whether the worker lives, whether it is ready, and the facts behind that."""
        silent = time.monotonic() - self._beat
        alive = silent < STUCK_SECONDS or not self._app.started
        unmet = self._unmet()
        facts = {"ready": alive and not unmet, "unmet": unmet, "loop_silent_seconds": round(silent, 1)}
        return alive, alive and not unmet, facts | self.facts

    def _respond(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path == "/metrics":
            kind, body = self._exposition(environ.get("HTTP_ACCEPT", ""))
            start("200 OK", [("Content-Type", kind)])
            return [body]
        if path in {"/healthz", "/readyz"}:
            alive, ready, facts = self.state()
            good = alive if path == "/healthz" else ready
            status = "200 OK" if good else "503 Service Unavailable"
            start(status, [("Content-Type", "application/json")])
            return [msgspec.json.encode(facts) + b"\n"]
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"here are /metrics, /healthz and /readyz\n"]

    def _exposition(self, accept: str) -> tuple[str, bytes]:
        """OpenMetrics, which alone carries exemplars, unless the client takes plain text only."""
        plain = "text/plain" in accept and "openmetrics" not in accept and "*/*" not in accept
        module = text if plain else openmetrics
        return module.CONTENT_TYPE_LATEST, module.generate_latest(self._metrics.registry)
