"""Lines right above and right below the text that belong to it: headings, a list, a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.ingest.dateline import is_dateline
from agents.ingest.lines import LONG_WORDS, below_menu
from agents.ingest.timestamp import has_date, is_timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence


from agents.ingest.lines import Line

SMALL_HEAD = 12
"""A head of more lines than this holds a menu."""
# Section names, dates and image names have up to three words; a heading or a caption has more.
_LABEL_WORDS = 3
_SMALL_FOOT = 3
# Headings that may stand between a menu and the text: a standfirst, a first sub-heading.
_HEADINGS = 3
# So many lines between headline and text, two of them longer than labels and none of the page, are a list.
_LIST = 4
_LIST_ITEMS = 2
_NUMBER = re.compile(r"\d")
# As extractors write a table's row; its head and its rule have no number.
_ROW = re.compile(r"\|.*\|")


def head_lines(lines: Sequence[Line], start: int, title: int | None) -> list[int]:
    """Headings above the text; where a menu stands there, too, only those next to the text.

    Args:
        lines: The lines of a page.
        start: Index of the first line of its text.
        title: Index of the headline above it; -1 for one that was taken out before, None where there is none.
    """
    if title is not None and (whole := _list_below(lines, range(title + 1, start))):
        return whole
    dateline = start - 1 if start and is_dateline(lines[start - 1].text) else -1
    if start <= SMALL_HEAD:
        return [
            index
            for index in range(below_menu(lines, start), start)
            if _may_stay(lines[index]) and (lines[index].words > _LABEL_WORDS or index == dateline)
        ]
    kept: list[int] = []
    for index in range(start - 1, max(-1, start - 1 - SMALL_HEAD), -1):
        if _may_stay(lines[index]) and not has_date(lines[index].text):
            if index != dateline and (lines[index].words <= _LABEL_WORDS or len(kept) == _HEADINGS):
                break
            kept.append(index)
    return kept[::-1]


def _may_stay(line: Line) -> bool:
    """Whether a line may be a heading or an item: not so long without an end, no part of a flat page."""
    return line.kind == "short" and (line.sentence or not (line.piece or line.words >= LONG_WORDS))


def _list_below(lines: Sequence[Line], between: range) -> list[int]:
    inside = [lines[index] for index in between]
    items = sum(line.words > _LABEL_WORDS for line in inside)
    own = all(line.kind == "short" and not has_date(line.text) for line in inside)
    return list(between) if own and len(inside) >= _LIST and items >= _LIST_ITEMS else []


def foot_lines(lines: Sequence[Line], region: range) -> list[int]:
    """What belongs to the text below its last sentence: a list that it introduces, a line or two."""
    results = _results(lines, region.stop) if region else []
    kept: list[int] = []
    unsure = 0
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
        if _may_stay(line) and (introduced or not region or line.sentence or line.words > _LABEL_WORDS):
            kept.append(index)
            introduces = line.text.endswith((":", "："))
            unsure += not (introduced or introduces or line.sentence)
            # Below a menu a line with a colon introduces more of it.
            introduced = introduced or (introduces and unsure <= _SMALL_FOOT)
    return results + (kept if not region or unsure <= _SMALL_FOOT else [])


def _results(lines: Sequence[Line], start: int) -> list[int]:
    """The table right below the text: at least two rows, or lines with numbers in each. Menus have none."""
    stop = start
    while stop < len(lines) and (_ROW.fullmatch(lines[stop].text) or _is_result(lines[stop])):
        stop += 1
    return list(range(start, stop)) if stop - start > 1 else []


def _is_result(line: Line) -> bool:
    return line.kind == "short" and bool(_NUMBER.search(line.text)) and not is_timestamp(line.text)
