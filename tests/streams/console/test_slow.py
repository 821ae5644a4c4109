"""Answers that take long: how many at once, how long, and for whom."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from streams.console.slow import BusyError, Slow, TooLongError

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.why.limit import Limit

PATIENCE = 20.0


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110  threads have no such events
            await asyncio.sleep(0.01)


class Work:
    """Goes on until it is let go, or has to stop."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()
        self.stopped = 0

    def __call__(self, limit: Limit) -> str:  # noqa: D102
        self.begun.release()
        try:
            while not self.go.wait(0.01):
                limit.check()
        except Exception:
            self.stopped += 1
            raise
        return "done"

    def running(self) -> bool:
        """Whether one more has begun."""
        return self.begun.acquire(blocking=False)


async def test_the_loop_goes_on_meanwhile() -> None:
    """The work is done in a thread."""
    slow, here = Slow(), threading.get_ident()
    assert await slow.answer(lambda _: threading.get_ident()) != here
    assert slow.under_way == 0


async def test_so_many_at_once_so_many_wait_and_no_more() -> None:
    """Who comes then is told at once; the others get their answers."""
    slow, work = Slow(at_once=1, waiting=1), Work()
    asked = [asyncio.create_task(slow.answer(work)) for _ in range(2)]
    await until(work.running)
    assert not work.running()  # the second waits for its turn
    with pytest.raises(
        BusyError, match="2 answers that take seconds are being worked out, which is the most"
    ):
        await slow.answer(work)
    work.go.set()
    assert await asyncio.gather(*asked) == ["done", "done"]
    await until(lambda: slow.under_way == 0)
    assert await slow.answer(work) == "done"


async def test_after_its_time_it_is_said_and_the_thread_stops() -> None:
    """By what the thread itself looks at."""
    slow, work = Slow(seconds=0.1), Work()
    with pytest.raises(TooLongError, match=r"it took longer than 0.1 s to look through the topics"):
        await slow.answer(work)
    await until(lambda: work.stopped == 1 and slow.under_way == 0)


async def test_work_that_does_not_look_keeps_its_place_and_nobody_waiting() -> None:
    """As a connection to a broker that has gone: its thread counts until it ends."""
    slow, ended = Slow(at_once=1, waiting=0, seconds=0.05), threading.Event()

    def deaf(limit: Limit) -> None:
        ended.wait(PATIENCE)

    began = time.monotonic()
    with pytest.raises(TooLongError, match="it took longer"):
        await slow.answer(deaf)
    assert time.monotonic() - began < PATIENCE / 2
    with pytest.raises(BusyError, match="which is the most"):
        await slow.answer(deaf)
    ended.set()
    await until(lambda: slow.under_way == 0)


async def test_a_client_that_goes_ends_its_work() -> None:
    """Told by the server, in the midst of it."""
    slow, work, left = Slow(), Work(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        await left.wait()
        return {"type": "http.disconnect"}

    asked = asyncio.create_task(slow.answer(work, receive))
    await until(work.running)
    left.set()
    with pytest.raises(TooLongError):
        await asked
    await until(lambda: work.stopped == 1 and slow.under_way == 0)


async def test_the_body_of_a_request_is_no_going() -> None:
    """A server tells of it first."""
    slow, work = Slow(), Work()
    told = asyncio.Queue[dict[str, Any]]()
    told.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    asked = asyncio.create_task(slow.answer(work, told.get))
    await until(work.running)
    work.go.set()
    assert await asked == "done"


async def test_what_goes_wrong_in_the_work_is_told() -> None:
    """As it is."""

    def wrong(limit: Limit) -> None:
        raise LookupError("nobody knows it")

    with pytest.raises(LookupError, match="nobody knows it"):
        await Slow().answer(wrong)


async def test_a_server_that_stops_ends_all_work() -> None:
    """What waits for its turn never begins."""
    slow, work = Slow(at_once=1), Work()
    asked = [asyncio.create_task(slow.answer(work)) for _ in range(2)]
    await until(work.running)
    slow.close()
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, TooLongError | asyncio.CancelledError) for one in ended)
    assert work.stopped == 1
