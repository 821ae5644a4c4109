"""Events in batches: what is acknowledged, when, and in which order."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from faust.streams import current_event

from streams.batches import batches, for_each_batch, for_each_batch_ahead
from streams.consumer import LostRecords

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LONG = 30.0
"""Seconds that no test waits for."""


class Stream:
    """As much of a Faust stream as batches need: events are put in, acknowledgements are read off."""

    def __init__(self, *events: int, ended: bool = False) -> None:
        self.enable_acks = True
        self.acked: list[int] = []
        self.followed: list[int] = []
        self.app = SimpleNamespace(consumer=SimpleNamespace(follow=self.follow))
        self.queue: asyncio.Queue[int | None] = asyncio.Queue()
        for event in (*events, None) if ended else events:
            self.queue.put_nowait(event)

    async def events(self) -> AsyncIterator[int]:
        """Until None was put in."""
        while (event := await self.queue.get()) is not None:
            yield event

    async def follow(self, event: int) -> None:
        """A negative number comes after a hole."""
        if event < 0:
            raise LostRecords(event)
        self.followed.append(event)

    async def ack(self, event: int) -> None:
        """Remember it."""
        self.acked.append(event)


async def until(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), LONG)


async def turn() -> None:
    """Let every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_full_batch_is_handed_over_at_once() -> None:
    """Without waiting for the linger; Faust's own acknowledgements are off."""
    stream = Stream(1, 2, 3, 4, 5)
    found = batches(stream, size=2, within=LONG)
    assert [await anext(found), await anext(found)] == [[1, 2], [3, 4]]
    assert stream.enable_acks is False
    assert stream.acked == []


async def test_what_there_is_is_handed_over_in_time() -> None:
    """A batch that doesn't fill goes on after `within`, and no event is lost on the way."""
    stream = Stream(1, 2)
    found = batches(stream, size=10, within=0.01)
    assert await asyncio.wait_for(anext(found), LONG) == [1, 2]
    stream.queue.put_nowait(3)
    assert await asyncio.wait_for(anext(found), LONG) == [3]


async def test_the_end_of_a_stream_hands_over_the_rest() -> None:
    """Nothing is kept back for a batch that will never fill."""
    assert [batch async for batch in batches(Stream(1, 2, 3, ended=True), size=2, within=LONG)] == [
        [1, 2],
        [3],
    ]


async def test_the_current_event_is_of_the_batch_at_work() -> None:
    """Faust writes tables only while it knows an event; reading ahead must not change it."""
    stream = Stream(1, 2, 3, 4, ended=True)
    seen = []

    async def work(_batch: list[int]) -> None:
        await turn()
        seen.append(current_event())

    await for_each_batch(stream, work, size=2)
    assert seen == [2, 4]


async def test_events_are_acknowledged_after_the_work_returned() -> None:
    """Not while it goes on."""
    stream = Stream(1, 2, 3, 4, ended=True)
    acked_while_at_work = []

    async def work(_batch: list[int]) -> None:
        await turn()
        acked_while_at_work.append(list(stream.acked))

    await for_each_batch(stream, work, size=2)
    assert acked_while_at_work == [[], [1, 2]]
    assert stream.acked == [1, 2, 3, 4]


async def test_a_failure_acknowledges_nothing_of_its_batch() -> None:
    """The error comes out, and the batch will be delivered again."""
    stream = Stream(1, 2, 3, 4)

    async def work(batch: list[int]) -> None:
        if 3 in batch:
            raise OSError("no delivery")

    with pytest.raises(OSError, match="no delivery"):
        await for_each_batch(stream, work, size=2)
    assert stream.acked == [1, 2]


async def test_an_event_after_a_hole_is_not_worked_on() -> None:
    """Each is held against the one before when it comes, and the step ends with the error."""
    stream = Stream(1, 2, -3)
    worked: list[int] = []

    async def work(batch: list[int]) -> None:
        worked.extend(batch)

    with pytest.raises(LostRecords):
        await for_each_batch(stream, work, size=1)
    assert (stream.followed, worked, stream.acked) == ([1, 2], [1, 2], [1, 2])


async def test_a_cancellation_acknowledges_nothing() -> None:
    """A worker told to stop in the middle of a batch leaves it to the next one."""
    stream = Stream(1, 2)
    begun = asyncio.Event()

    async def work(_batch: list[int]) -> None:
        begun.set()
        await asyncio.sleep(LONG)

    task = asyncio.create_task(for_each_batch(stream, work, size=2))
    await until(begun)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert stream.acked == []


class Ahead:
    """Work whose end the test decides, batch by batch; remembers what is under way and what is finished."""

    def __init__(self) -> None:
        self.gates: dict[int, asyncio.Event] = {}
        self.begun: list[int] = []
        self.finished: list[int] = []

    def gate(self, number: int) -> asyncio.Event:
        """What the work on a batch waits for."""
        return self.gates.setdefault(number, asyncio.Event())

    async def work(self, batch: list[int]) -> int:
        """Wait for the test."""
        self.begun.append(batch[0])
        await self.gate(batch[0]).wait()
        return batch[0]

    async def finish(self, number: int) -> None:
        """Remember it."""
        self.finished.append(number)


async def test_batches_end_in_the_order_they_came() -> None:
    """The second is done first; it waits, unacknowledged, for the first."""
    stream, ahead = Stream(1, 2), Ahead()
    task = asyncio.create_task(for_each_batch_ahead(stream, ahead.work, ahead.finish, size=1, ahead=2))
    ahead.gate(2).set()
    await turn()
    assert (ahead.begun, ahead.finished, stream.acked) == ([1, 2], [], [])
    ahead.gate(1).set()
    await turn()
    assert (ahead.finished, stream.acked) == ([1, 2], [1, 2])
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("ahead_of", [1, 2, 3])
async def test_no_more_than_that_many_are_under_way(ahead_of: int) -> None:
    """The next one begins when one is finished, not before."""
    stream, ahead = Stream(*range(1, 9)), Ahead()
    task = asyncio.create_task(for_each_batch_ahead(stream, ahead.work, ahead.finish, size=1, ahead=ahead_of))
    await turn()
    assert len(ahead.begun) == ahead_of
    ahead.gate(1).set()
    await turn()
    assert len(ahead.begun) == ahead_of + 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_failure_ahead_acknowledges_nothing_from_there_on() -> None:
    """Neither the batch that failed nor the one after it, though that one's work is done."""
    stream, ahead = Stream(1, 2, 3), Ahead()

    async def work(batch: list[int]) -> int:
        number = await ahead.work(batch)
        if number == 2:
            raise OSError("no pool")
        return number

    task = asyncio.create_task(for_each_batch_ahead(stream, work, ahead.finish, size=1, ahead=3))
    await turn()
    for number in (1, 3, 2):
        ahead.gate(number).set()
        await turn()
    with pytest.RaisesGroup(pytest.RaisesExc(OSError, match="no pool")):
        await task
    assert stream.acked == [1]


async def test_a_failed_delivery_ahead_acknowledges_nothing() -> None:
    """`finish` raises: its batch stays unacknowledged, and the step ends with the error."""
    stream, ahead = Stream(1, 2), Ahead()
    ahead.gate(1).set()
    ahead.gate(2).set()

    async def finish(_number: int) -> None:
        raise OSError("broker gone")

    with pytest.RaisesGroup(pytest.RaisesExc(OSError, match="broker gone")):
        await for_each_batch_ahead(stream, ahead.work, finish, size=1, ahead=2)
    assert stream.acked == []
