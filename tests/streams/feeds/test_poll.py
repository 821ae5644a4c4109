"""Whole polls of a real server: what is asked, what is published, what is known after."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from streams.feeds import poll
from streams.feeds.client import Client
from streams.feeds.measure import FeedMetrics
from streams.feeds.pages import Pages
from streams.feeds.parser import Parser
from streams.feeds.polite import Polite
from streams.feeds.poll import Undelivered
from streams.feeds.poller import Equipment, Poller
from streams.feeds.state import TRIES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from aiohttp import web
    from conftest import Site

    from streams.feeds.article import Raw
    from streams.feeds.feed import Feed
    from streams.feeds.poll import Polled
    from streams.feeds.state import FeedState

TEXT = "Both sides agreed a truce on Monday, officials in the capital said. " * 20
PAGE = (
    f"<html><head><title>Truce - Example</title></head><body><article><p>{TEXT}</p></article></body></html>"
)
CONSENT = f"<html><body><article><p>{'We value privacy. ' * 30}</p></article></body></html>"
FULL = {"guid": "1", "title": "Truce agreed", "link": "/1", "description": TEXT}
TEASER = {
    "guid": "2",
    "title": "Truce agreed on Monday",
    "link": "/page",
    "description": "Both sides agreed.",
}


class Sink:
    """Takes articles and states; `refuse` names articles it does not take."""

    def __init__(self) -> None:
        self.articles: list[dict[str, Any]] = []
        self.states: dict[str, FeedState] = {}
        self.refuse: set[str] = set()
        self.remembers = True
        self._changed = asyncio.Condition()

    async def taken(self, number: int) -> None:
        """Wait until so many articles are there."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.articles) >= number)

    @property
    def names(self) -> list[str]:
        """Of the articles, in their order."""
        return [article["id"] for article in self.articles]

    async def deliver(self, article: Raw) -> None:
        """Take an article."""
        if article.name in self.refuse:
            raise Undelivered("no broker")
        self.articles.append(msgspec.json.decode(article.payload))
        async with self._changed:
            self._changed.notify_all()

    async def remember(self, key: str, state: FeedState) -> None:
        """Take a state."""
        if not self.remembers:
            raise Undelivered("no broker")
        self.states[key] = state


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """A process for all tests, since it takes seconds to start."""
    it = Parser()
    yield it
    it.close()


class Bench:
    """A poller with what it works with, which can be started anew."""

    def __init__(self, client: Client, parser: Parser, feed: Feed) -> None:
        self.sink = Sink()
        self.feed = feed
        self.metrics = FeedMetrics([feed])
        self._equipment = Equipment(client, parser, Pages(client, parser), self.sink, self.metrics)
        self.restart()

    def restart(self) -> None:
        """Forget all but what is on the topic."""
        self.poller = Poller(self._equipment, self.sink.states)

    async def poll(self) -> Polled:
        """Poll the feed once."""
        [(_, polled)] = await self.poller.once([self.feed])
        return polled

    def count(self, name: str, **labels: str) -> float | None:
        """A metric's value."""
        return self.metrics.registry.get_sample_value(f"newswatch_feeds_{name}", labels)


@pytest.fixture
async def bench(
    site: Site, parser: Parser, make_feed: Callable[..., Feed]
) -> AsyncIterator[Callable[..., Bench]]:
    """Make a bench of a feed at `/rss`, with fields as given."""
    async with Client(Polite(0), seconds=5) as client:
        yield lambda **fields: Bench(client, parser, make_feed(f"{site.url}/rss", **fields))


