"""The download: from a mirror, by a proxy, and every way in which there is none."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from streams.models.fetch import fetch
from streams.models.wheel import PINNED, InstallError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = b"a wheel" * 20_000


class Handler(BaseHTTPRequestHandler):
    """A mirror, and a proxy that answers by itself; the paths asked for are kept."""

    asked: list[str] = []  # noqa: RUF012  of the one server of a test

    def do_GET(self) -> None:
        """Send the file where its path is the release's."""
        self.asked.append(self.path)
        found = self.path.endswith(PINNED.path)
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(FILE) if found else 0))
        self.end_headers()
        if found:
            self.wfile.write(FILE)

    def do_CONNECT(self) -> None:
        """Let nobody through."""
        self.asked.append(self.path)
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@contextmanager
def server() -> Iterator[str]:
    Handler.asked = []
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}"
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's environment says is not what is tested."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_from_a_mirror(tmp_path: Path) -> None:
    """Whole, under its name, with the bytes told as they come."""
    told: list[tuple[int, int | None]] = []
    with server() as mirror:
        path = fetch(tmp_path, mirror=f"{mirror}/releases/", shown=lambda *now: told.append(now))
    assert (path.name, path.read_bytes()) == (PINNED.file_name, FILE)
    assert Handler.asked == [f"/releases/{PINNED.path}"]
    assert told[-1] == (len(FILE), len(FILE))
    assert len(told) > 1


def test_by_the_proxy_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for the host of spaCy's releases; that it lets nobody through is said."""
    with server() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        with pytest.raises(InstallError, match="the proxy can't be reached, or lets nobody through"):
            fetch(tmp_path, shown=lambda *_: None)
    assert Handler.asked == ["github.com:443"]


@pytest.mark.parametrize(
    ("mirror", "says"),
    [
        ("http://127.0.0.1:9", "the connection is refused"),
        ("http://no-such-host.invalid", "the host's name can't be resolved"),
        ("nonsense", "No scheme supplied"),
    ],
)
def test_what_cannot_be_reached_is_told_with_the_ways_out(tmp_path: Path, mirror: str, says: str) -> None:
    """The address, the reason, the proxy, the mirror, the file, and that all goes on without."""
    with pytest.raises(InstallError, match=says) as raised:
        fetch(tmp_path, mirror=mirror, shown=lambda *_: None)
    for part in (f"{mirror}/{PINNED.path}", "HTTPS_PROXY", "--mirror", f"models install {PINNED.file_name}"):
        assert part in str(raised.value)


def test_a_mirror_that_has_it_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's answer is told."""
    monkeypatch.setattr("streams.models.fetch.PINNED", PINNED._replace(version="0.0.0"))
    with server() as mirror, pytest.raises(InstallError, match="the server says 404 Not Found"):
        fetch(tmp_path, mirror=mirror, shown=lambda *_: None)
