"""Sentences above and below an article that are not its own: consent, teasers, the author's life.

A region of prose falls into blocks wherever the page comes between. From its end upwards, and from its
beginning downwards, a block goes if several things speak against it: it speaks to the reader of the site, it
is announced as other articles, it is made of beginnings without ends, it shares hardly a word with the rest.
The first block that stays ends it, so nothing goes from the midst.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from agents.ingest.headline import forms
from agents.ingest.identity import normalised_words
from agents.ingest.region import prose_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from agents.ingest.cut import Rule
    from agents.ingest.lines import Line

# Three short lines between two paragraphs are a list or a page's.
_GAP = 3
# Words of three letters and less are in any text.
_CONTENT_CHARS = 4
# Below and above this share of a block's words in the rest of the region: measured on blocks of whole pages,
# the article's own have .16 to .91, others .00 to .29, but for summaries of the same article.
_STRANGE, _KNOWN = 0.12, 0.35
_FEW_WORDS = 15
_AGAINST = 2
# Lines that are certainly the page's: an extractor leaves one or two, a whole page has ten and more.
_WHOLE_PAGE = 8
# Teasers have a headline for each sentence; with four other lines and more it is a list of things.
_LIST = 5
# A quarter of the lines with a long word of the headline, and they are about the same.
_NAME_CHARS = 5
_NAMING = 0.25
_PAIRS = 3
_LINK_WORDS = 4
_HALF = 0.5
_TEASER = 2
# Boxes of other articles may have more prose than a short article, and more must speak against them then.
_MOST_END = 3


class _Page(NamedTuple):
    lines: Sequence[Line]
    site: frozenset[int]
    title: AbstractSet[str]
    whole: bool
    """Not the article alone, as extractors deliver it: there, what follows a link is still the article's."""


class _Block(NamedTuple):
    start: int
    stop: int
    gap: range
    """The lines of the page before it."""


def trimmed(
    lines: Sequence[Line], region: range, site: frozenset[int], title: AbstractSet[str]
) -> tuple[range, dict[int, Rule]]:
    """The region without what is not the article's at its ends, and why the prose that left it did.

    Args:
        lines: The lines of a page.
        region: Of its article.
        site: Indices of lines that speak of the site.
        title: Keys of the headline, given or the page's title.
    """
    blocks = _blocks(lines, region)
    page = _Page(lines, site, title, sum(line.rule is not None for line in lines) >= _WHOLE_PAGE)
    gone: dict[int, Rule] = {}
    first, last = 0, len(blocks)
    while last - first > 1 and (rule := _against(page, blocks[:last], last - 1)):
        last -= 1
        gone.update(dict.fromkeys(range(blocks[last].start, blocks[last].stop), rule))
    for at in range(1, last):
        # What no block says alone, all of them may: teasers in boxes of their own.
        if rule := _against(page, blocks[:last], at):
            gone.update(dict.fromkeys(range(blocks[at].start, blocks[last - 1].stop), rule))
            last = at
            break
    while last - first > 1 and _is_site(lines, blocks[first], site):
        gone.update(dict.fromkeys(range(region.start, blocks[first].stop), "site"))
        first += 1
    if not blocks:
        return region, gone
    return range(blocks[first].start if first else region.start, blocks[last - 1].stop), gone


def _against(page: _Page, blocks: Sequence[_Block], at: int) -> Rule | None:
    """Why the blocks from `at` on are not the article's; None where they may be."""
    lines = page.lines
    end = _Block(blocks[at].start, blocks[-1].stop, blocks[at].gap)
    rest = _Block(blocks[0].start, blocks[at - 1].stop, range(0))
    prose = prose_words(lines[end.start : end.stop])
    left = prose_words(lines[rest.start : rest.stop])
    if prose > _MOST_END * left:
        return None
    if _is_site(lines, end, page.site):
        return "site"
    if not page.whole or not _announced(lines, end.gap) or _names_title(page, end):
        return None
    words, known = _content(lines, end), _content(lines, rest)
    shared = len(words & known) / len(words) if words else None
    enough = _AGAINST + (prose > left)
    return "other article" if _points(lines, end, shared) >= enough else None


def _announced(lines: Sequence[Line], gap: range) -> bool:
    """Whether a gap holds other articles: a line that announces them, or links beside a line of the page."""
    kinds = [lines[index].kind for index in gap]
    return not {"announces", "ends"}.isdisjoint(kinds) or (
        _links(lines, gap) >= _GAP and "furniture" in kinds
    )


