"""What tests of processes wait for: a condition, with a deadline."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 60.0
"""Seconds; nothing here takes 5 on an idle machine."""


def until(condition: Callable[[], bool], patience: float = DEADLINE) -> bool:
    """Whether the condition came true before the deadline."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def gone(pid: int) -> bool:
    """Whether no such process runs; a zombie that nobody has reaped yet has ended, too."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
