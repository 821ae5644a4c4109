"""`newswatch feeds` on the command line, against a real server and without a broker."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from streams.cli import app
from streams.feeds.feed import FeedsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

ITEM = (
    "<item><guid isPermaLink='false'>{0}</guid><title>Truce {0}</title><link>/{0}</link>"
    "<description>" + "Both sides agreed a truce on Monday. " * 20 + "</description></item>"
)
RSS = f"<rss version='2.0'><channel><ttl>30</ttl>{''.join(map(ITEM.format, range(5)))}</channel></rss>"


@contextmanager
def serving(hanging: threading.Event | None = None) -> Iterator[str]:
    """A server with a feed at `/rss`, and at `/hang` one that says when it is asked and never answers."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/hang" and hanging is not None:
                hanging.set()
                over.wait(60)
                return
            body = RSS.encode() if self.path == "/rss" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            over.set()
            server.shutdown()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["feeds", *arguments])


def written(folder: Path, *urls: str) -> str:
    path = folder / "feeds.yaml"
    path.write_text("delay: 0s\nfeeds:\n" + "".join(f"- {url}\n" for url in urls))
    return str(path)


def test_a_check_shows_what_each_feed_gives(tmp_path: Path) -> None:
    """Its three newest entries; no broker is asked; the exit code says that one failed."""
    with serving() as url:
        result = run(written(tmp_path, f"{url}/rss", f"{url}/none"), "--check")
        good = run(written(tmp_path, f"{url}/rss"), "--dry-run", "--json")
    assert result.exit_code == 1, result.output
    assert "rss20, 5 entries; asks for 30 min between polls" in result.output
    assert [line.split("  ")[-2] for line in result.output.splitlines() if "words in the feed" in line] == [
        "Truce 2",
        "Truce 1",
        "Truce 0",
    ]
    assert "FAIL" in result.output
    assert "refused: 404 Not Found" in result.output
    assert "2 feeds, 1 failed" in result.output
    assert good.exit_code == 0
    [feed] = json.loads(good.output)
    assert (feed["outcome"], feed["entries"], feed["asks_seconds"]) == ("read", 5, 1800)
    assert len(feed["articles"]) == 3


def test_what_does_not_go_together_is_told(tmp_path: Path) -> None:
    """With exit code 2, as all that is not understood."""
    for wrong in (("--once", "--check"), ("--json",), ("--opml", "--once")):
        assert run(written(tmp_path, "https://example.org"), *wrong).exit_code == 2


def test_a_wrong_file_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    """With its line."""
    path = tmp_path / "feeds.yaml"
    path.write_text("- url: https://example.org\n  evry: 5m\n")
    result = run(str(path), "--check")
    assert isinstance(result.exception, FeedsError)
    assert "feeds.yaml:2: feeds[0]: unknown field 'evry'" in str(result.exception)


def test_opml_becomes_a_file(tmp_path: Path) -> None:
    """On standard output, to be looked at."""
    path = tmp_path / "o.opml"
    path.write_text('<opml><body><outline text="Example" xmlUrl="https://example.org/rss"/></body></opml>')
    result = run(str(path), "--opml")
    assert result.output == "feeds:\n- url: https://example.org/rss\n  name: Example\n  source: Example\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_check_says_so(tmp_path: Path, number: signal.Signals) -> None:
    """It ends at once, with what it knows."""
    hanging = threading.Event()
    with serving(hanging) as url:
        path = written(tmp_path, f"{url}/hang")
        process = subprocess.Popen(
            [sys.executable, "-m", "streams", "feeds", path, "--check"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert hanging.wait(60)
            process.send_signal(number)
            out, error = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (process.returncode, out) == (130, "0 feeds, 0 failed\n")
    assert "interrupted; 1 feeds were not come to" in error
