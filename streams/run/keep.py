"""What a run leaves running where it is asked to: a console beside broker and workers, until Ctrl-C."""

from __future__ import annotations

import os
import re
import sys
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple

from streams.console.serve import ConsoleError, listen
from streams.leash import leashed
from streams.run.fleet import TAIL_LINES, loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from streams.settings import Settings

READY_SECONDS = 60.0
"""For the console to read the topics; 1 s is usual."""
POLL_SECONDS = 0.1
CHECK_SECONDS = 0.5
"""Between two looks whether everything still runs."""
_SERVED = re.compile(r"^the console is at (\S+)$", re.MULTILINE)


class ConsoleDied(Exception):  # noqa: N818  says what happened
    """The console ended unasked, or isn't ready in time; the message shows the end of its log."""


class Kept(NamedTuple):
    """Where to find what was left running."""

    console: str
    """Address of its pages."""
    bootstrap: str
    """Of the broker."""


class Console:
    """A console as a child process that can't outlive this one; as a context manager it stops it."""

    def __init__(self, folder: Path, settings: Settings, variables: Mapping[str, str]) -> None:
        """Start it.

        Args:
            folder: for its log.
            settings: where it is to be served; where its port is taken, a free one is.
            variables: of its environment, beside those of this process.
        """
        self._log_file = folder / "console.log"
        with self._log_file.open("wb") as log:
            self._leash = leashed(
                [sys.executable, "-m", "streams", "console", "--port", str(_port(settings))],
                env={**os.environ, **variables},
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> Self:
        self._leash.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leash.__exit__(kind, value, trace)

    def wait_ready(self) -> str:
        """Wait until it has read the topics, and say where it is.

        Raises:
            ConsoleDied: it ended, or takes too long.
        """
        deadline = time.monotonic() + READY_SECONDS
        while True:
            self.check()
            found = _SERVED.search(self._log_file.read_text(errors="replace"))
            if found and _is_ready(found[1]):
                return found[1]
            if time.monotonic() > deadline:
                raise ConsoleDied(self._told(f"is not ready after {READY_SECONDS:.0f} s"))
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """See that it runs.

        Raises:
            ConsoleDied: it has ended.
        """
        code = self._leash.poll()
        if code is not None:
            raise ConsoleDied(self._told(f"ended with code {code}"))

    def _told(self, what: str) -> str:
        lines = self._log_file.read_text(errors="replace").strip().splitlines()[-TAIL_LINES:]
        return f"the console {what}, its log is {self._log_file}; the end of it:\n" + "\n".join(lines)


def until_interrupted(*checks: Callable[[], None]) -> None:
    """Wait for Ctrl-C; each check raises when something has died."""
    try:
        while True:
            for check in checks:
                check()
            time.sleep(CHECK_SECONDS)
    except KeyboardInterrupt:
        return


def _port(settings: Settings) -> int:
    """The port that is set, or 0, any free one, where it is taken."""
    try:
        listen(settings.console_host, settings.console_port).close()
    except ConsoleError:
        return 0
    return settings.console_port


def _is_ready(url: str) -> bool:
    try:
        with loopback.open(f"{url}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except (HTTPException, OSError):
        return False
