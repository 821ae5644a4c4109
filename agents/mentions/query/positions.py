"""The words of a text by number: what slop counts in."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from agents.mentions.fold import IGNORABLE
from agents.mentions.spellings import UNSPACED

_MARKS = "".join(
    character for character in map(chr, range(0x300, 0x10000)) if unicodedata.category(character)[0] == "M"
)
"""Vowel signs and accents, which `\\w` leaves out: no Hindi word would be one without them."""

_IN_WORD = rf"[\w{re.escape(_MARKS)}{IGNORABLE}]"
_WORD = re.compile(
    rf"{UNSPACED}|(?:(?!{UNSPACED})\w)(?:(?!{UNSPACED}){_IN_WORD}|['’.](?=\w)|(?<=\d),(?=\d))*"
)
"""A run of word characters, over an apostrophe or full stop within it (Russia's, U.S) and a comma between
digits; a hyphen parts words; in scripts without spaces each character is one. Much as in Unicode UAX #29."""


class Positions:
    """The beginnings of the words in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [word.start() for word in _WORD.finditer(text)]

    def at(self, offset: int) -> int:
        """Number, from 0, of the word that `offset` lies in."""
        return bisect_right(self._starts, offset) - 1
