"""Bring a text and a term to one spelling, and know where each character came from.

Two stages, both without a word of any language in them:

`fold` makes case, Unicode normal form, width and apostrophes equal. Most texts keep their length; only where
one does not ('İ', 'ß', 'ﬁ', a letter followed by combining marks) is a map of origins kept.

`squeeze` takes out what stands between the words of a compound or a phrase: white space within a paragraph, a
hyphen between two word characters (with a line break after it, as in print), and characters without width. So
'cease-fire', 'cease fire', 'cease\u00adfire' and 'ceasefire' are one string, and one automaton finds them
all; which of them a term allows is decided afterwards, on the separators that `Squeezed.between` gives back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

import numpy as np

IGNORABLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Soft hyphen, zero-width and direction marks, as a regex class: no reader sees them."""

HYPHENS = "-\u2010\u2011\u2012\u2013"
"""Hyphen-minus, hyphen, no-break hyphen, figure dash, en dash. The em dash parts clauses, never words."""

_BLANK = r"[^\S\n\f\x1c-\x1e\u2029]"
"""White space that ends neither a line nor a paragraph."""

_SEPARATES = re.compile(
    rf"\n(?!{_BLANK}*\n)"
    # Not between digits: '4-5' is not '45'.
    rf"|(?<=\w)(?<!\d)-(?=\w|{_BLANK}*\n{_BLANK}*\w)"
    r"|(?<=\d)-(?=[^\W\d])"
)
"""The line breaks and hyphens that stand between two words of one phrase."""

_REMOVED, _DEPENDS = 1, 2
_KINDS = np.zeros(0x10000, dtype=np.uint8)
_KINDS[
    [ord(match[0]) for match in re.finditer(f"{_BLANK}|[{IGNORABLE}]", "".join(map(chr, range(0x10000))))]
] = _REMOVED
_KINDS[[ord("\n"), ord("-")]] = _DEPENDS
"""By code point, what becomes of a character; none beyond the first plane is a separator."""

_PLAIN_ENDLESS = 2
_PLAIN = np.zeros(0x80, dtype=np.uint8)
_PLAIN[[ord(character) for character in "abcdefghijklmnopqrstuvwxyz0123456789"]] = _PLAIN_ENDLESS
_PLAIN[[ord("e"), ord("s")]] = 1
"""Letters and digits whose place in a word is plain; 1 where a plural's ending may begin."""

_EQUAL = [(apostrophe, "'") for apostrophe in "‘’ʼ＇"] + [(hyphen, "-") for hyphen in HYPHENS[1:]]
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in map(chr, range(0xFF10, 0xFF5B)) if _WIDE.match(wide)}
"""Letters and digits as wide as a Han character, 'ＮＡＴＯ', to those of everybody else."""
_JAMO_VOWELS_AND_FINALS = range(0x1160, 0x1200)


class Folded(NamedTuple):
    """A folded text; `origins[i]` is where its character `i` came from, None where nothing moved."""

    text: str
    origins: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of the text before folding that became `start:end`; whole clusters only."""
        if self.origins is None:
            return start, end
        last = self.origins[end - 1]
        return self.origins[start], self.origins[bisect_right(self.origins, last)]


class Squeezed:
    """A folded text without its separators; its character `i` stands at `origins[i]` of the folded text."""

    def __init__(self, folded: str) -> None:
        codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        kinds = _KINDS[np.minimum(codes, len(_KINDS) - 1)]
        kept = kinds != _REMOVED
        for at in np.flatnonzero(kinds == _DEPENDS).tolist():
            if _SEPARATES.match(folded, at):
                kept[at] = False
        self.text = codes[kept].tobytes().decode("utf-32-le", "replace")
        self.origins = np.flatnonzero(kept)
        self._folded = folded
        plain = np.append(_PLAIN[np.minimum(codes, len(_PLAIN) - 1)], 0)
        inner = plain[self.origins] != 0
        self.mid_word = (inner & (plain[self.origins - 1] != 0)).tobytes()
        """For each character, 1 where it goes on with a word of plain letters or digits."""
        self.goes_on = (inner & (plain[self.origins + 1] == _PLAIN_ENDLESS)).tobytes()
        """For each character, 1 where the next one goes on with its word, and begins no ending."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of the folded text that became `start:end`."""
        return int(self.origins[start]), int(self.origins[end - 1]) + 1

    def between(self, start: int, end: int) -> dict[int, str]:
        """Separators that stood strictly inside `start:end`, by their offset from `start`."""
        origins = self.origins[start:end]
        if origins[-1] - origins[0] == end - start - 1:
            return {}
        gaps = np.flatnonzero(np.diff(origins) > 1).tolist()
        return {gap + 1: self._folded[origins[gap] + 1 : origins[gap + 1]] for gap in gaps}


def fold(text: str) -> Folded:
    """Case-fold `text`, compose it (NFC) and make width, apostrophes and hyphens equal.

    Full case folding as in Unicode §3.13 (D144), but for 'İ', which becomes 'i': İstanbul is Istanbul.
    """
    if text.isascii():
        return Folded(text.lower(), None)
    text = narrowed(text)
    folded = text.casefold()
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", text):
        return Folded(_equal(folded), None)
    return _fold_clusters(text)


def narrowed(text: str) -> str:
    """The text with full-width Latin letters and digits as usual ones; each stays one character."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def _equal(text: str) -> str:
    for variant, plain in _EQUAL:  # five times as fast as str.translate
        text = text.replace(variant, plain)
    return text


def _fold_clusters(text: str) -> Folded:
    pieces: list[str] = []
    origins: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _continues(text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end]).replace("İ", "i").casefold()
        pieces.append(piece)
        origins.extend([start] * len(piece))
        start = end
    origins.append(len(text))
    return Folded(_equal("".join(pieces)), origins)


def _continues(character: str) -> bool:
    """Whether it belongs to the character before it."""
    return not character.isascii() and (
        unicodedata.category(character)[0] == "M" or ord(character) in _JAMO_VOWELS_AND_FINALS
    )
