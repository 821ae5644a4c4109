"""What a broker died of, read from the end of its log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_READ_BYTES = 64 * 1024
_QUOTED_LINES = 5

# Causes with a way out, by what Java says of them.
_KNOWN = {
    r"No space left on device|Disk quota exceeded|File too large": (
        "no room left in {folder}: free some space, or choose another folder"
    ),
    r"Read-only file system|Permission denied": (
        "{folder} cannot be written: change its permissions, or choose another folder"
    ),
    r"OutOfMemoryError|insufficient memory": "no memory left for Java: free some, the broker needs 512 MB",
}
# Of a stack trace the first line tells; Java's own notices tell nothing.
_NOISE = re.compile(r"\s+at |\s*\.\.\. \d+ |WARNING: |Picked up |\s*$")


def cause_of_death(log_file: Path, since: int = 0) -> str:
    """Return the cause in one line if it is a known one, else the last lines of the log.

    Args:
        log_file: The broker's log.
        since: Bytes of it that earlier starts wrote.
    """
    try:
        with log_file.open("rb") as file:
            file.seek(max(since, log_file.stat().st_size - _READ_BYTES))
            text = file.read().decode(errors="replace")
    except OSError as error:
        return f"its log {log_file} cannot be read ({error.strerror})"
    for pattern, message in _KNOWN.items():
        if re.search(pattern, text):
            return message.format(folder=log_file.parent)
    lines = [line for line in text.splitlines() if not _NOISE.match(line)]
    telling = [line for line in lines if "ERROR" in line or "Exception" in line] or lines
    if not telling:
        return "its log is empty"
    return "its log ends with\n" + "\n".join(f"  {line}" for line in telling[-_QUOTED_LINES:])
