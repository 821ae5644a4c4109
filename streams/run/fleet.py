"""Workers as child processes that can't outlive this one, and whether they are ready."""

from __future__ import annotations

import os
import re
import sys
import time
from contextlib import ExitStack, suppress
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

from streams.health import PORT_FILE
from streams.leash import leashed
from streams.settings import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from streams.leash import Leash

POLL_SECONDS = 0.05
SETTLED = re.compile(rb"^newswatch_next_seq (\S+)$", re.MULTILINE)
TAIL_LINES = 5
"""Of a dead worker's log, shown with the error."""


loopback = build_opener(ProxyHandler({}))
"""Our own workers are never behind a proxy, whatever `http_proxy` says."""


class WorkerDied(Exception):  # noqa: N818  says what happened
    """A worker ended though nobody asked it to; the message shows the end of its log, and where that is."""


class WorkerSlow(Exception):  # noqa: N818  says what happened
    """A worker isn't ready in time; the message shows where its log is."""


class Member:
    """One worker of a fleet."""

    def __init__(self, number: int, folder: Path, variables: Mapping[str, str]) -> None:
        """Start it.

        Args:
            number: from 1, its name in messages.
            folder: its own, for tables and log.
            variables: of its environment, beside those of this process.
        """
        self.number = number
        self.log_file = folder / f"worker-{number}.log"
        self.data_dir = folder / f"worker-{number}"
        own = {PREFIX + "DATA_DIR": str(self.data_dir), PREFIX + "METRICS_PORT": "0"}
        (self.data_dir / PORT_FILE).unlink(missing_ok=True)
        with self.log_file.open("ab") as log:
            self.leash: Leash = leashed(
                [sys.executable, "-m", "streams", "worker"],
                env={**os.environ, **variables, **own},
                stdout=log,
                stderr=log,
                grace=20.0,
            )

    @property
    def url(self) -> str | None:
        """Base address of its metrics and health; None while it has no port."""
        try:
            return f"http://127.0.0.1:{int((self.data_dir / PORT_FILE).read_text())}"
        except (OSError, ValueError):
            return None

    def ready(self) -> bool:
        """Whether it has its partitions and its pipeline.

        Raises:
            WorkerDied: it has ended.
        """
        self.check()
        url = self.url
        if url is None:
            return False
        try:
            with loopback.open(url + "/readyz", timeout=2) as answer:
                return bool(answer.status == 200)  # noqa: PLR2004
        except (HTTPException, OSError):
            return False

    def metrics(self) -> bytes:
        """What it gives Prometheus now."""
        with loopback.open(f"{self.url}/metrics", timeout=10) as answer:
            return bytes(answer.read())

    def check(self) -> None:
        """See that it runs.

        Raises:
            WorkerDied: it has ended.
        """
        code = self.leash.poll()
        if code is not None:
            lines = self.log_file.read_text(errors="replace").strip().splitlines()[-TAIL_LINES:]
            raise WorkerDied(
                f"worker {self.number} ended with code {code}, its log is {self.log_file}; the end of it:\n"
                + "\n".join(lines)
            )


class Fleet:
    """Several workers; as a context manager it stops them all on the way out."""

    def __init__(self, count: int, folder: Path, variables: Mapping[str, str]) -> None:
        self._count = count
        self._folder = folder
        self._variables = variables
        self._stack = ExitStack()
        self.members: list[Member] = []

    def __enter__(self) -> Self:
        try:
            for number in range(1, self._count + 1):
                member = Member(number, self._folder, self._variables)
                self._stack.enter_context(member.leash)
                self.members.append(member)
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self.members:
            # What failed needs no good order, and without a broker that would take 15 s.
            (member.leash.kill if kind else member.leash.terminate)()
        self._stack.close()

    def wait_ready(self, timeout: float) -> None:
        """Wait until every worker is ready.

        Raises:
            WorkerDied: one has ended.
            WorkerSlow: one isn't ready in time.
        """
        deadline = time.monotonic() + timeout
        waiting = list(self.members)
        while waiting := [member for member in waiting if not member.ready()]:
            if time.monotonic() > deadline:
                raise WorkerSlow(
                    f"worker {waiting[0].number} is not ready after {timeout:.0f} s; its log is "
                    f"{waiting[0].log_file}"
                )
            time.sleep(POLL_SECONDS)

    def settled(self) -> int:
        """How many outcomes have been worked off, by the worker that does it."""
        found = [0]
        for member in self.members:
            # One that has ended is told of by `check`.
            with suppress(HTTPException, OSError):
                found += [int(float(number)) for number in SETTLED.findall(member.metrics())]
        return max(found)

    def check(self) -> None:
        """See that all run.

        Raises:
            WorkerDied: one has ended.
        """
        for member in self.members:
            member.check()
