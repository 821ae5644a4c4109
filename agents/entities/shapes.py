"""How a word is written, which an encoder that reads lower case can't see: ten shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NONE, LOWER, TITLE, UPPER, MIXED, INITIAL, DOTTED, DIGITS, CODE, MARK = range(10)
"""No word (ends of a window); 'news'; 'Kyiv'; 'NATO'; 'McDonald'; 'J' or 'J.'; 'U.S.'; '2026'; 'G7'; '-'."""
SHAPES = 10
DOTS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")


def shape(word: str) -> int:
    """The shape of a word; of the letters only, whatever stands between them."""
    if DOTS.fullmatch(word):
        return DOTTED
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        return CODE if letters else DIGITS
    return _of_letters(letters) if letters else MARK


def _of_letters(letters: Sequence[str]) -> int:
    if all(not c.isupper() for c in letters):
        return LOWER
    if len(letters) == 1:
        return INITIAL
    if all(c.isupper() for c in letters):
        return UPPER
    return TITLE if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else MIXED
