"""A feed on a real server, polled by the real program onto the real broker, to its alert."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from streams.admin import create_topics
from streams.broker import running_broker
from streams.feeds import publish, run
from streams.feeds.configured import load as load_feeds
from streams.feeds.measure import FeedMetrics
from streams.run.collect import read_topic
from streams.settings import load
from streams.topology import ALERTS, FEEDS, RAW, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Edition

    from streams.settings import Settings

pytestmark = pytest.mark.live

PATIENCE = 120.0
TRUCE = "Both sides agreed a ceasefire on Monday evening, officials in the capital said after long talks."
MORE = "The ministers meet again on Thursday, and both sides open the roads to the harbour. " * 8
PAGE = f"<html><body><article><h1>Truce</h1><p>{TRUCE}</p><p>{MORE}</p></article></body></html>"


class Site:
    """A feed whose items are given, with an ETag, and one page."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.asked: list[tuple[str, int]] = []
        """Paths and the statuses they got."""
        self.url = ""
        self.before_page: Callable[[], object] = int
        """Done when a page is asked for, before it is answered."""

    def feed(self) -> str:
        """RSS 2.0."""
        return f"<rss version='2.0'><channel><title>Example</title>{''.join(self.items)}</channel></rss>"

    @contextmanager
    def serving(self) -> Iterator[Site]:
        """Listen on loopback."""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/page":
                    site.before_page()
                tag = f'"{len(site.items)}"'
                bodies = {"/rss": site.feed(), "/page": PAGE}
                known = self.path == "/rss" and self.headers["If-None-Match"] == tag
                status = 304 if known else 200 if self.path in bodies else 404
                site.asked.append((self.path, status))
                body = bodies[self.path].encode() if status == 200 else b""
                self.send_response(status)
                self.send_header("ETag", tag)
                self.send_header(
                    "Content-Type", "text/html" if self.path == "/page" else "application/rss+xml"
                )
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.url = f"http://127.0.0.1:{server.server_port}"
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield self
            finally:
                server.shutdown()


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that is served."""
    with Site().serving() as it:
        yield it


def item(number: int, title: str, link: str, text: str) -> str:
    return (
        f"<item><guid isPermaLink='false'>{number}</guid><title>{title}</title><link>{link}</link>"
        f"<description>{text}</description></item>"
    )


def write(edition: Edition, site: Site) -> Path:
    path = edition.folder / "feeds.yaml"
    path.write_text(f"delay: 0s\nfeeds:\n- url: {site.url}/rss\n  name: example\n  source: Example\n")
    return path


def environment(edition: Edition) -> dict[str, str]:
    settings = edition.settings
    return {
        **os.environ,
        "NEWSWATCH_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
        "NEWSWATCH_TOPIC_PREFIX": settings.topic_prefix,
    }


def once(edition: Edition, path: Path) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "streams", "feeds", str(path), "--once", "--json"],
        env=environment(edition),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout, done.stderr.decode()
    [feed] = json.loads(done.stdout)
    return done.returncode, feed


def until(condition: Callable[[], object], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  loopback
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def has_asked(site: Site, times: int) -> bool:
    return len(site.asked) == times


def tells(url: str, words: bytes) -> bool:
    return words in get(url)[1]


def test_from_a_feed_to_an_alert_and_nothing_twice(edition: Edition, site: Site) -> None:
    """The alert's sentence is one that only the page has; what was polled once is known after a restart."""
    site.items = [item(1, "Both sides agreed on Monday", f"{site.url}/page", "After long talks.")]
    path = write(edition, site)
    with edition.workers():
        code, feed = once(edition, path)
        assert (code, feed["outcome"], feed["counts"]["published"]) == (0, "read", 1)
        assert feed["articles"][0]["text_from"] == "page"
        edition.settled(1)
        assert once(edition, path)[1]["outcome"] == "unchanged"
        site.items.insert(0, item(2, "Fishing crews got new nets", f"{site.url}/nets", "Harbour news. " * 80))
        code, feed = once(edition, path)
        assert (code, feed["counts"]["published"], feed["counts"]["known"]) == (0, 1, 1)
        account = edition.settled(2)
    assert [outcome.origin for outcome in account.outcomes.values()] == ["live", "live"]
    [alert] = [alert for alert in edition.read(ALERTS) if alert["watch"] == "ceasefire"]
    assert alert["source"] == "Example"
    assert alert["uri"] == f"{site.url}/page"
    assert [status for asked, status in site.asked if asked == "/rss"] == [200, 304, 200]
    assert len(edition.read(RAW)) == 2


