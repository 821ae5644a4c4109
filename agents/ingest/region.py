"""Which part of a page's lines is the article: the densest stretch of prose.

The maximum-sum stretch (Kadane; Pasternack and Roth, 'Extracting article text from the web with maximum
subsequence segmentation', WWW 2009) over what each line says for and against: prose counts its words,
menus and furniture count against. So twenty menu lines part a cookie notice from the article, and three
short lines part nothing. It is widened by the paragraphs that little parts from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.ingest.flat import mostly_small
from agents.ingest.headline import forms
from agents.ingest.lines import LONG_WORDS, key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from agents.ingest.lines import Line

# A paragraph of 200 words is no surer prose than one of 60.
_MOST_FOR = 60
# Fifteen lines of a menu outweigh a paragraph of 60 words. Menus have one to three words a line; longer
# short lines are links to other articles, but also the lists of a body.
_MENU_WORDS = 3
_MENU = -4
_LIST = -2
_MOST_AGAINST = -120
# Where most begin with a capital; products and their features, in an article, don't.
_MOST_MENU = -400
_HALF_SMALL = 0.45
# Another article, of which the beginning is shown; that says nothing for this one.
_CUT_OFF = ("...", "…")
_MARK = -2
_AGAINST = {"furniture": -6, "announces": -12, "ends": -60}
# So many lines of no prose at most between the article and a paragraph that still belongs to it, and so
# many more that are certainly the page's: a form for a newsletter in mid-text has up to ten.
_GAP = 5
_FORM = 10
# Teasers and legal notes below a clean text have less prose than this share of it.
_MUCH = 0.25
# Of an article's opening, within so many lines of its headline.
_OPENING_WORDS = 60
_OPENING_GAP = 8
# Teasers are shorter than paragraphs.
_PARAGRAPH_WORDS = 15
# Behind one or two links any sentence goes on with the article.
_FEW_LINKS = 2
MOST_LINKS = 10
"""Links in a list of other articles; after ten it is something else."""


def article_lines(lines: Sequence[Line], site: AbstractSet[int] = frozenset()) -> range:
    """Indices from the first to the last line of prose of the article; empty where there is no prose.

    Args:
        lines: The lines of a page.
        site: Indices of lines that speak of the site.
    """
    best, best_sum, start, total = range(0), 0, 0, 0
    said: set[str] = set()
    for index, line in enumerate(lines):
        if total <= 0:
            start, total = index, 0
        if not (line.piece and line.kind == "prose" and (line.text in said or index in site)):
            total += _piece_weight(line) if line.piece else _weight(line)
        said.add(line.text)
        if total > best_sum:
            best, best_sum = range(start, index + 1), total
    return best


def prose_words(lines: Sequence[Line]) -> int:
    """Words in the lines that are prose."""
    return sum(line.words for line in lines if line.kind == "prose")


def _weight(line: Line) -> int:
    if line.kind == "prose":
        return min(line.words, _MOST_FOR)
    if line.kind == "short":
        # Short sentences are dialogue; they speak neither way.
        if line.sentence:
            return 0
        if line.words >= LONG_WORDS:
            return -min(line.words, _MOST_FOR)
        return _MENU if line.words <= _MENU_WORDS else _LIST
    return _AGAINST[line.kind]


def _piece_weight(line: Line) -> int:
    """Of a page in one line, whose labels may be names in a sentence, and whose menus are long."""
    if line.kind == "prose" and line.text.rstrip("])").endswith(_CUT_OFF):
        return 0
    if line.kind == "short" and not line.sentence:
        most = _MOST_AGAINST if mostly_small(line.text.split(), _HALF_SMALL) else _MOST_MENU
        return max(_MENU * line.rows, most)
    return _MARK if line.kind in {"furniture", "announces"} else _weight(line)


def widened(region: range, lines: Sequence[Line], title: AbstractSet[str] = frozenset()) -> range:
    """The region with the paragraphs that only a few lines part from it, and all from its headline on.

    Args:
        region: As `article_lines` gives it.
        lines: The lines of a page.
        title: Keys of the headline, given or the page's title.
    """
    start, stop = region.start, region.stop
    if not region:
        return range(0)
    last = max(index for index, line in enumerate(lines) if line.kind == "prose") + 1
    goes_on = prose_words(lines[stop:last]) >= _MUCH * prose_words(lines[start:stop])
    # No menu stands above a text that begins with a sentence, so it is no whole page, and a long list with
    # much prose on either side is its own.
    if (
        lines[0].kind == "prose"
        and not lines[0].piece
        and not any(key(line.text) == key(lines[0].text) for line in lines[1:start])
    ):
        stop = last if goes_on else stop
        start = 0
    start = _from_title(start, lines, title)
    while (before := _next_prose(lines, range(start - 1, -1, -1))) is not None:
        start = before
    while (after := _next_prose(lines, range(stop, len(lines)), _FORM * goes_on)) is not None:
        stop = after + 1
    return range(start, stop)


def _from_title(start: int, lines: Sequence[Line], title: AbstractSet[str]) -> int:
    """The first paragraph below the headline if much prose stands between it and the region.

    A long list (products, results) may part an article's opening from the densest stretch.
    """
    headings = [index for index in range(1, start) if not title.isdisjoint(forms(lines[index].text))]
    if not headings:
        return start
    below = range(headings[-1] + 1, start)
    if any(lines[index].kind == "ends" for index in below):
        return start
    paragraphs = [index for index in below if lines[index].kind == "prose"]
    much = sum(lines[index].words for index in paragraphs) >= _OPENING_WORDS
    return paragraphs[0] if paragraphs and much and paragraphs[0] - headings[-1] <= _OPENING_GAP else start


def _next_prose(lines: Sequence[Line], indices: range, most_furniture: int = 0) -> int | None:
    """The nearest paragraph, looked for within `_GAP` lines; across one list of other articles if long.

    Up to `most_furniture` lines that are certainly the page's don't count.
    """
    links = announced = form = gap = 0
    for index in indices:
        line = lines[index]
        if line.kind == "ends" or gap > _GAP + links + min(form, most_furniture):
            return None
        form += line.kind == "furniture"
        if line.kind == "announces":
            if links:
                return None
            links = MOST_LINKS if indices.step < 0 else 1
            announced = index
        elif line.kind == "prose":
            few = abs(index - announced) <= _FEW_LINKS + 1
            return index if not links or line.words >= _PARAGRAPH_WORDS or (line.sentence and few) else None
        gap += line.rows
    return None
