"""Processes of a pool: each with its own state, replaced when it hangs or dies, gone with the parent."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from streams.pool import ProcessDiedError, ProcessPool, StartError
from tests.waiting import gone, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

LIMIT = 60.0
"""Seconds nothing here comes near unless it is broken."""


@contextlib.asynccontextmanager
async def pool_of(processes: int, *start: object, **limits: float) -> AsyncIterator[ProcessPool]:
    """A pool that is closed whatever the test does."""
    pool = ProcessPool(processes, *start, **limits)  # type: ignore[arg-type]
    try:
        yield pool
    finally:
        pool.close()


async def test_runs_in_a_process_started_by_spawn() -> None:
    """A function's value comes back from another process; its exception as it was raised."""
    async with pool_of(1) as pool:
        await pool.start()
        assert pool.pids == [await pool.run(LIMIT, os.getpid)]
        assert pool.pids != [os.getpid()]
        with pytest.raises(ZeroDivisionError):
            await pool.run(LIMIT, divmod, 1, 0)


async def test_a_hanging_process_is_replaced_and_the_other_keeps_its_work() -> None:
    """Past its limit a process is killed; work in another goes on; the next call finds a new process."""
    async with pool_of(2) as pool:
        await pool.start()
        before = set(pool.pids)
        hanging = asyncio.ensure_future(pool.run(1.0, time.sleep, LIMIT))
        assert await pool.run(LIMIT, divmod, 7, 2) == (3, 1)
        with pytest.raises(TimeoutError):
            await hanging
        assert [await pool.run(LIMIT, abs, -n) for n in range(4)] == [0, 1, 2, 3]
        assert len(before - set(pool.pids)) == 1
        assert until(lambda: sum(map(gone, before)) == 1)


async def test_a_killed_process_is_named_and_replaced() -> None:
    """SIGKILL in mid-work raises ProcessDiedError; the next call works."""
    async with pool_of(1) as pool:
        await pool.start()
        [pid] = pool.pids
        work = asyncio.ensure_future(pool.run(LIMIT, time.sleep, LIMIT))
        await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ProcessDiedError, match=str(pid)):
            await work
        assert await pool.run(LIMIT, abs, -3) == 3


async def test_cancelled_work_does_not_keep_its_process() -> None:
    """Whoever stops waiting frees the place: the process is killed, the next call is answered."""
    async with pool_of(1) as pool:
        await pool.start()
        [pid] = pool.pids
        work = asyncio.ensure_future(pool.run(LIMIT, time.sleep, LIMIT))
        await asyncio.sleep(0)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert await pool.run(LIMIT, abs, -3) == 3
        assert gone(pid)


@pytest.mark.parametrize(
    ("initializer", "initargs", "message"),
    [(divmod, (1, 0), "ZeroDivisionError"), (os._exit, (3,), "died"), (time.sleep, (LIMIT,), "not ready")],
)
async def test_a_process_that_cannot_start_says_why(
    initializer: Callable[..., object], initargs: tuple[object, ...], message: str
) -> None:
    """An initializer that raises, dies or hangs is a StartError with the reason."""
    async with pool_of(1, initializer, initargs, start_seconds=2.0) as pool:
        with pytest.raises(StartError, match=message):
            await pool.start()


async def test_signals_to_the_group_do_not_end_a_process() -> None:
    """Ctrl-C and a service manager's SIGTERM reach the whole group; only the parent decides."""
    async with pool_of(1) as pool:
        await pool.start()
        [pid] = pool.pids
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
        assert await pool.run(LIMIT, os.getpid) == pid


async def test_closed_means_ended() -> None:
    """After close no process is left, and nothing new is started."""
    pool = ProcessPool(2)
    await pool.start()
    pids = pool.pids
    pool.close()
    assert until(lambda: all(map(gone, pids)))
    with pytest.raises(ProcessDiedError, match="closed"):
        await pool.run(LIMIT, os.getpid)


PARENT = """
import asyncio, time
from streams.pool import ProcessPool

async def main():
    pool = ProcessPool(2)
    await pool.start()
    print(*pool.pids, flush=True)
    await asyncio.gather(pool.run(600, time.sleep, 600), pool.run(600, time.sleep, 600))

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_processes_die_with_a_killed_parent(tmp_path: Path) -> None:
    """SIGKILL leaves the parent no time to tidy up; its processes end all the same, in mid-work."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    assert until(lambda: all(map(gone, pids)))


async def test_what_began_early_is_what_gets_ready() -> None:
    """`start` waits for the process that `begin` started, and starts no other."""
    others = {child.pid for child in multiprocessing.active_children()}
    async with pool_of(1) as pool:
        pool.begin()
        [begun] = {child.pid for child in multiprocessing.active_children()} - others
        assert pool.pids == []
        await pool.start()
        assert pool.pids == [begun]


def test_closed_before_it_is_ready_it_keeps_nobody_waiting() -> None:
    """A worker that can't start ends at once, not when its pipeline is loaded."""
    pool = ProcessPool(1, time.sleep, (2 * LIMIT,))
    others = set(multiprocessing.active_children())
    pool.begin()
    [begun] = set(multiprocessing.active_children()) - others
    pool.close()
    # The executor reaps it as well, so its exit code is not for sure to be had here.
    assert begun.pid is not None
    pid = begun.pid
    assert until(lambda: gone(pid))
