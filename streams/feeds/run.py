"""`newswatch feeds` from start to end."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from streams.feeds.client import Client
from streams.feeds.measure import FeedMetrics
from streams.feeds.pages import Pages
from streams.feeds.parser import Parser
from streams.feeds.polite import Polite
from streams.feeds.poller import Equipment, Poller
from streams.feeds.publish import Publisher, check, recall
from streams.feeds.show import ShownFeed, shown
from streams.health import ASK_SECONDS, SILENT_SECONDS, STUCK_SECONDS, broker_answers
from streams.port import Port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from streams.cluster import Cluster
    from streams.feeds.feed import Feeds
    from streams.feeds.poller import Sink
    from streams.settings import Settings

log = structlog.get_logger(__name__)

SAMPLE = 3
"""Entries of each feed that a check goes through with, their pages too."""
NAMED = 20
"""Failing feeds that `/readyz` names."""


class Ended(NamedTuple):
    """What came of polling each feed once."""

    feeds: list[ShownFeed]
    interrupted: bool


async def checked(feeds: Feeds) -> Ended:
    """Poll each feed once, without a broker: nothing is published, and nothing remembered."""
    async with _poller(feeds, None, {}, FeedMetrics(feeds.feeds), sample=SAMPLE) as poller:
        return await _once(feeds, poller)


async def once(feeds: Feeds, settings: Settings) -> Ended:
    """Poll each feed once, and publish what is new.

    Raises:
        KafkaUnusable: no broker answers.
        TopicsError: a topic is missing.
    """
    check(settings)
    states = await recall(settings)
    async with (
        Publisher(settings) as publisher,
        _poller(feeds, publisher, states, FeedMetrics(feeds.feeds)) as poller,
    ):
        return await _once(feeds, poller)


async def follow(feeds: Feeds, settings: Settings) -> None:
    """Poll the feeds until SIGINT or SIGTERM, with metrics and health on a port.

    Raises:
        KafkaUnusable: no broker answers at the start; later it is waited for.
        TopicsError: a topic is missing.
        HealthError: the port can't be served.
    """
    check(settings)
    metrics = FeedMetrics(feeds.feeds)
    states = await recall(settings)
    async with (
        Publisher(settings) as publisher,
        _poller(feeds, publisher, states, metrics) as poller,
    ):
        pulse = Pulse(settings.cluster, poller, len(feeds.feeds))
        port = Port(metrics.registry, pulse.state)
        url = port.serve(settings.metrics_host, settings.feeds_port, "metrics-port", "FEEDS_PORT")
        log.info("polling feeds", feeds=len(feeds.feeds), known=len(states), url=url)
        beating = asyncio.create_task(pulse.beat())
        try:
            await poller.run(feeds.feeds)
        finally:
            beating.cancel()
            port.close()
    log.info("stopped")


class Pulse:
    """Whether the poller lives and is ready."""

    def __init__(self, cluster: Cluster, poller: Poller, feeds: int) -> None:
        self._cluster = cluster
        self._poller = poller
        self._feeds = feeds
        self._beat = self._answered = time.monotonic()

    async def beat(self) -> None:
        """Go on for as long as the event loop turns, and ask the brokers now and then."""
        asked = 0.0
        asking: asyncio.Task[bool] | None = None
        while True:
            self._beat = time.monotonic()
            if asking is not None and asking.done():
                self._answered = self._beat if asking.result() else self._answered
                asking = None
            if asking is None and self._beat - asked >= ASK_SECONDS:
                asked, asking = self._beat, asyncio.create_task(broker_answers(self._cluster))
            await asyncio.sleep(1.0)

    def state(self) -> tuple[bool, bool, dict[str, Any]]:
        """For the port: alive, ready, and the facts."""
        silent = time.monotonic() - self._beat
        alive = silent < STUCK_SECONDS
        unmet = ["broker"] if self._beat - self._answered > SILENT_SECONDS else []
        failing = sorted(name for name, failures in self._poller.failures.copy().items() if failures)
        facts = {
            "ready": alive and not unmet,
            "unmet": unmet,
            "loop_silent_seconds": round(silent, 1),
            "feeds": self._feeds,
            "failing": failing[:NAMED],
        }
        return alive, alive and not unmet, facts


async def _once(feeds: Feeds, poller: Poller) -> Ended:
    polled = await poller.once(feeds.feeds)
    return Ended([shown(feed, found) for feed, found in polled], poller.stopping())


@asynccontextmanager
async def _poller(
    feeds: Feeds, sink: Sink | None, states: dict[str, Any], metrics: FeedMetrics, sample: int | None = None
) -> AsyncIterator[Poller]:
    parser = Parser()
    try:
        await parser.start()
        metrics.pools.add("parsers", lambda: parser.pids)
        async with Client(Polite(feeds.delay), contact=feeds.contact) as client:
            equipment = Equipment(client, parser, Pages(client, parser), sink, metrics)
            poller = Poller(equipment, states, sample=sample)
            with _stopped_by_signals(poller):
                yield poller
    finally:
        parser.close()


@contextmanager
def _stopped_by_signals(poller: Poller) -> Iterator[None]:
    """The first SIGINT or SIGTERM stops the poller in good order, a second one at once."""
    loop, main = asyncio.get_running_loop(), asyncio.current_task()

    def ask() -> None:
        if poller.stopping() and main is not None:
            main.cancel()
        poller.stop()

    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, ask)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