async def test_new_entries_are_published_once(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """Across a restart too, whatever order the feed has by then."""
    it = bench()
    site.paths["/rss"] = rss(FULL)
    assert (await it.poll()).counts["published"] == 1
    site.paths["/rss"] = rss(FULL | {"guid": "3"}, FULL)
    it.restart()
    assert (await it.poll()).counts == {"published": 1, "again": 0, "known": 1, "old": 0, "left": 0}
    assert it.sink.names == ["1", "3"]
    assert it.count("articles_total", feed="news") == 2
    assert it.count("entries_total", outcome="known") == 1


async def test_what_has_not_changed_is_not_sent_again(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """By ETag and date, across a restart; where the server has neither, by the bytes."""
    it = bench()
    feed = rss(FULL).encode()
    validators = {"ETag": '"1"', "Last-Modified": "Mon, 24 Nov 2025 12:00:00 GMT"}
    site.paths["/rss"] = [{"body": feed, "headers": validators}, 304, feed]
    outcomes = []
    for _ in range(4):
        outcomes.append((await it.poll()).outcome)
        it.restart()
    assert outcomes == ["read", "unchanged", "unchanged", "unchanged"]
    assert site.got[1].headers["If-None-Match"] == '"1"'
    assert site.got[1].headers["If-Modified-Since"] == "Mon, 24 Nov 2025 12:00:00 GMT"
    assert it.count("polls_total", outcome="unchanged") == 3


async def test_a_teaser_gets_the_text_of_its_page(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """After the site was asked what it allows, once; an entry with a text of its own is left alone."""
    it = bench()
    site.paths |= {
        "/rss": rss(TEASER, FULL, TEASER | {"guid": "3", "link": "/page?3"}),
        "/robots.txt": "User-agent: *\nDisallow: /private",
        "/page": {"body": PAGE.encode(), "content_type": "text/html"},
    }
    await it.poll()
    texts = {article["id"]: article["text"] for article in it.sink.articles}
    assert "officials in the capital" in texts["2"]
    assert (site.asked("/robots.txt"), site.asked("/page"), site.asked("/1")) == (1, 2, 0)
    assert it.count("pages_total", outcome="read") == 2


@pytest.mark.parametrize(
    ("paths", "outcome"),
    [
        ({"/robots.txt": "User-agent: newswatch\nDisallow: /page"}, "robots"),
        ({"/robots.txt": 500}, "failed"),
        ({"/page": 404}, "refused"),
        ({"/page": 503}, "busy"),
        ({"/page": {"body": b"%PDF", "content_type": "application/pdf"}}, "wrong_type"),
        ({"/page": {"body": b"<html></html>", "content_type": "text/html"}}, "no_article"),
        (
            {
                "/page": {
                    "body": CONSENT.encode(),
                    "content_type": "text/html",
                }
            },
            "unlike",
        ),
        ({"/page": {"status": 302, "headers": {"Location": "http://169.254.169.254/"}}}, "closed"),
        ({"/page": {"status": 302, "headers": {"Location": "/page"}}}, "redirects"),
    ],
)
async def test_an_entry_goes_out_without_its_page(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str], paths: dict[str, Any], outcome: str
) -> None:
    """Rather a teaser than nothing; what was wrong is counted by its kind."""
    it = bench()
    site.paths |= {"/rss": rss(TEASER), **paths}
    polled = await it.poll()
    assert [page.outcome for page in polled.pages] == [outcome]
    assert it.count("pages_total", outcome=outcome) == 1
    assert [article["text"] for article in it.sink.articles] == ["Both sides agreed."]


async def test_a_page_that_cannot_be_had_for_now_is_tried_again(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """With the next polls, though the feed has not changed; what is found goes out as an update."""
    it = bench()
    site.paths |= {
        "/rss": rss(TEASER),
        "/page": [503, {"body": PAGE.encode(), "content_type": "text/html"}],
    }
    outcomes = []
    for _ in range(3):
        outcomes.append((await it.poll()).outcome)
        it.restart()
    assert outcomes == ["read", "read", "unchanged"]
    assert ["officials" in article["text"] for article in it.sink.articles] == [False, True]


async def test_a_page_that_never_comes_is_given_up(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """The teaser is not published again meanwhile."""
    it = bench()
    site.paths |= {"/rss": rss(TEASER), "/page": 500}
    for _ in range(TRIES + 2):
        await it.poll()
    assert (it.sink.names, site.asked("/page")) == (["2"], TRIES)


async def test_a_link_does_not_lead_into_a_private_network(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str], make_site: Callable[[], Site]
) -> None:
    """Though the feed is there itself: pages on its own host and port are asked for, others aren't."""
    async with make_site().serving() as inside:
        it = bench()
        links = (inside.url + "/admin", "http://localhost:9/", "http://169.254.169.254/", "http://10.0.0.1/")
        items = [TEASER | {"guid": str(n), "link": link} for n, link in enumerate(links)]
        site.paths["/rss"] = rss(*items)
        polled = await it.poll()
        assert [page.outcome for page in polled.pages] == ["closed"] * 4
        assert inside.got == []
    assert len(it.sink.names) == 4


async def test_an_article_the_broker_does_not_take_is_published_later(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """In its order, with all behind it; what was taken is not published again."""
    it = bench()
    site.paths["/rss"] = {
        "body": rss(*(FULL | {"guid": n} for n in "321")).encode(),
        "headers": {"ETag": "x"},
    }
    it.sink.refuse = {"2"}
    polled = await it.poll()
    assert (polled.outcome, polled.counts["left"], it.sink.names) == ("undelivered", 2, ["1"])
    it.restart()
    it.sink.refuse = set()
    assert (await it.poll()).outcome == "read"
    assert it.sink.names == ["1", "2", "3"]
    assert "If-None-Match" not in site.got[-1].headers


async def test_an_entry_we_fail_at_does_not_stop_those_behind_it(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and not tried for ever."""
    it = bench()
    site.paths["/rss"] = rss(*(FULL | {"guid": n} for n in "321"))
    real = poll.raw

    def fail(*given: Any, **named: Any) -> Raw:
        if given[2].id == "2":
            raise RecursionError("too deep")
        return real(*given, **named)

    monkeypatch.setattr(poll, "raw", fail)
    polled = await it.poll()
    assert (polled.outcome, it.sink.names) == ("read", ["1", "3"])
    assert polled.message == "RecursionError: too deep at the entry '2'"
    assert (await it.poll()).outcome == "unchanged"


async def test_a_state_the_broker_does_not_take_is_kept_in_memory(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """And given to it with the next poll."""
    it = bench()
    site.paths["/rss"] = [rss(FULL), rss(FULL)]
    it.sink.remembers = False
    assert (await it.poll()).outcome == "undelivered"
    it.sink.remembers = True
    assert (await it.poll()).outcome == "unchanged"
    assert (it.sink.names, len(it.sink.states), it.count("unremembered_total")) == (["1"], 1, 1)


async def test_a_server_that_asks_for_time_is_left_alone(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """Across a restart too."""
    it = bench()
    site.paths["/rss"] = [{"status": 429, "headers": {"Retry-After": "3600"}}, rss(FULL)]
    first = await it.poll()
    it.restart()
    second = await it.poll()
    assert (first.outcome, second.outcome, site.asked("/rss")) == ("busy", "busy", 1)
    assert "left alone for 3600 s" in first.message
    assert "left alone until" in second.message


async def test_what_is_gone_is_not_asked_for_again(site: Site, bench: Callable[..., Bench]) -> None:
    """Across a restart too; it is told each time."""
    it = bench()
    site.paths["/rss"] = 410
    await it.poll()
    it.restart()
    again = await it.poll()
    assert (again.outcome, site.asked("/rss")) == ("gone", 1)
    assert "take it out of the file" in again.message


async def test_a_feed_that_moved_for_good_is_told(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """It is read all the same."""
    it = bench()
    site.paths |= {"/rss": {"status": 301, "headers": {"Location": "/new"}}, "/new": rss(FULL)}
    polled = await it.poll()
    assert polled.answer is not None
    assert (polled.answer.moved_to, it.sink.names) == (f"{site.url}/new", ["1"])


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (404, "refused", "404"),
        ({"body": b"GIF89a", "content_type": "image/gif"}, "wrong_type", "it is image/gif"),
        (
            {
                "body": b"<html><link rel=alternate type=application/rss+xml href=/f.xml></html>",
                "content_type": "text/html",
            },
            "no_feed",
            "it is text/html and no feed",
        ),
        ({"body": b"", "content_type": "text/xml"}, "no_feed", "no feed"),
    ],
)
async def test_what_is_no_feed_is_told(
    site: Site, bench: Callable[..., Bench], answer: Any, outcome: str, says: str
) -> None:
    """And counted, each time."""
    it = bench()
    site.paths["/rss"] = answer
    polled = await it.poll()
    await it.poll()
    assert (polled.outcome, says in polled.message) == (outcome, True)
    assert it.count("polls_total", outcome=outcome) == 2
    assert it.count("failures", feed="news") == 2


async def test_a_feed_that_hangs_the_parser_costs_only_itself(
    site: Site, make_feed: Callable[..., Feed], rss: Callable[..., str]
) -> None:
    """200,000 open elements take feedparser ten seconds; its process is ended, the next feed is read."""
    slow = Parser(seconds=60.0)
    try:
        await slow.start()
        slow._seconds = 2.0
        async with Client(Polite(0), seconds=20) as client:
            it = Bench(client, slow, make_feed(f"{site.url}/rss"))
            site.paths["/rss"] = [b"<rss version='2.0'><channel>" + b"<a>" * 400_000, rss(FULL)]
            polled = await it.poll()
            assert (polled.outcome, polled.message) == ("unread", "reading it took longer than 2 s")
            slow._seconds = 60.0
            assert (await it.poll()).outcome == "read"
    finally:
        slow.close()


async def test_a_stop_leaves_what_is_not_begun(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """While a page hangs: what was published is remembered, the rest comes with the next poll."""
    it = bench()
    hanging = asyncio.Event()

    async def hang(_: web.BaseRequest) -> web.Response:
        hanging.set()
        await asyncio.sleep(60)
        raise AssertionError

    site.paths |= {"/rss": rss(TEASER, FULL), "/page": hang}
    polling = asyncio.create_task(it.poller.once([it.feed]))
    await hanging.wait()
    it.poller.stop()
    [(_, polled)] = await polling
    assert (polled.counts["published"], polled.counts["left"]) == (1, 1)
    site.paths["/page"] = {"body": PAGE.encode(), "content_type": "text/html"}
    it.restart()
    await it.poll()
    assert it.sink.names == ["1", "2"]


async def test_a_stop_cuts_a_request_off(site: Site, bench: Callable[..., Bench]) -> None:
    """A poll that has published nothing is none."""
    it = bench()
    hanging = asyncio.Event()

    async def hang(_: web.BaseRequest) -> web.Response:
        hanging.set()
        await asyncio.sleep(60)
        raise AssertionError

    site.paths["/rss"] = hang
    polling = asyncio.create_task(it.poller.run([it.feed]))
    await hanging.wait()
    it.poller.stop()
    await asyncio.wait_for(polling, 5)
    assert it.count("polls_total", outcome="connection") == 0


async def test_feeds_are_polled_again_and_again(
    site: Site, bench: Callable[..., Bench], rss: Callable[..., str]
) -> None:
    """At their own times, until stopped."""
    it = bench(every=0.05)
    site.paths["/rss"] = [rss(FULL | {"guid": str(n)}) for n in range(5)]
    polling = asyncio.create_task(it.poller.run([it.feed]))
    async with asyncio.timeout(30):
        await it.sink.taken(5)
    it.poller.stop()
    await polling
    assert it.sink.names == list("01234")
