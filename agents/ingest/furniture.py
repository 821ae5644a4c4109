"""The article without the page around it: headline, byline and body apart, the rest gone.

Inside the article only lines that are certainly furniture go; above and below it, where menus are, short
lines go as well. When in doubt a line stays: a line too many costs little, a sentence lost may be the news.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from agents.ingest.byline import find_byline
from agents.ingest.headline import SURE_WORDS, find_headline, forms, opening_question
from agents.ingest.lines import Line, below_menu, key, read_lines
from agents.ingest.region import article_lines, without_comments
from agents.ingest.timestamp import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Section names, dates and image names have up to three words; a heading or a caption has more.
_LABEL_WORDS = 3
# A head or foot of more lines than this holds a menu.
_SMALL_HEAD = 12
_SMALL_FOOT = 3
# Headings that may stand between a menu and the text: a standfirst, a first sub-heading.
_HEADINGS = 3
# So many lines of no prose at most between the article and a paragraph that still belongs to it, and so
# many more that are certainly the page's: a form for a newsletter in mid-text has up to ten.
_GAP = 5
_FORM = 10
# Teasers and legal notes below a clean text have less prose than this share of it.
_MUCH = 0.25
# A breadcrumb or a page's title holds the headline and a few words more.
_TITLE_WORDS = 50
# Teasers are shorter than paragraphs.
_PARAGRAPH_WORDS = 15
# Behind one or two links any sentence goes on with the article.
_FEW_LINKS = 2
# Links in a list of other articles; after ten it is something else.
_MOST_LINKS = 10
_NUMBER = re.compile(r"\d")
_TRAILING_TAGS = re.compile(r"(?<=[.!?…”\"])(?:\s+#[^\W\d]\w*){1,30}\s*$")


class Cleaned(msgspec.Struct, frozen=True):
    """An article apart from its page; `headline` is the one found, None where one was given or none is."""

    body_text: str
    headline: str | None = None
    byline: str | None = None


def strip_furniture(text: str, headline: str | None = None) -> Cleaned:
    """Headline, byline and body of a tidied text.

    With a headline given, lines that repeat it go and no other is looked for; then the result is
    idempotent: cleaning a cleaned body changes nothing.
    """
    lines = without_comments(read_lines(text))
    kept, found, byline = _strip(lines, headline)
    known = headline or found or ""
    while len(kept) < len(lines):
        lines = kept
        kept, _, later = _strip(lines, known)
        byline = byline or later
    body = "\n".join(line.text for line in kept)
    untagged = _TRAILING_TAGS.sub("", body)
    if untagged != body:
        body = strip_furniture(untagged, known).body_text
    return Cleaned(body, found, byline)


def _strip(lines: Sequence[Line], headline: str | None) -> tuple[list[Line], str | None, str | None]:
    """Lines left, headline found, byline found."""
    region = _widened(article_lines(lines), lines)
    taken, byline = find_byline(lines, region.start)
    found = find_headline(lines, region.start, taken) if headline is None else None
    if headline is None and (found is None or found.count(" ") + 1 < SURE_WORDS):
        below = opening_question(lines, region)
        if below is not None:
            found = lines[region.start].text
            region = range(below, region.stop)
            taken, byline = find_byline(lines, region.start)
    title = forms(headline or found or "")
    repeating = {index for index, line in enumerate(lines) if _repeats(line, title)}
    again = {key(line.text) for line in lines[region.start : region.stop] if line.kind == "short"}
    # Headings that come again below are a table of contents.
    head = [index for index in _head(lines, region.start) if key(lines[index].text) not in again]
    wanted = [*head, *_middle(lines, region), *_foot(lines, region)]
    kept = [lines[index] for index in wanted if index not in taken and index not in repeating]
    # A flash: its headline is all there is of it.
    return kept or [lines[index] for index in sorted(repeating)[:1]], found, byline


def _repeats(line: Line, title: set[str]) -> bool:
    return line.words <= _TITLE_WORDS and not title.isdisjoint(forms(line.text))


def _widened(region: range, lines: Sequence[Line]) -> range:
    """The region with the paragraphs that only a few lines part from it."""
    start, stop = region.start, region.stop
    if not region:
        return range(0)
    last = max(index for index, line in enumerate(lines) if line.kind == "prose") + 1
    goes_on = _prose_words(lines[stop:last]) >= _MUCH * _prose_words(lines[start:stop])
    # No menu stands above a text that begins with a sentence, so it is no whole page, and a long list with
    # much prose on either side is its own.
    if lines[0].kind == "prose" and not any(key(line.text) == key(lines[0].text) for line in lines[1:start]):
        stop = last if goes_on else stop
        start = 0
    while (before := _next_prose(lines, range(start - 1, -1, -1))) is not None:
        start = before
    while (after := _next_prose(lines, range(stop, len(lines)), _FORM * goes_on)) is not None:
        stop = after + 1
    return range(start, stop)


def _prose_words(lines: Sequence[Line]) -> int:
    return sum(line.words for line in lines if line.kind == "prose")


def _next_prose(lines: Sequence[Line], indices: range, most_furniture: int = 0) -> int | None:
    """The nearest paragraph, looked for within `_GAP` lines; across one list of other articles if long.

    Up to `most_furniture` lines that are certainly the page's don't count.
    """
    links = announced = form = 0
    for gap, index in enumerate(indices):
        line = lines[index]
        if line.kind == "ends" or gap > _GAP + links + min(form, most_furniture):
            return None
        form += line.kind == "furniture"
        if line.kind == "announces":
            if links:
                return None
            links = _MOST_LINKS if indices.step < 0 else 1
            announced = index
        elif line.kind == "prose":
            few = abs(index - announced) <= _FEW_LINKS + 1
            return index if not links or line.words >= _PARAGRAPH_WORDS or (line.sentence and few) else None
    return None


def _head(lines: Sequence[Line], start: int) -> list[int]:
    """Headings above the text; where a menu stands there, too, only those next to the text."""
    if start <= _SMALL_HEAD:
        return [
            index
            for index in range(below_menu(lines, start), start)
            if lines[index].kind == "short" and lines[index].words > _LABEL_WORDS
        ]
    kept: list[int] = []
    for index in range(start - 1, max(-1, start - 1 - _SMALL_HEAD), -1):
        if lines[index].kind == "short":
            if lines[index].words <= _LABEL_WORDS or len(kept) == _HEADINGS:
                break
            kept.append(index)
    return kept[::-1]


def _middle(lines: Sequence[Line], region: range) -> Iterator[int]:
    index = region.start
    while index < region.stop:
        line = lines[index]
        index += 1
        if line.kind in {"prose", "short"}:
            yield index - 1
        elif line.kind == "announces":
            links = _links(lines, range(index, min(region.stop, index + _MOST_LINKS)))
            # The last one is the heading of what follows, unless the line was 'Also read:' with its one link.
            keep_last = links > 1 or not line.text.endswith((":", "：", ">", "»", "▶", "→"))
            index += max(0, links - keep_last)


def _links(lines: Sequence[Line], indices: range) -> int:
    count = 0
    for index in indices:
        if lines[index].kind == "prose" or lines[index].sentence:
            break
        count += 1
    return count


def _foot(lines: Sequence[Line], region: range) -> list[int]:
    """What belongs to the text below its last sentence: a list that it introduces, a line or two."""
    results = _results(lines, region.stop) if region else []
    kept: list[int] = []
    introduced = bool(region) and lines[region.stop - 1].text.endswith((":", "："))
    for index in range(region.stop + len(results), len(lines)):
        line = lines[index]
        if line.kind in {"announces", "ends", "prose"} or (introduced and line.kind == "furniture"):
            break
        if is_timestamp(line.text):
            # In a list of dates each heads its sentence.
            if index + 1 < len(lines) and lines[index + 1].sentence and line.kind != "furniture":
                kept.append(index)
            continue
        if line.kind == "short" and (introduced or not region or line.sentence or line.words > _LABEL_WORDS):
            kept.append(index)
            introduced = introduced or line.text.endswith((":", "："))
    unsure = sum(not (lines[index].sentence or is_timestamp(lines[index].text)) for index in kept)
    return results + (kept if introduced or not region or unsure <= _SMALL_FOOT else [])


def _results(lines: Sequence[Line], start: int) -> list[int]:
    """The table right below the text: at least two lines with numbers in each. Menus have none."""
    stop = start
    while stop < len(lines) and lines[stop].kind == "short" and _NUMBER.search(lines[stop].text):
        if is_timestamp(lines[stop].text):
            break
        stop += 1
    return list(range(start, stop)) if stop - start > 1 else []
