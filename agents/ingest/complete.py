"""Paragraphs that an extractor left out of the midst of an article, or off its ends.

Trafilatura leaves out a standfirst that stands beside its article's element, a paragraph in a box of its own,
and what follows a tag that was never closed. What our own rules call the article's in all that is visible,
and what stands among or right beside the paragraphs extracted, is brought back in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.ingest.furniture import cut_furniture
from agents.ingest.identity import normalised_words
from agents.ingest.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

# Words in succession by which a paragraph is found again: extractors break and join lines.
_RUN = 5
_KNOWN = 0.8
# Where an extractor lost more of the prose than it found, it took another part of the page for the article.
_MOST_LOST = 0.5


def completed(text: str, visible: str, headline: str | None) -> str:
    """The main text of a page with the prose that was left out of it; all that is visible where most was.

    Args:
        text: The main text as extracted, tidied.
        visible: All visible text, tidied.
        headline: Of the page.
    """
    lines = visible.split("\n")
    body = set(cut_furniture(visible, headline)[0].body_text.split("\n"))
    runs = set(_runs(normalised_words(text)))
    own: list[int] = []
    lost: set[int] = set()
    for index, line in enumerate(read_lines(visible)):
        if line.kind != "prose" or lines[index] not in body:
            continue
        own.append(index)
        mine = _runs(normalised_words(lines[index]))
        if sum(run in runs for run in mine) < _KNOWN * len(mine):
            lost.add(index)
    found = [index for index in own if index not in lost]
    if not found:
        return visible if own else text
    if _words(lines, sorted(lost)) > _MOST_LOST * _words(lines, own):
        return visible
    first, last = found[0], found[-1]
    while first - 1 in lost:
        first -= 1
    while last + 1 in lost:
        last += 1
    return _merged(
        text.split("\n"), lines, [index in lost and first <= index <= last for index in range(len(lines))]
    )


def _merged(kept: list[str], lines: Sequence[str], missing: Sequence[bool]) -> str:
    """The lines kept, each line missing behind the last one above it that was kept."""
    places = {_key(line): index for index, line in reversed(list(enumerate(kept)))}
    behind: dict[int, list[str]] = {}
    place = -1
    for line, is_missing in zip(lines, missing, strict=True):
        if is_missing:
            behind.setdefault(place, []).append(line)
        else:
            place = max(place, places.get(_key(line), -1))
    merged = behind.get(-1, [])[:]
    for index, line in enumerate(kept):
        merged += [line, *behind.get(index, [])]
    return "\n".join(merged)


def _words(lines: Sequence[str], indices: Sequence[int]) -> int:
    return sum(lines[index].count(" ") + 1 for index in indices)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))]


def _key(line: str) -> str:
    return " ".join(normalised_words(line))
