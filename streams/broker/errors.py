"""Why there is no broker: one line that names the thing, the limit and the way out."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# EFBIG is what a limit on file sizes (ulimit -f) gives.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class BrokerError(Exception):
    """The broker can't be fetched, started or kept running; the message is for people."""


def cannot_write(folder: Path, error: OSError, way_out: str) -> BrokerError:
    """Return the error for a folder that can't be written to: full, read-only, not a folder, …."""
    if error.errno in _FULL:
        return BrokerError(f"no room left in {folder} ({error.strerror}): free some space, or {way_out}")
    return BrokerError(f"cannot write to {folder} ({error.strerror or error}): {way_out}")
