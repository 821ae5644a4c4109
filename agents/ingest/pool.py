"""Parsing in processes beside the event loop: an input that hangs or kills one is a dead letter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from agents.ingest.parse import Limits, parse, refused
from streams.pool import ProcessPool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.ingest.parse import Delivery, Refused
    from streams.records import Article

SECONDS = 60.0
"""For a batch; an article takes 3 ms, so only an input that hangs comes near it."""


class ParserPool:
    """`processes` parsers with the same limits."""

    def __init__(self, limits: Limits, *, processes: int = 1, seconds: float = SECONDS) -> None:
        self._limits = limits
        self._seconds = seconds
        self._pool = ProcessPool(processes)

    @property
    def pids(self) -> list[int]:
        """Of the parsers that are ready or at work."""
        return self._pool.pids

    async def start(self) -> None:
        """Start all processes.

        Raises:
            StartError: one could not be started.
        """
        await self._pool.start()

    def close(self) -> None:
        """End all processes."""
        self._pool.close()

    async def parse(self, deliveries: Sequence[Delivery]) -> list[Article | Refused]:
        """Parse each delivery, in order; one that takes its process along is refused, the others are not."""
        work = partial(_parse, limits=self._limits)
        return await self._pool.each(self._seconds, work, deliveries, self._failed)

    def _failed(self, delivery: Delivery, error: Exception) -> Refused:
        what = f"took longer than {self._seconds:g} s" if isinstance(error, TimeoutError) else str(error)
        return refused(delivery, "internal_error", f"parsing it: {what}; please report it")


def _parse(deliveries: Sequence[Delivery], *, limits: Limits) -> list[Article | Refused]:
    return [parse(delivery, limits) for delivery in deliveries]
