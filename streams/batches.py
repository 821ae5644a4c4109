"""Events of a Faust stream in batches, acknowledged only once they are done.

Faust's own `take` acknowledges its batch even when the agent raised or was stopped in the middle of it, and
so loses news. Here an event is acknowledged once the work on its batch has returned, and not otherwise.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from faust.streams import _current_event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

T = TypeVar("T")

LINGER = 0.02
"""Seconds to wait for a batch to fill; seven hops of it stay far below the objective of 5 s an alert."""


async def batches(stream: Any, *, size: int, within: float = LINGER) -> AsyncIterator[list[Any]]:
    """Yield up to `size` events at a time, without acknowledging them.

    The last event of a batch is Faust's current event while the caller works on it, so tables can be written.
    """
    stream.enable_acks = False
    loop = asyncio.get_running_loop()
    events = stream.events()
    upcoming: asyncio.Future[Any] | None = None
    try:
        while True:
            batch: list[Any] = []
            deadline: float | None = None
            while len(batch) < size:
                upcoming = upcoming or asyncio.ensure_future(anext(events))
                timeout = None if deadline is None else max(0.0, deadline - loop.time())
                await asyncio.wait({upcoming}, timeout=timeout)
                if not upcoming.done():
                    break
                done, upcoming = upcoming, None
                try:
                    event = done.result()
                except StopAsyncIteration:
                    if batch:
                        yield batch
                    return
                await stream.app.consumer.follow(event)
                batch.append(event)
                deadline = deadline or loop.time() + within
            # Reading ahead happens in a task of its own, so its current event is not this task's. The
            # stream's own notion of it is left alone: the next event may just be on its way out.
            _current_event.set(partial(_last, batch))  # type: ignore[arg-type]  # all it does is call
            yield batch
    finally:
        if upcoming is not None:
            upcoming.cancel()


def _last(batch: list[Any]) -> Any:
    return batch[-1]


async def for_each_batch(
    stream: Any, work: Callable[[list[Any]], Awaitable[None]], *, size: int, within: float = LINGER
) -> None:
    """Do `work` on a batch, then acknowledge it, one batch after the other."""
    async for batch in batches(stream, size=size, within=within):
        await work(batch)
        for event in batch:
            await stream.ack(event)


async def for_each_batch_ahead(
    stream: Any,
    work: Callable[[list[Any]], Awaitable[T]],
    finish: Callable[[T], Awaitable[None]],
    *,
    size: int,
    ahead: int,
    within: float = LINGER,
) -> None:
    """Do `work` on up to `ahead` batches at a time; `finish` and acknowledge them in the order they came.

    For stateless steps whose work is done elsewhere (a process pool) and should not wait for the delivery of
    what came before.
    """
    under_way: asyncio.Queue[tuple[list[Any], asyncio.Task[T]]] = asyncio.Queue()
    slots = asyncio.Semaphore(ahead)

    async def finish_in_order() -> None:
        while True:
            batch, task = await under_way.get()
            await finish(await task)
            for event in batch:
                await stream.ack(event)
            slots.release()

    async with asyncio.TaskGroup() as group:
        finisher = group.create_task(finish_in_order())
        async for batch in batches(stream, size=size, within=within):
            await slots.acquire()
            under_way.put_nowait((batch, group.create_task(_run(work, batch))))
        finisher.cancel()


async def _run(work: Callable[[list[Any]], Awaitable[T]], batch: list[Any]) -> T:
    return await work(batch)
