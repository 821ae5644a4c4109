"""Answers that take seconds: worked out in threads, so many at once, each for so long."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from streams.why.limit import GivenUp, Limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Message

Answer = TypeVar("Answer")

AT_ONCE = 2
"""The topics are read in pieces of 4 MiB, and up to 16 of them are kept: 64 MiB each."""
WAITING = 8
"""For their turn; whoever comes then is sent away."""
SECONDS = 30.0
"""For one, its turn included: of 100,000 articles it takes 3 s, where others work as well 8 s."""


class BusyError(Exception):
    """Too many wait for an answer; the message says how many are the most."""


class TooLongError(Exception):
    """An answer took too long, or nobody waits for it any more; the message says what to do instead."""


class Slow:
    """Works out slow answers, and stops when nobody waits for them any more."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING, seconds: float = SECONDS) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answer")
        self._most = at_once + waiting
        self._seconds = seconds
        self._limits: set[Limit] = set()

    @property
    def under_way(self) -> int:
        """Answers that are worked out, or wait for their turn."""
        return len(self._limits)

    async def answer(
        self, work: Callable[[Limit], Answer], receive: Callable[[], Any] | None = None
    ) -> Answer:
        """Have something worked out.

        Args:
            work: what to do, in a thread; it has to look at its limit.
            receive: tells when the client goes, as ASGI has it.

        Raises:
            BusyError: too many wait.
            TooLongError: it took too long, or the client has gone.
        """
        if len(self._limits) >= self._most:
            raise BusyError(
                f"{self._most} answers that take seconds are being worked out, which is the most: ask again"
            )
        limit = Limit(self._seconds)
        self._limits.add(limit)
        # The thread is counted until it ends, however long nobody waits for it any more.
        done = asyncio.get_running_loop().run_in_executor(self._threads, _begun, work, limit)
        done.add_done_callback(lambda _: self._limits.discard(limit))
        gone = asyncio.ensure_future(_gone(receive)) if receive else None
        awaited: set[asyncio.Future[Any]] = {done, gone} if gone else {done}
        try:
            await asyncio.wait(awaited, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
            if not done.done():
                raise TooLongError(self._too_long())
            return await done
        except GivenUp as error:
            raise TooLongError(self._too_long()) from error
        finally:
            limit.give_up()
            done.add_done_callback(_look_at)
            if gone:
                gone.cancel()
                with suppress(asyncio.CancelledError):
                    await gone

    def close(self) -> None:
        """Have all of them end."""
        for limit in list(self._limits):
            limit.give_up()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _too_long(self) -> str:
        return (
            f"it took longer than {self._seconds:g} s to look through the topics: ask again, or ask "
            "'newswatch why', which takes the time it needs"
        )


def _begun(work: Callable[[Limit], Answer], limit: Limit) -> Answer:
    limit.check()
    return work(limit)


def _look_at(done: asyncio.Future[Any]) -> None:
    """Take an error that nobody waits for."""
    if not done.cancelled():
        done.exception()


async def _gone(receive: Callable[[], Any]) -> None:
    """Wait until the client has gone."""
    while True:
        message: Message = await receive()
        if message["type"] == "http.disconnect":
            return
