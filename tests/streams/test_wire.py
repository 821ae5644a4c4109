"""Sending that waits for the brokers, tables, and what this worker reads."""

from __future__ import annotations

import asyncio
from collections import namedtuple
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from streams.emit import Emit
from streams.metrics import Metrics
from streams.records import Rejection, Tick
from streams.settings import load
from streams.topology import ARTICLES, OUTCOMES
from streams.wire import Wire, decoder

TP = namedtuple("TP", "topic partition")  # noqa: PYI024  as Faust's own
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


class Topic:
    """Keeps what is sent; a test says when the broker has it."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.delivered: list[asyncio.Future[None]] = []

    async def send(self, **record: Any) -> asyncio.Future[None]:
        """As Faust's: what it returns is done once the broker has the record."""
        self.sent.append(record)
        self.delivered.append(asyncio.get_running_loop().create_future())
        return self.delivered[-1]


class Signal:
    """Faust's, with one receiver."""

    def connect(self, receiver: Any, **_: Any) -> None:
        """Remember whom to tell."""
        self.receiver = receiver


class App:
    """As much of a Faust app as the wire needs."""

    def __init__(self) -> None:
        self.on_partitions_assigned = Signal()
        self.topics: dict[str, Topic] = {}

    def topic(self, *names: str, **_: Any) -> Topic:
        """One for each name."""
        return self.topics.setdefault(",".join(names), Topic())

    async def assign(self, *partitions: TP) -> None:
        """What a rebalance ends with."""
        await self.on_partitions_assigned.receiver(self, set(partitions))


async def turn() -> None:
    """Let every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)


def wire(app: App) -> Wire:
    return Wire(app, load({}, topic_prefix="t."), Metrics())


async def test_delivery_is_waited_for() -> None:
    """`deliver` returns once the broker has the last record, stamped with its event time."""
    app = App()
    task = asyncio.create_task(wire(app).deliver([Emit(OUTCOMES, "a", Tick(time=NOON), NOON)] * 2))
    await turn()
    topic = app.topics["t.news.outcomes"]
    topic.delivered[0].set_result(None)
    await turn()
    assert not task.done()
    topic.delivered[1].set_result(None)
    await task
    assert topic.sent[0]["key"] == b"a"
    assert topic.sent[0]["timestamp"] == NOON.timestamp()
    assert msgspec.json.decode(topic.sent[0]["value"])["type"] == "tick"


async def test_a_record_not_taken_is_an_error() -> None:
    """So that the inputs stay unacknowledged."""
    app = App()
    task = asyncio.create_task(wire(app).deliver([Emit(ARTICLES, "a", Tick(time=NOON), NOON)]))
    await turn()
    app.topics["t.news.articles"].delivered[0].set_exception(OSError("too large"))
    with pytest.raises(OSError, match="too large"):
        await task


def test_writes_set_and_delete() -> None:
    """None deletes, also where there is nothing to delete."""
    table = {b"kept": b"1", b"gone": b"2"}
    Wire.write(table, {"new": b"3", "gone": None, "never": None})
    assert table == {b"kept": b"1", b"new": b"3"}


async def test_it_knows_what_this_worker_reads() -> None:
    """Only the edition's own topics count, and only those given last."""
    app = App()
    it = wire(app)
    assert not it.joined
    await app.assign(TP("t.news.outcomes", 0), TP("news.articles", 0))
    assert (it.joined, it.owns(OUTCOMES), it.owns(ARTICLES)) == (True, True, False)
    await app.assign()
    assert (it.joined, it.owns(OUTCOMES)) == (True, False)


async def test_memory_is_stale_after_every_assignment() -> None:
    """Also after one that gives a partition back: another worker may have had it in between."""
    app = App()
    it = wire(app)
    counts = [it.assignments(OUTCOMES)]
    for given in ([TP("t.news.outcomes", 0)], [], [TP("t.news.outcomes", 0)], [TP("t.news.outcomes", 0)]):
        await app.assign(*given)
        counts.append(it.assignments(OUTCOMES))
    assert counts == [0, 1, 1, 2, 3]


def test_a_decoder_takes_its_own_records_only() -> None:
    """A tag of another record is an error, not another type."""
    with pytest.raises(msgspec.ValidationError, match="tick"):
        decoder(Rejection)(msgspec.json.encode(Tick(time=NOON)))
