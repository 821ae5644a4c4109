"""All of it over TLS and with a password, on a real broker that lets nobody else in."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx2
import msgspec
import pytest
from aiokafka import AIOKafkaConsumer
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from seeds import ARTICLES as SEEDS
from streams.broker import Listener, running_broker
from streams.connect import KafkaUnusable, admin
from streams.run.fleet import Fleet
from streams.settings import load
from tests.certificates import KEY_PASSWORD, Certificates, issued

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.broker import Broker
    from streams.settings import Settings

pytestmark = pytest.mark.live

USER, PASSWORD = "newswatch", "right \"horse' battery"
PLAIN_PASSWORD = "right-horse"  # noqa: S105
PATIENCE = 240.0


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Of this module."""
    return issued(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def secured(certificates: Certificates) -> Iterator[Broker]:
    """A broker with a door for passwords, and one for certificates."""
    doors = (
        Listener("SECURE", "SASL_SSL", certificates.broker, passwords={USER: PLAIN_PASSWORD}),
        Listener("MUTUAL", "SSL", certificates.broker, certificates.authority),
        Listener("CLEAR", "SASL_PLAINTEXT", passwords={USER: PLAIN_PASSWORD}),
    )
    with running_broker(cache=load().cache, listeners=doors) as running:
        with admin(running.bootstrap_servers) as client:
            client.alter_user_scram_credentials(
                [UserScramCredentialUpsertion(USER, ScramMechanism.SCRAM_SHA_512, PASSWORD)]
            )
        yield running


@pytest.fixture
def variables(secured: Broker, certificates: Certificates, tmp_path: Path) -> dict[str, str]:
    """How an edition of its own is reached, with the password in a file."""
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return {
        "NEWSWATCH_KAFKA_BOOTSTRAP": secured.doors["SECURE"],
        "NEWSWATCH_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
        "NEWSWATCH_KAFKA_SSL_CA": str(certificates.authority),
        "NEWSWATCH_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
        "NEWSWATCH_KAFKA_SASL_USERNAME": USER,
        "NEWSWATCH_KAFKA_SASL_PASSWORD_FILE": str(tmp_path / "password"),
        "NEWSWATCH_TOPIC_PREFIX": f"t{uuid.uuid4().hex[:8]}.",
        "NEWSWATCH_NLP_PROCESSES": "1",
        "NEWSWATCH_SPACY_MODEL": "newswatch-rules",
    }


def newswatch(variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "streams", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def alerts(variables: dict[str, str]) -> list[dict[str, Any]]:
    done = newswatch(variables, "alerts", "--json")
    assert done.returncode == 0, done.stderr
    return [msgspec.json.decode(line) for line in done.stdout.splitlines()]


def test_every_command_works_over_tls_with_a_password(variables: dict[str, str], tmp_path: Path) -> None:
    """Topics, worker, replay, alerts, why, watch, silence, feeds, console: kafka-python, aiokafka, Faust."""
    assert newswatch(variables, "topics", "create").returncode == 0
    with Fleet(1, tmp_path, variables) as fleet:
        fleet.wait_ready(PATIENCE)
        done = newswatch(variables, "replay", str(SEEDS), "--quiet")
        assert done.returncode == 0, done.stderr
        deadline = time.monotonic() + PATIENCE
        while len(found := alerts(variables)) < 7:
            fleet.check()
            assert time.monotonic() < deadline, found
        asked = newswatch(variables, "why", found[0]["article_id"], "--json")
        assert asked.returncode == 0, asked.stderr
        assert newswatch(variables, "watch", "list").returncode == 0
        silenced = ("silence", "add", "--watch", "deadline", "--for", "1h", "--reason", "a test")
        assert newswatch(variables, *silenced).returncode == 0
        # The second one has read on its topic what the first one got.
        with feeds(tmp_path) as file:
            for counted in ("1 published", "unchanged"):
                done = newswatch(variables, "feeds", str(file), "--once")
                assert done.returncode == 0, done.stdout + done.stderr
                assert counted in done.stdout
        with console(variables) as url:
            listed = httpx2.get(f"{url}/api/alerts", timeout=PATIENCE).raise_for_status().json()["alerts"]
        assert {alert["alert_id"] for alert in listed} == {alert["alert_id"] for alert in found}
        assert b"\nnewswatch_lag_records{" in fleet.members[0].metrics()
        log = fleet.members[0].log_file.read_text()
    assert PASSWORD not in log


@contextmanager
def feeds(folder: Path) -> Iterator[Path]:
    """Serve a feed of one entry; yields a file that names it."""
    (folder / "site").mkdir()
    entry = f"<item><guid isPermaLink='false'>1</guid><title>Harbour</title><description>{'Nets. ' * 90}"
    (folder / "site" / "rss.xml").write_text(
        f"<rss version='2.0'><channel>{entry}</description></item></channel></rss>"
    )
    handler = partial(SimpleHTTPRequestHandler, directory=folder / "site")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        file = folder / "feeds.yaml"
        file.write_text(f"feeds: ['http://127.0.0.1:{server.server_port}/rss.xml']\n")
        try:
            yield file
        finally:
            server.shutdown()


@contextmanager
def console(variables: dict[str, str]) -> Iterator[str]:
    """Run it; yields its address once it has read the topics."""
    with subprocess.Popen(
        [sys.executable, "-m", "streams", "console", "--port", "0"],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            url = process.stdout.readline().split()[-1]
            deadline = time.monotonic() + PATIENCE
            while httpx2.get(f"{url}/readyz", timeout=PATIENCE).status_code != 200:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield url
        finally:
            process.terminate()


async def topics_by_aiokafka(settings: Settings) -> set[str]:
    async with AIOKafkaConsumer(**settings.cluster.options) as client:
        return set(await client.topics())


@pytest.mark.parametrize("door", ["password", "certificate", "clear"])
def test_other_ways_in(secured: Broker, certificates: Certificates, door: str) -> None:
    """A password in PLAIN, a client's certificate with an encrypted key, a password allowed in clear."""
    tls = {"kafka_ssl_ca": str(certificates.authority)}
    user = {"kafka_sasl_username": USER, "kafka_sasl_password": PLAIN_PASSWORD}
    given: dict[str, dict[str, Any]] = {
        "password": {
            "kafka_bootstrap": secured.doors["SECURE"].replace("127.0.0.1", "localhost"),
            "kafka_security_protocol": "SASL_SSL",
            **tls,
            **user,
        },
        "certificate": {
            "kafka_bootstrap": secured.doors["MUTUAL"],
            "kafka_security_protocol": "SSL",
            "kafka_ssl_certificate": certificates.client,
            "kafka_ssl_key": certificates.client_key,
            "kafka_ssl_key_password": KEY_PASSWORD,
            **tls,
        },
        "clear": {
            "kafka_bootstrap": secured.doors["CLEAR"],
            "kafka_security_protocol": "SASL_PLAINTEXT",
            "kafka_clear_password": True,
            **user,
        },
    }
    settings = load(**given[door])
    with admin(settings.cluster) as client:
        found = set(client.list_topics())
    assert asyncio.run(topics_by_aiokafka(settings)) == {name for name in found if not name.startswith("__")}


@pytest.mark.parametrize(
    ("command", "changed", "says"),
    [
        ("worker", {"SASL_PASSWORD": "wrong", "SASL_PASSWORD_FILE": ""}, "does not let 'newswatch' in"),
        ("alerts", {"SASL_MECHANISM": "PLAIN"}, "NEWSWATCH_KAFKA_SASL_MECHANISM, which is PLAIN"),
        ("replay", {"SASL_USERNAME": "nobody"}, "does not let 'nobody' in"),
        ("feeds", {"SASL_PASSWORD": "wrong", "SASL_PASSWORD_FILE": ""}, "does not let 'newswatch' in"),
        ("console", {"SSL_CA": "other"}, "NEWSWATCH_KAFKA_SSL_CA has to name the file of who signed it"),
    ],
)
def test_who_is_not_let_in_is_told_why_at_once(
    variables: dict[str, str],
    certificates: Certificates,
    changed: dict[str, str],
    says: str,
    command: str,
) -> None:
    """In one line, without the password, after a single attempt, and with exit code 1."""
    if "SSL_CA" in changed:
        changed = {"SSL_CA": str(certificates.other_authority)}
    given_to = {"replay": [str(SEEDS)], "feeds": [str(SEEDS.parent / "feeds.yaml")]}
    given = variables | {f"NEWSWATCH_KAFKA_{name}": value for name, value in changed.items()}
    done = newswatch(given, command, *given_to.get(command, []))
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert "wrong" not in done.stderr
    assert PASSWORD not in done.stderr


def test_the_wrong_door_is_told(secured: Broker) -> None:
    """Without TLS at a port that speaks it, which only closes the connection."""
    with (
        pytest.raises(
            KafkaUnusable, match="may want another NEWSWATCH_KAFKA_SECURITY_PROTOCOL than PLAINTEXT"
        ),
        admin(secured.doors["SECURE"]),
    ):
        pass
