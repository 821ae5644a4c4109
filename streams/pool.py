"""Processes that work beside the event loop, each with state of its own, replaced when one hangs or dies.

Every process is spawned, never forked (a fork of a process with threads can deadlock), and is an
executor of its own: whoever hangs or dies is known, and nobody else's work is lost with it. A process ends
when the one that started it ends, even by SIGKILL.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, TypeVarTuple, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from multiprocessing.process import BaseProcess

S = TypeVar("S")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

START_SECONDS = 120.0
"""A large pipeline loads in seconds; on a busy machine with a cold disk it may take a minute."""

_failure: str | None = None


class StartError(RuntimeError):
    """A process could not be made ready; the message gives its own reason."""


class ProcessDiedError(RuntimeError):
    """The process ended while it worked: killed, out of memory, or crashed."""


class ProcessPool:
    """`processes` workers; each runs `initializer(*initargs)` once. Both must be importable and picklable."""

    def __init__(
        self,
        processes: int,
        initializer: Callable[..., object] | None = None,
        initargs: tuple[Any, ...] = (),
        *,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._workers = [_Worker(initializer, initargs, start_seconds) for _ in range(processes)]
        self._closed = False
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in self._workers:
            self._free.put_nowait(worker)

    @property
    def pids(self) -> list[int]:
        """Of the processes that are ready or at work."""
        return [pid for worker in self._workers if (pid := worker.pid) is not None]

    def begin(self) -> None:
        """Start all processes without waiting for them: they get ready while the caller does other things."""
        for worker in self._workers:
            worker.begin()

    async def start(self) -> None:
        """Wait until all processes are ready; those that have not begun begin now.

        Raises:
            StartError: the initializer of one failed or took longer than `start_seconds`.
        """
        await asyncio.gather(*(worker.start() for worker in self._workers))

    async def run(self, seconds: float, function: Callable[[Unpack[Ts]], T], *args: *Ts) -> T:
        """Run `function` in the next free process; the time limit counts from when the process begins.

        Raises:
            TimeoutError: it took longer than `seconds`; its process is killed and will be replaced.
            ProcessDiedError: the process died; it will be replaced.
            StartError: there was no process, and a new one could not be made ready.
            Exception: whatever `function` raises.
        """
        worker = await self._free.get()
        try:
            if self._closed:
                raise ProcessDiedError("the pool is closed")
            return await worker.run(seconds, function, *args)
        finally:
            self._free.put_nowait(worker)

    async def each(
        self,
        seconds: float,
        function: Callable[[Sequence[S]], list[T]],
        items: Sequence[S],
        failed: Callable[[S, Exception], T],
    ) -> list[T]:
        """Run `function` on a batch; when that takes its process along, on each item by itself.

        So one item that hangs or kills a process costs the others nothing but time.

        Args:
            seconds: limit for the batch, and again for each item.
            function: one result for each item, in order.
            items: the batch.
            failed: the result of an item that fails by itself.
        """
        try:
            return await self.run(seconds, function, items)
        except (TimeoutError, ProcessDiedError, StartError) as error:
            if len(items) == 1:
                return [failed(items[0], error)]
        one_by_one = await asyncio.gather(*(self.each(seconds, function, [item], failed) for item in items))
        return [result for results in one_by_one for result in results]

    def close(self) -> None:
        """Kill all processes; work under way raises `ProcessDiedError`."""
        self._closed = True
        for worker in self._workers:
            worker.discard()


class _Beginning(NamedTuple):
    executor: ProcessPoolExecutor
    ready: Future[tuple[int, str | None]]
    process: BaseProcess


class _Worker:
    """One process, or none until it is next needed."""

    def __init__(
        self, initializer: Callable[..., object] | None, initargs: tuple[Any, ...], start_seconds: float
    ) -> None:
        self.pid: int | None = None
        self._executor: ProcessPoolExecutor | None = None
        self._beginning: _Beginning | None = None
        self._start = (initializer, initargs, start_seconds)

    def begin(self) -> _Beginning:
        if self._beginning is None:
            others = set(multiprocessing.active_children())
            executor = ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), initializer=_begin, initargs=self._start
            )
            ready = executor.submit(_ready)
            [process] = set(multiprocessing.active_children()) - others
            self._beginning = _Beginning(executor, ready, process)
        return self._beginning

    async def start(self) -> ProcessPoolExecutor:
        if self._executor is not None:
            return self._executor
        executor, ready, _ = self.begin()
        try:
            pid, failure = await asyncio.wrap_future(ready)
            if failure is not None:
                raise StartError(failure)  # noqa: TRY301  what it was given goes the same way
        except BrokenProcessPool as error:
            executor.shutdown(wait=False)
            raise StartError(
                f"a process died while it started, or was not ready after {self._start[2]:g} s"
            ) from error
        except BaseException:
            executor.shutdown(wait=False)
            raise
        finally:
            self._beginning = None
        self.pid, self._executor = pid, executor
        return executor

    async def run(self, seconds: float, function: Callable[..., T], *args: Any) -> T:
        executor = await self.start()
        try:
            work = asyncio.get_running_loop().run_in_executor(executor, function, *args)
            return await asyncio.wait_for(work, seconds)
        except BrokenProcessPool as error:
            pid = self.pid
            self.discard()
            raise ProcessDiedError(f"process {pid} died at work") from error
        except (TimeoutError, asyncio.CancelledError):
            self.discard()
            raise

    def discard(self) -> None:
        """Kill the process, whatever it does; the next work gets a new one."""
        pid, executor = self.pid, self._executor
        self.pid = self._executor = None
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if executor is not None:
            executor.shutdown(cancel_futures=True)
        if self._beginning is not None:
            self._beginning.process.kill()


def _begin(initializer: Callable[..., object] | None, initargs: tuple[Any, ...], seconds: float) -> None:
    """First thing in the process.

    A signal to the whole group (Ctrl-C, a service manager) is the starter's business: it ends the pool when
    its work is done.
    """
    global _failure  # noqa: PLW0603  a process has one state
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    too_late = threading.Timer(seconds, os._exit, [1])
    too_late.daemon = True
    too_late.start()
    try:
        if initializer is not None:
            initializer(*initargs)
    except Exception as error:  # noqa: BLE001  the reason goes to the starter, which decides
        _failure = f"{type(error).__name__}: {error}"
    finally:
        too_late.cancel()
    # What was loaded stays: the collector need not look through it again (3 % of spaCy's time).
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _ready() -> tuple[int, str | None]:
    return os.getpid(), _failure
