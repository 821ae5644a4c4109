"""A library's log line that repeats itself is let through once in a while, with the number of those left out.

With its broker gone aiokafka writes some 90 lines a second, all alike.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY = 10.0
"""Seconds between two lines from the same template."""
MOST = 1_000
"""Templates remembered; messages that are formatted by their writer are templates without end."""


class Throttle(logging.Filter):
    """Lets one record through for each logger and template in `EVERY` seconds; sets `left_out` on the next.

    Our own events are no templates: each says something of its own, and passes. So does what is critical.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, int, str], tuple[float, int]] = {}
        """When the last was let through, and how many were left out since."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record goes on."""
        # structlog, which only our own code uses, hands its whole event over as the message.
        if record.levelno >= logging.CRITICAL or isinstance(record.msg, dict):
            return True
        key = record.name, record.levelno, str(record.msg)
        with self._lock:
            now = self._clock()
            last, left_out = self._seen.get(key, (now - EVERY, 0))
            if now - last < EVERY:
                self._seen[key] = last, left_out + 1
                return False
            if len(self._seen) >= MOST:
                self._seen = {key: seen for key, seen in self._seen.items() if now - seen[0] < EVERY}
            self._seen[key] = now, 0
        if left_out:
            record.left_out = left_out
        return True
