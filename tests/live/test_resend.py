"""What a receiver did not get, posted again by hand, with the topics of a real broker between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner

from streams.cli import app
from streams.connect import producer
from streams.records import Undelivered
from streams.run.collect import read_topic
from streams.topology import ALERTS, RAW, UNDELIVERED
from tests.agents.webhook.conftest import make_alert, make_raw
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from conftest import Edition

__all__ = ["make_alert", "make_raw"]

pytestmark = pytest.mark.live

PATIENCE = 120.0
NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
A, B, C = "a" * 32, "b" * 32, "c" * 32
TEXT = "The two governments agreed a ceasefire on Monday evening, officials in the capital said."


class Receiver:
    """A server that answers with what `statuses` has for an alert's message, else 200; None hangs."""

    def __init__(self) -> None:
        self.statuses: dict[str, int | None] = {}
        self.default = 200
        self.posts: list[tuple[str, bytes, int]] = []
        self.hanging, self.closing = threading.Event(), threading.Event()
        self.url = ""

    def taken(self) -> list[str]:
        """Message ids of those that got 200, in their order."""
        return [message for message, _, status in self.posts if status == 200]

    @contextmanager
    def serving(self) -> Iterator[Receiver]:
        """Listen on loopback."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                message = self.headers["Webhook-Id"]
                status = receiver.statuses.get(message, receiver.default)
                if status is None:
                    receiver.hanging.set()
                    receiver.closing.wait(PATIENCE)
                    return
                receiver.posts.append((message, body, status))
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


def variables(edition: Edition, url: str) -> dict[str, str]:
    """As an operator's shell has them."""
    return {
        "NEWSWATCH_KAFKA_BOOTSTRAP": edition.settings.kafka_bootstrap,
        "NEWSWATCH_TOPIC_PREFIX": edition.settings.topic_prefix,
        "NEWSWATCH_WEBHOOK_URL": url,
    }


def run(edition: Edition, url: str, *words: str) -> Result:
    """`newswatch`, in this process."""
    return CliRunner().invoke(app, list(words), env=variables(edition, url))


def put(edition: Edition, records: list[tuple[str, str, bytes]]) -> None:
    """Topic, key and value, in this order."""
    client = producer(edition.settings.kafka_bootstrap, acks="all")
    for topic, key, value in records:
        client.send(edition.settings.topic_prefix + topic, key=key.encode(), value=value).get(timeout=60)
    client.close()


def lost(alert_id: str | None, revision: int | None, raw: bytes, **fields: Any) -> tuple[str, str, bytes]:
    """A record of what was not delivered."""
    given = {"watch": "ceasefire", "reason": "given_up", "message": "503", "attempts": 9, "time": NOW}
    record = Undelivered(alert_id=alert_id, revision=revision, payload=raw, **(given | fields))
    return UNDELIVERED, alert_id or "", msgspec.json.encode(record)


def test_an_alert_that_was_refused_is_taken_after_all(edition: Edition) -> None:
    """Posted as it is on the topic under the id that it had; marked, so that nobody posts it again."""
    with Receiver().serving() as receiver:
        receiver.default = 400
        with edition.workers(NEWSWATCH_WEBHOOK_URL=receiver.url):
            client = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
            client.send(edition.settings.topic_prefix + RAW, TEXT.encode()).get(timeout=60)
            client.close()
            edition.settled(1)
            assert until(lambda: bool(edition.read(UNDELIVERED)))
        ((message, _, status),) = receiver.posts
        (there,) = msgspec.json.decode(run(edition, receiver.url, "webhook", "undelivered", "--json").stdout)
        assert (there["reason"], there["status"], there["due"]) == ("refused", 400, True)
        refused = run(edition, receiver.url, "webhook", "resend")
        assert (refused.exit_code, refused.stdout) == (1, "0 taken, 1 NOT TAKEN\n")
        assert "(refused after 1 attempt): 400" in refused.stderr
        receiver.default = 200
        dry = run(edition, receiver.url, "webhook", "resend", "--dry-run").stdout
        assert dry.endswith(f"1 undelivered; a resend posts 1 to {receiver.url.rstrip('/')}\n")
        assert receiver.taken() == []
        taken = run(edition, receiver.url, "webhook", "resend", there["alert_id"][:6])
        assert (taken.exit_code, taken.stdout, taken.stderr) == (0, "1 taken\n", "")
        (raw,) = read_topic(edition.settings, ALERTS)
        assert (receiver.posts[0][2], receiver.posts[-1]) == (status, (message, raw, 200))
        again = run(edition, receiver.url, "webhook", "resend")
        assert (again.exit_code, again.stdout, len(receiver.taken())) == (0, "nothing was to be posted\n", 1)
        assert run(edition, receiver.url, "webhook", "undelivered").stdout == "nothing is undelivered\n"
        why = run(edition, receiver.url, "why", there["alert"]["article_id"]).stdout
        assert "webhook: delivered by hand at " in why
        assert "(refused before, 2 attempts in all)" in why