def test_what_runs_on_is_ready_counts_and_stops_in_good_order(edition: Edition, site: Site) -> None:
    """The next one goes on from the topic."""
    site.items = [item(1, "Truce", f"{site.url}/a", f"{TRUCE} " * 10)]
    path, log = write(edition, site), edition.folder / "feeds.log"
    command = [sys.executable, "-m", "streams", "feeds", str(path), "--metrics-port", "0"]
    for number in range(2):
        with log.open("wb") as file:
            process = subprocess.Popen(command, env=environment(edition), stderr=file)
        try:
            until(partial(has_asked, site, number + 1), process, log)
            [url] = [
                entry["url"] for entry in map(json.loads, log.read_text().splitlines()) if "url" in entry
            ]
            counted = b'newswatch_feeds_polls_total{outcome="%s"} 1.0' % (b"unchanged" if number else b"read")
            until(partial(tells, f"{url}/metrics", counted), process, log)
            status, body = get(f"{url}/readyz")
            facts = json.loads(body)
            assert (status, facts["ready"], facts["feeds"], facts["failing"]) == (200, True, 1, [])
            assert get(f"{url}/healthz")[0] == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
            process.wait()
    assert len(edition.read(RAW)) == 1
    [state] = edition.read(FEEDS)
    assert (state["feed"], state["etag"]) == (f"{site.url}/rss", '"1"')


def test_a_feed_that_fails_is_told_by_the_exit_code(edition: Edition, site: Site) -> None:
    """As cron wants it; the other feeds are read."""
    site.items = [item(1, "Truce", f"{site.url}/a", f"{TRUCE} " * 10)]
    path = write(edition, site)
    path.write_text(path.read_text() + f"- {site.url}/none\n")
    done = subprocess.run(
        [sys.executable, "-m", "streams", "feeds", str(path), "--once"],
        env=environment(edition),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "ok    example: rss20, 1 entries; 1 published" in done.stdout
    assert "/none: refused: 404 Not Found" in done.stdout
    assert "2 feeds, 1 failed; 1 articles published" in done.stdout


class Restarted:
    """A broker of a test's own, on one port and one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port: int | None = None
        self._running = ExitStack()

    def start(self) -> str:
        """Start it, where it was before if it was; its address."""
        starting = running_broker(cache=load().cache, port=self._port, data_dir=self._folder)
        address = self._running.enter_context(starting).bootstrap_servers
        self._port = int(address.rpartition(":")[2])
        return address

    def stop(self) -> None:
        """Stop it in good order."""
        self._running.close()


async def test_a_broker_that_goes_away_between_polls_and_during_one_costs_nothing(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry is on the topic once; while the broker is away polls count as undelivered."""
    monkeypatch.setattr(publish, "TIMEOUT_MS", 1_500)
    path = tmp_path / "feeds.yaml"
    path.write_text(f"delay: 0s\nfeeds:\n- {{url: {site.url}/rss, name: example}}\n")
    feeds, broker = load_feeds(path), Restarted(tmp_path / "kafka")
    try:
        settings = load(kafka_bootstrap=await asyncio.to_thread(broker.start))
        await asyncio.to_thread(create_topics, settings, TOPICS)
        metrics = FeedMetrics(feeds.feeds)
        async with (
            publish.Publisher(settings) as publisher,
            run._poller(feeds, publisher, {}, metrics) as poller,
        ):

            async def comes(number: int, text: str = f"{TRUCE} " * 10) -> tuple[str, int]:
                """A poll with one more entry: its outcome, and how many were published."""
                site.items.insert(0, item(number, f"Entry {number}", f"{site.url}/page", text))
                [(_, polled)] = await poller.once(feeds.feeds)
                assert polled.outcome == "read" or "the broker did not take it" in (polled.message or "")
                return polled.outcome, polled.counts.get("published", 0)

            assert await comes(1) == ("read", 1)
            await asyncio.to_thread(broker.stop)
            assert await comes(2) == ("undelivered", 0)
            assert poller.failures == {"example": 1}
            await asyncio.to_thread(broker.start)
            assert await comes(3) == ("read", 2)
            site.before_page = broker.stop
            assert await comes(4, "Its page is asked for.") == ("undelivered", 0)
            site.before_page = int
            await asyncio.to_thread(broker.start)
            assert await comes(5) == ("read", 2)
            assert poller.failures == {"example": 0}
        found = [json.loads(value) for value in await asyncio.to_thread(read_topic_whole, settings)]
    finally:
        await asyncio.to_thread(broker.stop)
    assert [article["title"] for article in found] == [f"Entry {number}" for number in range(1, 6)]
    told = metrics.registry.get_sample_value
    assert told("newswatch_feeds_articles_total", {"feed": "example"}) == 5
    assert told("newswatch_feeds_polls_total", {"outcome": "undelivered"}) == 2
    assert told("newswatch_feeds_polls_total", {"outcome": "read"}) == 3


def read_topic_whole(settings: Settings) -> list[bytes]:
    return list(read_topic(settings, RAW))
