"""Alerts from the broker to an HTTP server, with workers that come and go."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

import pytest
from kafka import KafkaProducer

from seeds import ARTICLES as SEEDS
from streams.run.collect import read_topic
from streams.topology import ALERTS, RAW, UNDELIVERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Edition

    from streams.run.fleet import Member

pytestmark = pytest.mark.live

PATIENCE = 120.0
STOP_SECONDS = 20.0
TEXTS = (
    "The two governments agreed a ceasefire on Monday evening, officials in the capital said.",
    "Fishing crews welcomed the deadline that the ministry has set for new nets, harbour staff report.",
)


class Post(NamedTuple):
    """A post, and the status it got."""

    alert_id: str
    body: bytes
    status: int


class Receiver:
    """A server whose statuses are given one after the other, then 200; None hangs until it is closed."""

    def __init__(self) -> None:
        self.statuses: list[int | None] = []
        self.posts: list[Post] = []
        self.began = 0
        self.closing = threading.Event()
        self.url = ""

    def taken(self) -> list[Post]:
        """Those that got 200."""
        return [post for post in self.posts if post.status == 200]

    @contextmanager
    def serving(self) -> Iterator[Receiver]:
        """Listen on loopback."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.statuses.pop(0) if receiver.statuses else 200
                receiver.began += 1
                if status is None:
                    receiver.closing.wait(PATIENCE)
                    return
                receiver.posts.append(Post(self.headers["Newswatch-Alert-Id"], body, status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.url = f"http://127.0.0.1:{server.server_port}/"
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield self
            finally:
                self.closing.set()
                server.shutdown()


def until(condition: Callable[[], object], worker: Member) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        worker.check()
        assert time.monotonic() < deadline, worker.log_file.read_text()
        time.sleep(0.05)


def send(edition: Edition, text: str) -> None:
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    producer.send(edition.settings.topic_prefix + RAW, text.encode()).get(timeout=60)
    producer.close()


def stop(worker: Member) -> int:
    os.kill(worker.leash.pid, signal.SIGTERM)
    return worker.leash.wait(STOP_SECONDS)


def test_live_alerts_are_posted_once_and_replayed_ones_are_not(edition: Edition) -> None:
    """The first attempt fails; the worker is stopped while the receiver hangs; the next posts what is left.

    Meanwhile the other steps go on.
    """
    with Receiver().serving() as receiver:
        receiver.statuses = [500]
        first = edition.another(1, NEWSWATCH_WEBHOOK_URL=receiver.url)
        with first.leash:
            until(first.ready, first)
            edition.replay(SEEDS)
            send(edition, TEXTS[0])
            edition.settled(6)
            until(receiver.taken, first)
            until(lambda: b'newswatch_webhook_alerts_total{outcome="replayed"} 7.0' in first.metrics(), first)
            until(
                lambda: b'newswatch_webhook_alerts_total{outcome="delivered"} 1.0' in first.metrics(), first
            )
            assert [post.status for post in receiver.posts] == [500, 200]
            receiver.statuses = [None]
            send(edition, TEXTS[1])
            until(lambda: receiver.began == 3, first)
            edition.settled(7)  # the alert is on its topic though nobody takes it
            assert stop(first) == 0
        second = edition.another(2, NEWSWATCH_WEBHOOK_URL=receiver.url)
        with second.leash:
            until(second.ready, second)
            until(lambda: len(receiver.taken()) == 2, second)
            assert stop(second) == 0
        on_topic = {raw for raw in read_topic(edition.settings, ALERTS) if b'"origin":"live"' in raw}
        assert sorted(post.body for post in receiver.taken()) == sorted(on_topic)
        assert list(read_topic(edition.settings, UNDELIVERED)) == []
