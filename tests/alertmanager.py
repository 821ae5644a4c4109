"""A real Alertmanager for tests: Debian's, started as in the deployment, with its configuration."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import ProxyHandler, build_opener

from streams.broker.ports import free_ports
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

AMTOOL = shutil.which("amtool")
PROGRAM = shutil.which("alertmanager") or shutil.which("prometheus-alertmanager")
MISSING = "Alertmanager and amtool are not installed; Debian has them in the package prometheus-alertmanager"

FOLDER = Path(__file__).parents[1] / "dashboards" / "alertmanager"
"""What the deployment mounts."""
CONFIG = FOLDER / "alertmanager.yml"

_loopback = build_opener(ProxyHandler({}))


class Hook(HTTPServer):
    """Takes what Alertmanager posts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/hook"
        self.got: list[dict[str, Any]] = []

    def posts(self, alertname: str) -> list[dict[str, Any]]:
        """Those that tell of an alert."""
        return [
            post
            for post in self.got
            if alertname in {alert["labels"]["alertname"] for alert in post["alerts"]}
        ]

    def receivers(self, alertname: str) -> list[str]:
        """To whom an alert was told."""
        return [post["receiver"] for post in self.posts(alertname)]


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        """Keep it."""
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def hook() -> Iterator[Hook]:
    """Listen on loopback."""
    with Hook() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def start(folder: Path, *arguments: str, program: str = "/bin/cat", **variables: str) -> list[str]:
    """How `start.sh` is run here: on a copy of the file, with another program at its end."""
    (folder / "given.yml").write_text(CONFIG.read_text())
    return [
        *("env", "-i", f"PATH={os.environ['PATH']}", f"ALERTMANAGER_CONFIG={folder / 'given.yml'}"),
        *(f"ALERTMANAGER_FILLED_IN={folder / 'filled.yml'}", f"ALERTMANAGER_PROGRAM={program}"),
        *(f"{name}={value}" for name, value in variables.items()),
        *("/bin/sh", str(FOLDER / "start.sh"), *arguments),
    ]


@contextmanager
def alertmanager(folder: Path, **variables: str) -> Iterator[str]:
    """Alertmanager as the deployment starts it, with shorter waits."""
    text = (
        CONFIG.read_text()
        .replace("group_wait: 30s", "group_wait: 1s")
        .replace("group_wait: 10s", "group_wait: 1s")
    )
    port, *_ = free_ports()
    own = (f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=")
    storage = {"ALERTMANAGER_STORAGE": str(folder / "data")}
    command = start(folder, *own, program=str(PROGRAM), **storage, **variables)
    (folder / "given.yml").write_text(text)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        assert until(lambda: ready(url)), (folder / "log").read_text()
        yield url
    finally:
        process.terminate()
        process.wait()


def ready(url: str) -> bool:
    """Whether it answers."""
    try:
        with _loopback.open(url + "/-/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def held(url: str) -> list[dict[str, Any]]:
    """The alerts that it has, as its API tells them."""
    with _loopback.open(url + "/api/v2/alerts", timeout=30) as answer:
        found: list[dict[str, Any]] = json.load(answer)
        return found


def states(url: str) -> dict[str, str]:
    """By name."""
    return {alert["labels"]["alertname"]: alert["status"]["state"] for alert in held(url)}
