"""`newswatch webhook` on the command line, against a real server."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from agents.webhook.errors import WebhookError
from streams.cli import app
from streams.records import Alert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result


@contextmanager
def receiver(status: int, got: list[Any]) -> Iterator[str]:
    """A server that answers every post so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"said \x1b[31mso")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def run(*arguments: str, **variables: str) -> Result:
    return CliRunner().invoke(app, ["webhook", "test", *arguments], env=variables)


def test_a_receiver_that_takes_it() -> None:
    """An alert that says of itself what it is, signed; the answer without control characters; exit code 0."""
    got: list[Any] = []
    with receiver(200, got) as url:
        result = run(NEWSWATCH_WEBHOOK_URL=f"{url}/token", NEWSWATCH_WEBHOOK_SECRET="s" * 32)
    assert result.exit_code == 0, result.output
    assert f"posting a test alert to {url} (plain, signed)" in result.output
    assert "taken after" in result.output
    assert "200 OK: said so" in result.output
    assert "token" not in result.output
    ((path, headers, body),) = got
    alert = msgspec.json.decode(body, type=Alert)
    assert (path, headers["Newswatch-Alert-Id"]) == ("/token", alert.alert_id)
    assert headers["Webhook-Signature"].startswith("v1,")
    assert (alert.watch, "no news" in alert.headline) == ("newswatch-test", True)


def test_each_test_is_an_alert_of_its_own() -> None:
    """A receiver that knows messages again must not pass over the second test."""
    got: list[Any] = []
    with receiver(200, got) as url:
        for _ in range(2):
            run("--url", url, "--format", "alertmanager")
    assert {path for path, _, _ in got} == {"/api/v2/alerts"}
    assert len({json.loads(body)[0]["labels"]["alert_id"] for _, _, body in got}) == 2


@pytest.mark.parametrize("status", [301, 404, 500, 503])
def test_a_receiver_that_does_not(status: int) -> None:
    """Asked once; exit code 1, the answer on standard error."""
    got: list[Any] = []
    with receiver(status, got) as url:
        result = run("--url", url)
    assert (result.exit_code, len(got)) == (1, 1)
    assert "NOT TAKEN" in result.stderr
    assert str(status) in result.stderr


def test_nobody_there() -> None:
    """Says why."""
    result = run("--url", "http://127.0.0.1:9/")
    assert result.exit_code == 1
    assert "127.0.0.1:9" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "set NEWSWATCH_WEBHOOK_URL"),
        (("--url", "http://169.254.169.254/"), "link-local"),
        (("--url", "nothing"), "no address to post to"),
    ],
)
def test_what_can_not_be_tried_is_an_error(arguments: tuple[str, ...], message: str) -> None:
    """Printed by `main` as one line, exit code 1."""
    result = run(*arguments)
    assert isinstance(result.exception, WebhookError)
    assert message in str(result.exception)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("undelivered", "--reason", "late"),
            "no reason 'late': there is refused, given_up, expired, unreadable",
        ),
        (("undelivered", "--since", "late"), "'late' is no time"),
        (("resend", "--bootstrap", "127.0.0.1:9"), "set NEWSWATCH_WEBHOOK_URL"),
        (("resend", "--give-up", "long"), "NEWSWATCH_WEBHOOK_GIVE_UP='long'"),
    ],
)
def test_what_is_wrong_with_the_question_is_told_before_kafka_is_asked(
    words: tuple[str, ...], message: str
) -> None:
    """By an error that `main` prints as one line."""
    result = CliRunner().invoke(app, ["webhook", *words])
    assert result.exit_code == 1
    assert message in str(result.exception)
