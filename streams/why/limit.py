"""An end to a reading: after so long, or when nobody waits for it any more."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.fetch import Batch


class GivenUp(Exception):  # noqa: N818  says what became of it
    """The reading was ended before it was done; the message says by what."""


class Batches(Protocol):
    """Gives the batches of a partition, as a `Fetcher` does."""

    def batches(self, part: Any, begin: int, end: int) -> Iterator[Batch]:
        """Those that hold what lies from `begin` to before `end`."""


class Limit:
    """When to stop; may be told so from another thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._gone = threading.Event()

    def give_up(self) -> None:
        """Nobody waits for it any more."""
        self._gone.set()

    def check(self) -> None:
        """Stop if it is time.

        Raises:
            GivenUp: it is.
        """
        if self._gone.is_set():
            raise GivenUp("nobody waits for it any more")
        if time.monotonic() > self._until:
            raise GivenUp(f"it took longer than {self._seconds:g} s")


class Limited:
    """A fetcher that stops at a limit: between two batches, which are read in milliseconds."""

    def __init__(self, fetcher: Batches, limit: Limit) -> None:
        self._fetcher, self._limit = fetcher, limit

    def batches(self, part: Any, begin: int, end: int) -> Iterator[Batch]:
        """The batches of a partition.

        Raises:
            GivenUp: the limit is reached.
        """
        for batch in self._fetcher.batches(part, begin, end):
            self._limit.check()
            yield batch
