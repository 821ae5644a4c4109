"""Feeds and pages read in a process beside the event loop: one that hangs it costs nothing but itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.feeds.reading import read
from streams.pool import ProcessDiedError, ProcessPool, StartError
from streams.replay.page import article_of

if TYPE_CHECKING:
    from streams.feeds.reading import Reading

SECONDS = 30.0
"""A feed of 3.7 MB took 4.4 s on one core; 10 MB is the most that is taken."""


class ParserError(Exception):
    """It took too long, or took its process along; the message says which."""


class Parser:
    """The process; a new one where it was lost."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool = ProcessPool(1, _load)

    @property
    def pids(self) -> list[int]:
        """Of the process, where there is one."""
        return self._pool.pids

    async def start(self) -> None:
        """Start the process.

        Raises:
            StartError: it could not be started.
        """
        await self._pool.start()

    def close(self) -> None:
        """End the process."""
        self._pool.close()

    async def feed(self, body: bytes, content_type: str | None, url: str) -> Reading:
        """Read a feed (`streams.feeds.reading.read`).

        Raises:
            ParserError: it could not be read.
        """
        try:
            return await self._pool.run(self._seconds, read, body, content_type, url)
        except Exception as error:
            raise ParserError(self._told(error)) from error

    async def page(self, body: bytes) -> bytes | None:
        """The article on a page (`streams.replay.page.article_of`).

        Raises:
            ParserError: it could not be looked for.
        """
        try:
            return await self._pool.run(self._seconds, article_of, body)
        except Exception as error:
            raise ParserError(self._told(error)) from error

    def _told(self, error: Exception) -> str:
        if isinstance(error, TimeoutError):
            return f"reading it took longer than {self._seconds:g} s"
        if isinstance(error, ProcessDiedError | StartError):
            return f"reading it: {error}"
        return f"reading it failed: {type(error).__name__}: {str(error)[:200]}"


def _load() -> None:
    """Nothing: to find this, the process imports all that it needs.

    On a busy machine that can take longer than a reading may.
    """