def _links(lines: Sequence[Line], gap: range) -> int:
    between = [lines[index] for index in gap]
    return sum(line.kind == "short" and not line.sentence and line.words >= _LINK_WORDS for line in between)


def _names_title(page: _Page, block: _Block) -> bool:
    """Whether so many lines name what the headline names that they go on with it, as lists do."""
    names = {word for one in page.title for word in normalised_words(one) if len(word) >= _NAME_CHARS}
    inside = [page.lines[index] for index in range(block.start, block.stop)]
    others = [line for line in inside if page.title.isdisjoint(forms(line.text))]
    naming = sum(not names.isdisjoint(normalised_words(line.text)) for line in others)
    return naming > _NAMING * len(others)


def _blocks(lines: Sequence[Line], region: range) -> list[_Block]:
    blocks: list[_Block] = []
    start = stop = region.start
    gap = range(0)
    for index in region:
        line = lines[index]
        if line.kind != "prose" and not (line.kind == "short" and line.sentence):
            continue
        between = range(stop, index)
        parted = sum(lines[one].rows for one in between) >= _GAP or any(lines[one].rule for one in between)
        if parted and stop > start:
            blocks.append(_Block(start, stop, gap))
            start, gap = index, between
        stop = index + 1
    if stop > start:
        blocks.append(_Block(start, stop, gap))
    return blocks


def _content(lines: Sequence[Line], block: _Block) -> frozenset[str]:
    text = " ".join(lines[index].text for index in range(block.start, block.stop))
    return frozenset(word for word in normalised_words(text) if len(word) >= _CONTENT_CHARS)


def _is_site(lines: Sequence[Line], block: _Block, site: frozenset[int]) -> bool:
    prose = [index for index in range(block.start, block.stop) if lines[index].kind == "prose"]
    about = sum(lines[index].words for index in prose if index in site)
    return about > _HALF * sum(lines[index].words for index in prose)


def _points(lines: Sequence[Line], block: _Block, shared: float | None) -> int:
    """How much speaks for another article.

    Args:
        lines: The lines of a page.
        block: Some of them.
        shared: The share of its words that stand in the text above it, too; None where it has no words.
    """
    inside = [lines[index] for index in range(block.start, block.stop)]
    prose = [line for line in inside if line.kind == "prose"]
    if len(inside) > _LIST * len(prose):
        return 0
    pairs = sum(
        above.kind == "short" and not above.sentence and below.kind == "prose"
        for above, below in pairwise(inside)
    )
    # The last sentence of an article, below a box that lost its line ends, looks like a teaser.
    if len(prose) <= _TEASER and all(line.piece and not _cut_off(line) for line in prose):
        return 0
    # Teasers are one sentence each, under its headline; more, or one after the other, is somebody's text.
    whole = [line.kind == "prose" and line.sentence and not _cut_off(line) for line in inside]
    strange = shared is not None and shared < _STRANGE
    if not (strange and _are_teasers(inside, whole)) and (
        any(map(all, pairwise(whole)))
        or any(one and _sentences(line.text) > 1 for one, line in zip(whole, inside, strict=True))
    ):
        return 0
    announced = any(lines[index].kind in {"announces", "ends"} for index in block.gap)
    points = announced + (_links(lines, block.gap) >= _GAP)
    points += (2 * sum(map(_cut_off, prose)) > len(prose)) + (pairs >= _PAIRS)
    if shared is not None:
        few = sum(line.words for line in prose) < _FEW_WORDS
        points += (2 - few) * (shared < _STRANGE) - 2 * (shared >= _KNOWN)
    return points


def _are_teasers(inside: Sequence[Line], whole: Sequence[bool]) -> bool:
    """Whether parts of a page in one line are sentences in ones and twos, three times and more.

    Where line ends are lost, a teaser of two sentences looks like two paragraphs.
    """
    runs = [len(list(run)) for one, run in groupby(whole) if one]
    return all(line.piece for line in inside) and len(runs) >= _PAIRS and max(runs) <= _TEASER


def _cut_off(line: Line) -> bool:
    return not line.sentence or line.text.endswith(("...", "…"))


def _sentences(text: str) -> int:
    return sum(text.count(end) for end in (". ", "? ", "! ", ".” ", "。", "؟ ")) + 1
