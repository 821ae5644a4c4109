"""All feeds, polled once or for ever."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import structlog
from msgspec.structs import replace

from streams.feeds.poll import GOOD, Polled, Stopped, Undelivered, poll
from streams.feeds.schedule import GONE, wait
from streams.feeds.state import FeedState

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from typing import Any, Protocol

    from yarl import URL

    from streams.feeds.answer import Answer
    from streams.feeds.article import Raw
    from streams.feeds.client import Ask, Client
    from streams.feeds.feed import Feed
    from streams.feeds.measure import FeedMetrics
    from streams.feeds.pages import Page, Pages
    from streams.feeds.parser import Parser
    from streams.feeds.reading import Entry, Reading

    class Sink(Protocol):
        """Where articles and states go: `streams.feeds.publish.Publisher`."""

        async def deliver(self, article: Raw) -> None:
            """Publish an article."""

        async def remember(self, key: str, state: FeedState) -> None:
            """Keep what is known of a feed."""


log = structlog.get_logger(__name__)
T = TypeVar("T")


class Equipment(NamedTuple):
    """What a poller works with."""

    client: Client
    parser: Parser
    pages: Pages
    sink: Sink | None
    """None: nothing is published, and nothing remembered."""
    metrics: FeedMetrics


class Poller:
    """Polls feeds, each at its own times."""

    def __init__(
        self, equipment: Equipment, states: dict[str, FeedState], *, sample: int | None = None
    ) -> None:
        """Make one.

        Args:
            equipment: to work with.
            states: what is known of the feeds, by their keys.
            sample: of each feed take so many of the newest entries at most.
        """
        self._with = equipment
        self._states = dict(states)
        self._sample = sample
        self._remembered = dict(states)
        self._stop = asyncio.Event()
        self._said: set[tuple[str, str]] = set()
        self.failures: dict[str, int] = {}
        """Polls in a row that failed, by the names of the feeds that do."""

    def stop(self) -> None:
        """Come to an end: what the broker is being given is waited for, all else is left."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether it is told to stop."""
        return self._stop.is_set()

    async def once(self, feeds: Iterable[Feed]) -> list[tuple[Feed, Polled]]:
        """Poll each feed once; those that a stop cut off are missing."""
        given = list(feeds)
        polled = await asyncio.gather(*(self._once(feed) for feed in given))
        return [(feed, found) for feed, found in zip(given, polled, strict=True) if found is not None]

    async def run(self, feeds: Iterable[Feed]) -> None:
        """Poll the feeds until told to stop.

        Raises:
            ExceptionGroup: what nobody thought of; it ends all of them.
        """
        async with asyncio.TaskGroup() as group:
            for feed in feeds:
                group.create_task(self._follow(feed))

    async def _follow(self, feed: Feed) -> None:
        asks: float | None = None
        while not self.stopping():
            polled = await self._once(feed)
            if polled is None:
                return
            asks = polled.reading.asks if polled.reading else asks
            await self._sleep(self._wait(feed, polled, asks))

    def _wait(self, feed: Feed, polled: Polled, asks: float | None) -> float:
        now = datetime.now(UTC)
        if polled.outcome == "gone" and polled.state.gone is not None:
            return max(60.0, GONE - (now - polled.state.gone).total_seconds())
        retry_after = (polled.state.not_before - now).total_seconds() if polled.state.not_before else None
        return wait(feed, asks, self.failures.get(feed.name, 0), retry_after, random.random())

    async def _once(self, feed: Feed) -> Polled | None:
        state = self._states.get(feed.key) or FeedState(feed=feed.shown)
        if (left_alone := _left_alone(state, datetime.now(UTC))) is not None:
            self._tell(feed, left_alone)
            return left_alone
        began = time.monotonic()
        try:
            polled = await poll(feed, state, self, sample=self._sample)
        except Stopped:
            return None
        self._states[feed.key] = polled.state
        polled = await self._remembered_by(polled, feed)
        failed = 0 if polled.outcome in GOOD else self.failures.get(feed.name, 0) + 1
        self.failures[feed.name] = failed
        self._with.metrics.count(feed, polled, failed, time.monotonic() - began, time.time())
        self._tell(feed, polled)
        return polled

    async def _remembered_by(self, polled: Polled, feed: Feed) -> Polled:
        """The poll, after the broker has what is known of the feed, or has not."""
        state = polled.state
        if self._with.sink is None or state == self._remembered.get(feed.key):
            return polled
        try:
            await self._with.sink.remember(feed.key, replace(state, time=datetime.now(UTC)))
        except Undelivered as error:
            self._with.metrics.unremembered.inc()
            return polled._replace(
                outcome="undelivered", message=f"what is known of it was not kept: {error}"
            )
        self._remembered[feed.key] = state
        return polled

    def _tell(self, feed: Feed, polled: Polled) -> None:
        about = {"feed": feed.name, "outcome": polled.outcome}
        if polled.outcome not in GOOD:
            log.warning("a feed was not read", **about, message=polled.message)
            return
        counts = {name: number for name, number in polled.counts.items() if number}
        told = log.info if polled.articles or polled.counts.get("left") else log.debug
        told("a feed was read", **about, **counts)
        if polled.message:
            self._tell_once(feed, polled.message, "a feed is broken; what could be read of it was taken")
        if polled.answer is not None and polled.answer.moved_to:
            moved = shown_move(feed, polled.answer.moved_to)
            self._tell_once(feed, moved, "a feed has moved for good: put its new address into the file")

    def _tell_once(self, feed: Feed, message: str, event: str) -> None:
        if (feed.name, message) not in self._said:
            self._said.add((feed.name, message))
            log.warning(event, feed=feed.name, message=message)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of work that a stop may cut off.

        Raises:
            Stopped: it did.
        """
        doing, stop = asyncio.ensure_future(work), asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({doing, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not doing.done():
                raise Stopped
            return doing.result()
        finally:
            await _ended(doing, stop)

    async def get(self, ask: Ask) -> Answer:
        """Ask for a feed."""
        return await self._unless_stopped(self._with.client.get(ask))

    async def read(self, body: bytes, content_type: str | None, url: str) -> Reading:
        """Read a feed."""
        return await self._unless_stopped(self._with.parser.feed(body, content_type, url))

    async def page(self, entry: Entry, feed: Feed, home: URL) -> Page:
        """The page of an entry."""
        return await self._unless_stopped(self._with.pages.of(entry, feed, home))

    async def deliver(self, feed: Feed, article: Raw) -> None:
        """Publish an article."""
        if self._with.sink is not None:
            await self._with.sink.deliver(article)
            self._with.metrics.articles.labels(feed.name).inc()


def shown_move(feed: Feed, moved_to: str) -> str:
    """A new address, without its query where that may hold what the file keeps in the environment."""
    return moved_to if feed.url == feed.shown else moved_to.partition("?")[0]


def _left_alone(state: FeedState, now: datetime) -> Polled | None:
    """What there is to say of a feed that is not to be asked now."""
    if state.gone is not None and now - state.gone < timedelta(seconds=GONE):
        message = (
            f"gone for good, its server says since {state.gone:%Y-%m-%d %H:%MZ}: take it out of the file"
        )
        return Polled("gone", message, state)
    if state.not_before is not None and now < state.not_before:
        return Polled("busy", f"left alone until {state.not_before:%Y-%m-%d %H:%M:%SZ}, as it asks", state)
    return None


async def _ended(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
