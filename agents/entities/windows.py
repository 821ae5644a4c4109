"""A document as windows of word pieces: whole sentences while they fit, so that each word has its context.

The windows depend on the text alone, so that a text has the same entities in any batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WINDOW = 126
"""Pieces, without the marks of start and end; as in training."""
OVERLAP = 32
"""Pieces of a sentence too long for one window that are seen twice; each word counts where it has more
context."""
LONGEST_WORD = 16
"""Pieces of a word that are looked at: what is longer is a link or a code."""


class Window(NamedTuple):
    """Words [start, end) seen together, of which the tags of [first, last) count."""

    start: int
    end: int
    first: int
    last: int


def windows(sizes: Sequence[int], sentences: Sequence[tuple[int, int]]) -> Iterator[Window]:
    """Windows over words.

    Args:
        sizes: pieces of each word, at most `LONGEST_WORD`.
        sentences: [start, end) of each sentence in words; together all the words.
    """
    start, pieces = (sentences[0][0] if sentences else 0), 0
    for first, last in sentences:
        size = sum(sizes[first:last])
        if pieces + size > WINDOW and start < first:
            yield Window(start, first, start, first)
            start, pieces = first, 0
        if size > WINDOW:
            yield from _cut(sizes, first, last)
            start, pieces = last, 0
        else:
            pieces += size
    if sentences and start < sentences[-1][1]:
        end = sentences[-1][1]
        yield Window(start, end, start, end)


def _cut(sizes: Sequence[int], start: int, last: int) -> Iterator[Window]:
    """Windows over one long sentence, each counting up to the middle of what it shares with the next."""
    first = start
    while True:
        end, pieces = start, 0
        while end < last and pieces + sizes[end] <= WINDOW:
            pieces += sizes[end]
            end += 1
        if end == last:
            yield Window(start, end, first, last)
            return
        again = _back(sizes, end, OVERLAP)
        middle = _back(sizes, end, OVERLAP // 2)
        yield Window(start, end, first, middle)
        start, first = again, middle


def _back(sizes: Sequence[int], at: int, pieces: int) -> int:
    """The word at which `pieces` before the word `at` begin."""
    while pieces > 0:
        at -= 1
        pieces -= max(sizes[at], 1)
    return at
