"""What an agent sees of Faust and Kafka, as doubles that record: a stream to read, a wire to send on.

Everything else in a test of an agent is real: the agent's own function, its batches, its pools, its metrics.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from agents.ingest.parse import Delivery, Refused, parse
from seeds import ARTICLES as SEEDS
from streams.metrics import Metrics
from streams.records import Article, Position
from streams.settings import load
from streams.wire import Wire, encoder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from streams.emit import Emit

ARRIVED = datetime(2025, 11, 24, 12, tzinfo=UTC)

PATIENCE = 60.0
"""Seconds in which an agent has to have done its work."""


class Partition(NamedTuple):
    """A partition as an assignment names it."""

    topic: str
    partition: int


class Table(dict[bytes, bytes]):
    """A table that has no files."""

    data = SimpleNamespace(partition_path=lambda _partition: Path("no/such/table"))


class App:
    """Keeps what an agent registers; tables are dicts, which outlive it as they do a worker."""

    def __init__(self, tables: dict[str, dict[bytes, bytes]]) -> None:
        self.tables = tables
        self.agents: dict[str, Callable[[Any], Awaitable[None]]] = {}
        self.timers: list[Callable[[], Awaitable[None]]] = []
        self.on_partitions_assigned = SimpleNamespace(connect=lambda _callback, **_: None)

    def topic(self, *names: str, **_: Any) -> tuple[str, ...]:
        """Its names are all that an agent needs."""
        return names

    def Table(self, name: str, **_: Any) -> dict[bytes, bytes]:  # noqa: N802  Faust's name
        """The table of this name, new or as the worker before left it."""
        return self.tables.setdefault(name, Table())

    def agent(self, _topic: object, *, name: str) -> Callable[[Any], Any]:
        """Keep the function as it is."""

        def keep(function: Any) -> Any:
            self.agents[name] = function
            return function

        return keep

    def timer(self, **_: float) -> Callable[[Any], Any]:
        """Keep the function; the test says when time is up."""

        def keep(function: Any) -> Any:
            self.timers.append(function)
            return function

        return keep


class RecordingWire(Wire):
    """The wire whose broker is a list; `failing` is raised in place of a delivery."""

    def __init__(self, tables: dict[str, dict[bytes, bytes]], **settings: Any) -> None:
        super().__init__(App(tables), load({}, **settings), Metrics())
        self.sent: list[Emit] = []
        self.failing: Exception | None = None

    async def deliver(self, emits: Any) -> None:
        """Record what can be encoded, unless deliveries fail."""
        if self.failing is not None:
            raise self.failing
        for emit in emits:
            encoder.encode(emit.value)
        self.sent += emits

    def on(self, topic: str) -> list[Any]:
        """What was sent to a topic."""
        return [emit.value for emit in self.sent if emit.topic == topic]

    async def assign(self, *topics: str) -> None:
        """Give this worker the partition of these topics, and take all others away."""
        await self._on_assigned(None, {Partition(self.settings.topic_prefix + name, 0) for name in topics})

    def number(self, name: str, **labels: str) -> float | None:
        """What a metric shows."""
        return self.metrics.registry.get_sample_value(f"newswatch_{name}", labels)


class Stream:
    """Events for an agent; after the last it waits, as Kafka does, until the test is over."""

    def __init__(self) -> None:
        self.enable_acks = True
        self.acked: list[int] = []
        self.app = SimpleNamespace(consumer=self)
        self._events: asyncio.Queue[Any] = asyncio.Queue()
        self._put = 0
        self.all_acked = asyncio.Event()

    def put(self, value: Any, *, offset: int, topic: str = "t", headers: Any = ()) -> None:
        """Add a record (bytes, or a struct to encode) at an offset."""
        value = value if isinstance(value, bytes) else encoder.encode(value)
        message = SimpleNamespace(
            topic=topic, partition=0, offset=offset, timestamp=1_700_000_000.0, headers=headers, value=value
        )
        self._events.put_nowait(SimpleNamespace(value=value, message=message))
        self._put += 1
        self.all_acked.clear()

    async def events(self) -> AsyncIterator[Any]:
        """Yield what was put."""
        while True:
            yield await self._events.get()

    async def follow(self, _event: Any) -> None:
        """What is put comes; that Kafka's offsets have no hole is tested with the consumer itself."""

    async def ack(self, event: Any) -> None:
        """Note the offset."""
        self.acked.append(event.message.offset)
        if len(self.acked) == self._put:
            self.all_acked.set()


async def drive(agent: Callable[[Any], Awaitable[None]], stream: Stream) -> None:
    """Run an agent until it has acknowledged all that was put, or failed."""
    working = asyncio.ensure_future(agent(stream))
    acked = asyncio.ensure_future(stream.all_acked.wait())
    try:
        await asyncio.wait({working, acked}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
        assert acked.done(), f"after {PATIENCE} s only {stream.acked} are acknowledged"
    finally:
        working.cancel()
        acked.cancel()
        await asyncio.gather(working, acked, return_exceptions=True)


@pytest.fixture(scope="session")
def make_wire() -> Callable[..., RecordingWire]:
    """Make a wire: `make_wire(tables, **settings)`."""

    def make(tables: dict[str, dict[bytes, bytes]] | None = None, **settings: Any) -> RecordingWire:
        return RecordingWire({} if tables is None else tables, **settings)

    return make


@pytest.fixture
def stream() -> Stream:
    """An empty stream."""
    return Stream()


@pytest.fixture(scope="session")
def run_agent() -> Callable[..., Awaitable[None]]:
    """`drive`."""
    return drive


@pytest.fixture(scope="session")
def seed_articles() -> list[Article]:
    """The seed articles as the ingest step delivers them, in the order of their names."""
    articles = []
    for offset, path in enumerate(sorted(SEEDS.iterdir())):
        position = Position(topic="news.raw", partition=0, offset=offset)
        parsed = parse(
            Delivery(
                payload=path.read_bytes(), position=position, arrived=ARRIVED, origin="replay", name=path.name
            )
        )
        assert not isinstance(parsed, Refused)
        articles.append(parsed)
    return articles
