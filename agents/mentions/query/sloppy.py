"""Words near each other: a phrase with slop, `"cessation hostilities"~2`.

As Lucene's SloppyPhraseMatcher has it, in full rather than greedily: take one place of each word; a word's
shift is the number of the place less the word's own number in the phrase; the phrase matches where the
largest shift less the smallest is at most the slop. So a word in between costs 1, two neighbours in reverse
order 2.

A match is the stretch from the first to the last of its words, and those count that hold no other: the
minimal intervals of Clarke, Cormack and Burkowski, 'An algebra for structured text search' (1995).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Place(NamedTuple):
    """Where a word stands: its number in the text, and its half-open span."""

    position: int
    start: int
    end: int


def minimal_spans(places: Sequence[Sequence[Place]], slop: int) -> list[tuple[int, int]]:
    """Half-open spans of the matches, in order; `places[i]` are those of word `i` by position."""
    if not all(places):
        return []
    shifts = [[place.position - word for place in found] for word, found in enumerate(places)]
    spans: set[tuple[int, int]] = set()
    for least in sorted({shift for found in shifts for shift in found}):
        window = [
            found[bisect_left(shift, least) : bisect_right(shift, least + slop)]
            for found, shift in zip(places, shifts, strict=True)
        ]
        if all(window):
            spans.update(_sweep(window))
    return _minimal(spans)


def _sweep(window: Sequence[Sequence[Place]]) -> Iterable[tuple[int, int]]:
    """For each place, the shortest stretch up to it that has all words."""
    events = sorted((place.start, place.end, word) for word, found in enumerate(window) for place in found)
    latest: dict[int, tuple[int, int]] = {}
    for start, end, word in events:
        latest[word] = (start, end)
        if len(latest) == len(window):
            yield min(start for start, _ in latest.values()), max(end for _, end in latest.values())


def _minimal(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (-span[0], span[1])):
        if not kept or end < kept[-1][1]:
            kept.append((start, end))
    return kept[::-1]
