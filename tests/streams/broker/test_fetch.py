"""jgo downloads from a Maven repository served here, which can be as bad as real networks are."""

from __future__ import annotations

import gc
import hashlib
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from streams.broker import BrokerError
from streams.broker.jars import KAFKA_VERSION, Jar, kafka_jars

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTENT = os.urandom(200_000)
JARS = [Jar(f"org.example:part{number}:1.0", hashlib.sha256(CONTENT).hexdigest()) for number in range(12)]
PROGRAM = """
import sys
from pathlib import Path
from streams.broker import BrokerError
from streams.broker.jars import Jar, kafka_jars
jars = [Jar(*line.split()) for line in sys.argv[2:]]
try:
    kafka_jars(Path(sys.argv[1]), jars)
except BrokerError as error:
    sys.exit(str(error))
"""


class Repository(http.server.ThreadingHTTPServer):
    """A Maven repository over HTTP with a fault that can be chosen."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.fault = ""
        self.requests: list[str] = []
        self.released = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answer with the same content for every jar, and no SHA-1 sums."""

    server: Repository

    def do_GET(self) -> None:
        """Serve one file, or the fault."""
        first_time = self.path not in self.server.requests
        self.server.requests.append(self.path)
        if not self.path.endswith(".jar") or self.server.fault == "missing":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        if self.server.fault == "altered":
            self.wfile.write(b"x" * len(CONTENT))
        elif self.server.fault == "cut" or (self.server.fault == "cut once" and first_time):
            self.wfile.write(CONTENT[:1000])
        elif self.server.fault == "slow":
            self.wfile.write(CONTENT[:1000])
            self.server.released.wait(60)
        else:
            self.wfile.write(CONTENT)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name http.server has
        """Keep the test output clean."""


@contextmanager
def serving() -> Iterator[Repository]:
    """Run a repository."""
    with Repository() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """A repository that the user's jgo configuration names in place of Maven Central."""
    with serving() as server:
        configure(tmp_path, monkeypatch, server.server_address[1])
        yield server


@pytest.fixture(autouse=True)
def closed_sockets() -> Iterator[None]:
    """Collect the responses that jgo leaves open after a failure, or another test is blamed for them."""
    yield
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()


def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Write a jgo configuration with a mirror on a port."""
    config = tmp_path / "jgo.conf"
    config.write_text(f"[repositories]\ncentral = http://127.0.0.1:{port}\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(config))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def names(cache: Path) -> list[str]:
    """Return what is in the folder of jars, its lock apart."""
    return sorted(path.name for path in (cache / f"kafka-{KAFKA_VERSION}").glob("[!.]*"))


def test_mirror_in_jgos_configuration_is_used(tmp_path: Path, repository: Repository) -> None:
    """Every jar comes from the configured mirror, whole, and nothing else stays in the folder."""
    paths = kafka_jars(tmp_path / "cache", JARS)
    assert all(path.read_bytes() == CONTENT for path in paths)
    assert sorted(jar.name for jar in JARS) == names(tmp_path / "cache")
    assert {"/org/example/part0/1.0/part0-1.0.jar"} <= set(repository.requests)
    asked = len(repository.requests)
    kafka_jars(tmp_path / "cache", JARS)
    assert asked == len(repository.requests)


def test_altered_file_is_not_let_in(tmp_path: Path, repository: Repository) -> None:
    """A jar with another sum is refused in one line and not kept."""
    repository.fault = "altered"
    with pytest.raises(BrokerError) as caught:
        kafka_jars(tmp_path / "cache", JARS[:1])
    actual = hashlib.sha256(b"x" * len(CONTENT)).hexdigest()
    assert (
        f"wrong checksum: part0-1.0.jar has SHA-256 {actual}, expected {JARS[0].sha256}: it was not kept; "
        "start again, and if that gives the same, what stands between you and Maven Central alters files"
    ) == str(caught.value)
    assert names(tmp_path / "cache") == []


def test_one_cut_connection_is_tried_again(tmp_path: Path, repository: Repository) -> None:
    """A connection that breaks once for each jar costs another request, not the start."""
    repository.fault = "cut once"
    assert all(path.read_bytes() == CONTENT for path in kafka_jars(tmp_path / "cache", JARS))


@pytest.mark.parametrize(
    ("fault", "reason"), [("cut", "IncompleteRead"), ("missing", "not found in remote repositories")]
)
def test_failing_download_is_one_line(
    tmp_path: Path, repository: Repository, fault: str, reason: str
) -> None:
    """A server that always cuts, or has no such file: one line with the jar, the cause and the way out."""
    repository.fault = fault
    with pytest.raises(BrokerError) as caught:
        kafka_jars(tmp_path / "cache", JARS)
    message = str(caught.value)
    assert message.startswith("could not download part")
    assert reason in message
    assert message.endswith("and start again; what is complete is kept")
    assert "\n" not in message
    assert names(tmp_path / "cache") == []


def test_no_network_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection is told as such."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        configure(tmp_path, monkeypatch, unused.getsockname()[1])
        with pytest.raises(BrokerError, match=r"^could not download part.*Connection refused.*start again"):
            kafka_jars(tmp_path / "cache", JARS)


def test_killed_download_leaves_nothing_in_the_way(tmp_path: Path, repository: Repository) -> None:
    """After SIGKILL in mid-download the next start fetches what is missing and tidies up."""
    repository.fault = "slow"
    cache = tmp_path / "cache"
    lines = [f"{jar.coordinates} {jar.sha256}" for jar in JARS]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(cache), *lines], stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 30
        while not list(cache.rglob("partial-*/**/*.jar")):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    repository.fault = ""
    repository.released.set()
    assert any(name.startswith("partial-") for name in names(cache))
    assert all(path.read_bytes() == CONTENT for path in kafka_jars(cache, JARS))
    assert sorted(jar.name for jar in JARS) == names(cache)


@pytest.mark.usefixtures("repository")
def test_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    """What the kernel refuses to write is told in one line, by a program that really meets the limit."""
    lines = [f"{jar.coordinates} {jar.sha256}" for jar in JARS]
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n" + PROGRAM
    ended = subprocess.run(
        [sys.executable, "-c", limited, str(tmp_path / "cache"), *lines],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == (
        f"no room left in {tmp_path}/cache/kafka-{KAFKA_VERSION} (File too large): free some space, "
        "or set NEWSWATCH_CACHE to another folder"
    )
