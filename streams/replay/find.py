"""Which files the given paths mean, in a fixed order."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import msgspec

from streams.replay.report import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_INPUT = "-"
DESCRIPTORS = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
"""What a shell's `<(…)` stands for: a pipe that is meant to be read to its end."""

_KINDS = (
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


class Found(msgspec.Struct):
    """Files in the order of the paths, folders sorted by name; what is in the way; names passed over."""

    files: list[str] = msgspec.field(default_factory=list)
    problems: list[Problem] = msgspec.field(default_factory=list)
    hidden: int = 0


def find_files(paths: Iterable[str]) -> Found:
    """Files meant by `paths`: a file itself, a folder's files at any depth, `-` as it is.

    Inside a folder, names with a leading dot are passed over; a link is followed, but no folder is read
    twice below one path, and one that leads back to a folder it lies in is a problem.
    """
    found = Found()
    for path in paths:
        if path == STANDARD_INPUT or path.startswith(DESCRIPTORS):
            found.files.append(path)
            continue
        before = len(found.files), len(found.problems)
        _walk(path, found)
        if before == (len(found.files), len(found.problems)):
            found.problems.append(Problem(path, "is an empty folder"))
    return found


def _walk(path: str, found: Found) -> None:
    """Depth first without recursion: a chain of folders may be deeper than Python's stack."""
    pending: list[tuple[str, frozenset[tuple[int, int]]]] = [(path, frozenset())]
    seen: set[tuple[int, int]] = set()
    while pending:
        here, above = pending.pop()
        try:
            status = os.stat(here)  # noqa: PTH116  ValueError for a NUL, like scandir
            if not stat.S_ISDIR(status.st_mode):
                _file(here, status.st_mode, found)
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in above:
                found.problems.append(Problem(here, "is a link back to a folder it lies in"))
                continue
            if identity in seen:
                continue
            seen.add(identity)
            names = sorted(os.listdir(here))  # noqa: PTH208  names, to be sorted
        except (OSError, ValueError) as error:
            found.problems.append(Problem(here, _reason(error)))
            continue
        shown = [name for name in names if not name.startswith(".")]
        found.hidden += len(names) - len(shown)
        pending.extend((os.path.join(here, name), above | {identity}) for name in reversed(shown))  # noqa: PTH118


def _file(path: str, mode: int, found: Found) -> None:
    for test, reason in _KINDS:
        if test(mode):
            found.problems.append(Problem(path, reason))
            return
    found.files.append(path)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
