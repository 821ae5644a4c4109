"""Which part of a page's lines is the article: the densest stretch of prose.

The maximum-sum stretch (Kadane; Pasternack and Roth, 'Extracting article text from the web with maximum
subsequence segmentation', WWW 2009) over what each line says for and against: prose counts its words,
menus and furniture count against. So twenty menu lines part a cookie notice from the article, and three
short lines part nothing.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from agents.ingest.timestamp import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.ingest.lines import Line

# A paragraph of 200 words is no surer prose than one of 60.
_MOST_FOR = 60
# Fifteen lines of a menu outweigh a paragraph of 60 words. Menus have one to three words a line; longer
# short lines are links to other articles, but also the lists of a body.
_MENU_WORDS = 3
_MENU = -4
_LIST = -2
_COMMENT = re.compile(
    r"\b(?:says|said|wrote|schrieb|a écrit|dice|disse)\s*:$|"
    r"^(?:reply|like|report|answer|antworten|répondre|responder)$",
    re.IGNORECASE,
)
_COMMENTS = 4
# Words of prose that are an article; a page's notice about cookies has so many, but no comments below.
_ENOUGH = 30
# Lines below the heading of the comments that are looked at: about ten comments.
_SEEN = 40
_AGAINST = {"furniture": -6, "announces": -12, "ends": -60}


def article_lines(lines: Sequence[Line]) -> range:
    """Indices from the first to the last line of prose of the article; empty where there is no prose."""
    best, best_sum, start, total = range(0), 0, 0, 0
    for index, line in enumerate(lines):
        if total <= 0:
            start, total = index, 0
        total += _weight(line)
        if total > best_sum:
            best, best_sum = range(start, index + 1), total
    return best


def _weight(line: Line) -> int:
    if line.kind == "prose":
        return min(line.words, _MOST_FOR)
    if line.kind == "short":
        # Short sentences are dialogue; they speak neither way.
        return 0 if line.sentence else _MENU if line.words <= _MENU_WORDS else _LIST
    return _AGAINST[line.kind]


def without_comments(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the readers' comments, which may be longer than the article.

    Comments are short, and each has its author, its date or its button to answer.
    """
    if not any(line.kind == "ends" for line in lines):
        return lines
    signs = list(accumulate(map(_is_sign, lines), initial=0))
    prose = 0
    for index, line in enumerate(lines):
        if line.kind == "prose":
            prose += line.words
        elif line.kind == "ends" and prose >= _ENOUGH:
            seen = signs[min(len(lines), index + _SEEN)] - signs[index]
            if seen >= _COMMENTS:
                return lines[:index]
    return lines


def _is_sign(line: Line) -> bool:
    return bool(_COMMENT.search(line.text)) or is_timestamp(line.text)