def test_the_receiver_is_not_set_back(edition: Edition, make_raw: Callable[..., bytes]) -> None:
    """Revisions in their order; what is older than one it has is left out, and so is what is no alert."""
    old = {"detected_at": NOW - timedelta(days=400), "origin": "replay"}
    raws = {
        (id_, number): make_raw(alert_id=id_, revision=number, **old) for id_ in (A, B) for number in range(2)
    }
    put(edition, [(ALERTS, id_, raw) for (id_, _), raw in raws.items()])
    put(
        edition,
        [
            lost(A, 1, raws[A, 1], reason="expired"),
            lost(A, 0, raws[A, 0]),
            lost(B, 0, raws[B, 0]),
            lost(None, None, b"\xff", reason="unreadable", watch=None),
        ],
    )
    with Receiver().serving() as receiver:
        found = run(edition, receiver.url, "webhook", "undelivered").stdout
        assert f"given_up  ceasefire {B} revision 0" in found
        assert "not resent: revision 1 has been delivered, or is under way" in found
        assert "not resent: it is no alert" in found
        assert found.endswith("4 undelivered; 'newswatch webhook resend' posts 2\n")
        only = run(edition, receiver.url, "webhook", "resend", "--reason", "expired", "--dry-run", "--json")
        assert [one["revision"] for one in msgspec.json.decode(only.stdout)] == [1]
        none = run(
            edition, receiver.url, "webhook", "undelivered", "--watch", "other", "--since", "2025-11-24"
        )
        assert none.stdout == "nothing undelivered fits\n"
        result = run(edition, receiver.url, "webhook", "resend", "--json")
        assert result.exit_code == 0, result.stderr
        assert msgspec.json.decode(result.stdout) == {
            "taken": 2,
            "not_taken": 0,
            "overtaken": 1,
            "unreadable": 1,
            "failures": [],
        }
        assert [(message, body) for message, body, _ in receiver.posts] == [
            (f"{A}.0", raws[A, 0]),
            (f"{A}.1", raws[A, 1]),
        ]


def test_an_interrupted_resend_goes_on_where_it_was(edition: Edition, make_raw: Callable[..., bytes]) -> None:
    """What was taken before is marked; what was on its way is posted again under the same id."""
    put(edition, [lost(id_, 0, make_raw(alert_id=id_)) for id_ in (A, B, C)])
    with Receiver().serving() as receiver:
        receiver.statuses = {f"{C}.0": None}
        command = [sys.executable, "-m", "streams", "webhook", "resend"]
        process = subprocess.Popen(
            command,
            env={**os.environ, **variables(edition, receiver.url)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert receiver.hanging.wait(PATIENCE)
        assert until(lambda: len(edition.read(UNDELIVERED)) == 5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (130, b"2 taken\n"), err
        assert b"interrupted" in err
        receiver.statuses = {}
        assert run(edition, receiver.url, "webhook", "resend").stdout == "1 taken\n"
        assert sorted(receiver.taken()) == [f"{A}.0", f"{B}.0", f"{C}.0"]


def test_an_edition_without_the_topic_is_told_what_to_do(edition: Edition) -> None:
    """It is older than the webhook."""
    environment = variables(edition, "http://127.0.0.1:9/") | {"NEWSWATCH_TOPIC_PREFIX": "none."}
    result = CliRunner().invoke(app, ["webhook", "undelivered"], env=environment)
    assert "newswatch topics create" in str(result.exception)
