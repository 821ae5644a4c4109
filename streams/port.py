"""A process's own port: `/metrics` in OpenMetrics, `/healthz` and `/readyz` as JSON, from its own thread.

A thread, since an event loop that is stuck must not take the proof of it along.
"""

from __future__ import annotations

import socketserver
import threading
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import msgspec

from streams.exposition import exposition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prometheus_client import CollectorRegistry


class HealthError(Exception):
    """The port for metrics and health can't be served; the message names it and the setting."""


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Leave scrapes out of the log."""


class Port:
    """Serves a registry, and what a process says of its state."""

    def __init__(
        self, registry: CollectorRegistry, state: Callable[[], tuple[bool, bool, dict[str, Any]]]
    ) -> None:
        """Make it; nothing is served yet.

        Args:
            registry: of the metrics.
            state: whether the process lives, whether it is ready, and the facts behind that.
        """
        self._registry = registry
        self._state = state
        self._server: WSGIServer | None = None

    @property
    def number(self) -> int | None:
        """The port served; None while it isn't."""
        return self._server.server_port if self._server else None

    def serve(self, host: str, port: int, option: str, setting: str) -> str:
        """Serve from now on; returns the address.

        Args:
            host: address of this machine.
            port: 0 takes a free one.
            option: of the command, for the error.
            setting: of the same, without the prefix.

        Raises:
            HealthError: the port is taken, or isn't this machine's.
        """
        try:
            self._server = make_server(host, port, self._respond, _Server, _Quiet)
        except OSError as error:
            raise HealthError(
                f"can't serve metrics on {host}:{port}: {error.strerror}; set --{option} or "
                f"NEWSWATCH_{setting}, NEWSWATCH_METRICS_HOST"
            ) from None
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()
        return f"http://{host}:{self.number}"

    def close(self) -> None:
        """Close the port."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _respond(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path == "/metrics":
            kind, body = exposition(self._registry, environ.get("HTTP_ACCEPT", ""))
            start("200 OK", [("Content-Type", kind)])
            return [body]
        if path in {"/healthz", "/readyz"}:
            alive, ready, facts = self._state()
            good = alive if path == "/healthz" else ready
            status = "200 OK" if good else "503 Service Unavailable"
            start(status, [("Content-Type", "application/json")])
            return [msgspec.json.encode(facts) + b"\n"]
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"here are /metrics, /healthz and /readyz\n"]
