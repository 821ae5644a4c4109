"""A command on a leash: it ends when the process that started it ends, even by SIGKILL.

A small supervisor stands between the two. It holds one end of a socket; the kernel closes the other end
when the starter is gone, whatever the cause, and the supervisor then ends the command: SIGTERM, and
SIGKILL to its whole process group after a grace. Command and supervisor have sessions of their own, so a
Ctrl-C in the terminal reaches only the starter, which decides in which order things stop.

The supervisor is this same file run as a program with `-I -S`, so it needs the standard library only and
is up in about 30 ms. Its arguments are GRACE SCRATCH COMMAND…, its standard input is the socket.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import FrameType, TracebackType
    from typing import Self

_TERMINATE, _KILL, _FAILED = b"t", b"k", "!"

# A fork of the starter that outlives it keeps the socket open; then only the parent's pid tells.
_PARENT_CHECK_SECONDS = 0.5

_KILL_AGAIN_SECONDS = 0.05  # after the grace: a command still forking is killed in a few rounds

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Leash:
    """A command started by `leashed`. As a context manager it ends the command on the way out.

    Attributes:
        pid: Process id of the command itself (not of its supervisor), and of its process group.
    """

    def __init__(self, supervisor: subprocess.Popen[bytes], line: socket.socket, pid: int) -> None:
        self.pid = pid
        self._supervisor = supervisor
        self._line = line

    def poll(self) -> int | None:
        """Return the command's exit code, None while it runs; -N when signal N ended it."""
        code = self._supervisor.poll()
        if code is not None:
            self._line.close()
        return code

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the command has ended and return its exit code, as `poll` does.

        Raises:
            subprocess.TimeoutExpired: It still runs after `timeout` seconds.
        """
        code = self._supervisor.wait(timeout)
        self._line.close()
        return code

    def terminate(self) -> None:
        """Ask the command to end (SIGTERM); after the grace its process group is killed."""
        self._order(_TERMINATE)

    def kill(self) -> None:
        """Kill the command and its process group at once (SIGKILL)."""
        self._order(_KILL)

    def _order(self, order: bytes) -> None:
        # OSError: the command has ended, so the order is already fulfilled.
        with contextlib.suppress(OSError):
            self._line.sendall(order)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminate()
        self.wait()


def leashed(
    command: Sequence[str | os.PathLike[str]],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
    grace: float = 10.0,
    scratch: Path | None = None,
) -> Leash:
    """Start a command that can't outlive this process.

    Args:
        command: Program and arguments.
        env: Its environment; this process's own when None.
        cwd: Its working folder; this process's own when None.
        stdout: As for `subprocess.Popen`, without pipes to be read here.
        stderr: The same. Its standard input is always empty.
        grace: Seconds between SIGTERM and SIGKILL.
        scratch: A folder of temporary files that is removed with the command if this process dies before it
            could do that itself.

    Raises:
        OSError: The command could not be started.
    """
    words = [os.fspath(word) for word in command]
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            supervisor = subprocess.Popen(
                [sys.executable, "-I", "-S", __file__, str(grace), str(scratch or ""), *words],
                stdin=theirs.fileno(),
                stdout=stdout,
                stderr=stderr,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )
        except BaseException:
            ours.close()
            raise
    with ours.makefile(encoding="utf-8") as answers:
        answer = answers.readline().strip()
    if not answer.isdecimal():
        ours.close()
        supervisor.wait()
        reason = answer.removeprefix(_FAILED) or "its supervisor ended early"
        raise OSError(f"could not start {words[0]}: {reason}")
    return Leash(supervisor, ours, int(answer))


def _die_with_supervisor() -> Callable[[], object] | None:
    """Return what the command runs before its program to end with its supervisor (Linux only)."""
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - 7 ms that only the supervisor needs

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _note(number: int, frame: FrameType | None) -> None:
    """Do nothing: the wake-up pipe tells of the signal. (SIG_IGN would be inherited by the command.)."""


class _Supervisor:
    """The loop of the supervisor program."""

    def __init__(self, process: subprocess.Popen[bytes], wake: int, grace: float) -> None:
        self.orphaned = False
        self._process = process
        self._wake = wake
        self._grace = grace
        self._starter = os.getppid()
        self._deadline = float("inf")

    def run(self) -> int:
        """Return the exit code of the command once it and its group have ended."""
        while self._process.poll() is None:
            self._obey(self._orders())
            if time.monotonic() >= self._deadline:
                self._kill_group()
        self._kill_group()  # what the command left behind
        return self._process.returncode

    def _orders(self) -> bytes:
        sources = [self._wake] if self.orphaned else [self._wake, 0]
        until_deadline = max(_KILL_AGAIN_SECONDS, self._deadline - time.monotonic())
        ready, _, _ = select.select(sources, [], [], min(_PARENT_CHECK_SECONDS, until_deadline))
        orders = b""
        if self._wake in ready and signal.SIGTERM in os.read(self._wake, 64):
            orders += _TERMINATE
        if 0 in ready:
            received = os.read(0, 64)
            self.orphaned = not received
            orders += received
        self.orphaned = self.orphaned or os.getppid() != self._starter
        return orders + _TERMINATE if self.orphaned else orders

    def _obey(self, orders: bytes) -> None:
        if _KILL in orders:
            self._kill_group()
        elif _TERMINATE in orders and self._deadline == float("inf"):
            self._deadline = time.monotonic() + self._grace
            self._process.terminate()

    def _kill_group(self) -> None:
        # PermissionError is what macOS says of a group of zombies.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _end_as(code: int) -> int:
    """Return the exit code to end with; when a signal ended the command, end by the same one."""
    if code >= 0:
        return code
    import resource  # noqa: PLC0415 - needed only here, once

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # SIGKILL has no handler to reset
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    return 128 - code


def main(arguments: Sequence[str]) -> int:
    """Run the supervisor program: GRACE SCRATCH COMMAND…; returns the command's exit code."""
    grace, scratch, *command = arguments
    wake, notes = os.pipe()
    os.set_blocking(notes, False)
    signal.set_wakeup_fd(notes)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _note)
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_supervisor(),  # noqa: PLW1509 - this program has one thread
        )
    except OSError as error:
        os.write(0, f"{_FAILED}{error.strerror}\n".encode())
        return 127
    supervisor = _Supervisor(process, wake, float(grace))
    with contextlib.suppress(OSError):  # the starter is gone already: the loop will see it
        os.write(0, f"{process.pid}\n".encode())
    code = supervisor.run()
    if supervisor.orphaned and scratch:
        shutil.rmtree(scratch, ignore_errors=True)
    return _end_as(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
