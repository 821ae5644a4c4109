"""Lines of text in which the ids of articles, stories and alerts lead to their pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", re.ASCII)
_WORD = re.compile(r"\b(story|alert)(?: for [^:]*:)? $")
_PAGES = {"story": "/stories/", "alert": "/alerts/"}


class Piece(NamedTuple):
    """Some text of a line, and where it leads."""

    text: str
    href: str | None = None


def linked(line: str) -> list[Piece]:
    """A line cut at its ids; the words before one say what it is of, an article where none do."""
    return list(_pieces(line))


def _pieces(line: str) -> Iterator[Piece]:
    at = 0
    for found in _ID.finditer(line):
        if found.start() > at:
            yield Piece(line[at : found.start()])
        before = _WORD.search(line, 0, found.start())
        page = _PAGES[before[1]] if before else "/articles/"
        yield Piece(found[0], page + found[0])
        at = found.end()
    if at < len(line):
        yield Piece(line[at:])
