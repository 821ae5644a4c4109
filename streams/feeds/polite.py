"""One request at a time to a host, and a pause after each."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

MOST = 1_000
"""Hosts remembered; links lead to hosts without end."""


class _Host:
    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.free_at = 0.0
        self.here = 0
        """Requests that wait for a turn or have it."""


class Polite:
    """Gives turns."""

    def __init__(self, delay: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Make one.

        Args:
            delay: seconds between the end of a request and the next one to the same host.
            clock: seconds.
        """
        self._delay = delay
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, delay: float = 0.0) -> AsyncIterator[None]:
        """Have the host to oneself; `delay` is what it asks for itself, where that is longer."""
        at = self._hosts.setdefault(host, _Host())
        at.here += 1
        try:
            async with at.turn:  # fair: in the order in which they came
                await asyncio.sleep(max(0.0, at.free_at - self._clock()))
                try:
                    yield
                finally:
                    at.free_at = self._clock() + max(self._delay, delay)
        finally:
            at.here -= 1
            self._forget()

    def _forget(self) -> None:
        if len(self._hosts) > MOST:
            now = self._clock()
            self._hosts = {
                name: host for name, host in self._hosts.items() if host.here or host.free_at > now
            }
