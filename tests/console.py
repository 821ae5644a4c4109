"""`newswatch console` as a process, for tests that ask it by HTTP or look at it in a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx2
import msgspec
from kafka import KafkaProducer

from streams.topology import ALERTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streams.settings import Settings

PATIENCE = 120.0
STOP_SECONDS = 10.0
"""A stop takes 0.4 s on an idle machine, whoever is connected."""
SERVED = re.compile(r"the console is at (http://127\.0\.0\.1:\d+)\n")
HOSTILE = (
    "Truce </script><img src=x onerror=alert(1)> event: gap data: {} "
    "\u202e\u2028event: gap\u2028data: {}\u2028\u2028 agreed"
)
TOKEN = "0123456789abcdef-token"  # noqa: S105  no password


class Event(NamedTuple):
    """A server-sent event."""

    id: str | None
    kind: str
    data: Any


class Console:
    """`newswatch console`, run as a process."""

    def __init__(self, settings: Settings, **variables: str) -> None:
        given = {
            "NEWSWATCH_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
            "NEWSWATCH_TOPIC_PREFIX": settings.topic_prefix,
            "NEWSWATCH_CONSOLE_PORT": "0",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streams", "console"],
            env={**os.environ, **given, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        found = SERVED.fullmatch(self.process.stdout.readline())
        assert found, self.process.stderr.read() if self.process.stderr else ""
        self.url = found[1]
        self.http = httpx2.Client(base_url=self.url, timeout=PATIENCE)
        until(lambda: self.http.get("/readyz").status_code == 200)

    def alerts(self, **asked: Any) -> list[dict[str, Any]]:
        """Of all pages of the list."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.http.get("/api/alerts", params=asked).raise_for_status().json()
            found += page["alerts"]
            if page["next"] is None:
                return found
            asked["cursor"] = page["next"]

    @contextmanager
    def events(self, last: str | None = None, **asked: Any) -> Iterator[Iterator[Event]]:
        """A stream, as a browser reads it; the first event is what it is told when it connects."""
        headers = {} if last is None else {"Last-Event-ID": last}
        client = httpx2.Client(base_url=self.url, timeout=PATIENCE)
        with client, client.stream("GET", "/api/alerts/stream", params=asked, headers=headers) as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            yield parsed(response.iter_lines())

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def close(self) -> None:
        """End it, whatever happened."""
        self.http.close()
        self.process.kill()
        self.process.communicate()


def parsed(lines: Iterator[str]) -> Iterator[Event]:
    """Events with data, and the first of all whatever it has; heartbeats are left out."""
    fields: dict[str, str] = {}
    first = True
    for line in lines:
        name, _, value = line.partition(": ")
        if line and name:
            fields[name] = value
        elif not line:
            if first or "data" in fields:
                data = msgspec.json.decode(fields["data"]) if "data" in fields else None
                yield Event(fields.get("id"), fields.get("event", ""), data)
            first, fields = False, {}


def until(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def console(settings: Settings, **variables: str) -> Iterator[Console]:
    running = Console(settings, **variables)
    try:
        yield running
        assert running.stop() == 0
    finally:
        running.close()


def alert(number: int, **changes: Any) -> bytes:
    """An alert as the alert step sends it."""
    now = datetime.now(UTC)
    fields = {
        "alert_id": f"{number:032x}", "revision": 0, "watch": "ceasefire", "severity": "critical",
        "article_id": "a" * 32, "story_id": "b" * 32, "headline": HOSTILE, "source": "news.example.org",
        "event_time": now, "arrived": now, "detected_at": now, "mentions": [], "origin": "live",
        "seq": number, "schema": 1,
    }  # fmt: skip
    return msgspec.json.encode(fields | changes)


def send(settings: Settings, *raws: bytes, topic: str = ALERTS) -> None:
    producer = KafkaProducer(bootstrap_servers=settings.kafka_bootstrap, max_request_size=16 << 20)
    sent = [producer.send(settings.topic_prefix + topic, raw) for raw in raws]
    for future in sent:
        future.get(timeout=60)
    producer.close()
