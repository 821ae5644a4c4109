"""Find many phrases in a text at once, in one pass over it, whatever their number.

Aho-Corasick (Aho and Corasick, 'Efficient string matching', CACM 18(6), 1975) finds the candidates in the
squeezed text; each is then held against the text itself:

- *Boundaries*: no word character may touch the phrase. Scripts written without spaces (Han, kana, Thai, Lao,
  Burmese, Khmer) know no such boundary; Korean has none at the end, where particles attach.
- *Separators*: a space or hyphen of the term matches white space within a paragraph or a hyphen. A hyphen may
  also be left out on either side ('cease-fire', 'ceasefire'); a space only where both parts have four letters
  or more ('cease fire', 'ceasefire'; but 'the rapist' is no 'therapist').
- *Inflection*: the last word may stand in the plural ('ceasefires', 'treaties') and in the possessive, whose
  apostrophe is a boundary and no part of the hit ("ceasefire's").
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from agents.mentions.fold import IGNORABLE, Folded, Squeezed, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS_TO_JOIN = 4
"""Fewest letters of each part where a space may be left out or put in: 'now here' is not 'nowhere'."""

LETTERS_TO_INFLECT = 3
"""Fewest letters of a last word that has a plural: 'its' is not one of 'IT', but 'wars' is of 'war'."""

LONGEST_SEPARATOR = 100
"""Characters of white space that can still stand between two words of a phrase; beyond it lies a table's
column."""

_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_SPACE = re.compile(r"\s")
_INVISIBLE = re.compile(f"[{IGNORABLE}]*")
_LAST_WORD = re.compile(r"[a-z\u00df-\u024f]+$")
_SIBILANTS = ("s", "x", "z", "h", "o")


class Hit(NamedTuple):
    """Phrase number `phrase` stands in `start:end` of the text, as it was given."""

    phrase: int
    start: int
    end: int


class _Spelling(NamedTuple):
    """A phrase as one of the automaton's patterns stands for it."""

    phrase: int
    breaks: dict[int, bool]
    """Offset in the pattern of each word but the first; whether a hyphen stands before it."""
    plural: bool
    """Whether an ending may follow."""


class Phrases:
    """An automaton of `phrases`; a phrase is known by its place among them."""

    def __init__(self, phrases: Iterable[str]) -> None:
        patterns: dict[str, list[_Spelling]] = {}
        for number, phrase in enumerate(phrases):
            for pattern, spelling in _spellings(number, phrase):
                patterns.setdefault(pattern, []).append(spelling)
        self._spellings = list(patterns.values())
        # The contiguous NFA is ten times smaller than the DFA here, and no slower behind the folding.
        self._automaton = AhoCorasick(
            patterns, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def find(self, text: str) -> list[Hit]:
        """Every place of every phrase, overlapping ones too, by start, then longest first."""
        folded = fold(text)
        squeezed = Squeezed(folded.text)
        hits = set()
        for pattern, start, end in self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True):
            # Nine in ten candidates fall here, at a tenth of what the full check costs.
            if squeezed.mid_word[start] or squeezed.goes_on[end - 1]:
                continue
            for spelling in self._spellings[pattern]:
                if hit := _held(spelling, start, end, squeezed, folded):
                    hits.add(hit)
        return sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.phrase))


def _spellings(number: int, phrase: str) -> list[tuple[str, _Spelling]]:
    folded = fold(phrase.strip()).text
    squeezed = Squeezed(folded)
    pattern = squeezed.text
    breaks = {at: not _is_space(between) for at, between in squeezed.between(0, len(pattern)).items()}
    last = _LAST_WORD.search(folded)
    inflects = last is not None and len(last[0]) >= LETTERS_TO_INFLECT
    spellings = [(pattern, _Spelling(number, breaks, inflects))]
    if inflects and pattern[-1] == "y" and pattern[-2] not in "aeiou":
        spellings.append((pattern[:-1] + "ies", _Spelling(number, breaks, plural=False)))
    return spellings


def _held(spelling: _Spelling, start: int, end: int, squeezed: Squeezed, folded: Folded) -> Hit | None:
    """The candidate `start:end` of the squeezed text as a hit, if the text bears it out."""
    first, last = squeezed.span(start, end)
    if not _begins(folded.text, first):
        return None
    ending = _ending(folded.text, last, plural=spelling.plural)
    if ending is None or not _spelled_alike(spelling.breaks, start, end, squeezed):
        return None
    return Hit(spelling.phrase, *folded.span(first, ending))


def _spelled_alike(breaks: dict[int, bool], start: int, end: int, squeezed: Squeezed) -> bool:
    separators = squeezed.between(start, end)
    pattern = squeezed.text[start:end]
    for at, between in separators.items():
        if len(between) > LONGEST_SEPARATOR or (
            at not in breaks and _is_space(between) and not _joins(pattern, at, breaks)
        ):
            return False
    return all(
        (hyphen and not pattern[at - 1 : at + 1].isdigit()) or _joins(pattern, at, breaks)
        for at, hyphen in breaks.items()
        if at not in separators
    )


def _is_space(separator: str) -> bool:
    return "-" not in separator and _SPACE.search(separator) is not None


def _joins(pattern: str, at: int, breaks: dict[int, bool]) -> bool:
    """Whether the parts on both sides of `at`, up to the next word of the term, are words enough."""
    before = max((b for b in breaks if b < at), default=0)
    after = min((b for b in breaks if b > at), default=len(pattern))
    return all(
        len(part) >= LETTERS_TO_JOIN and part.isalpha() for part in (pattern[before:at], pattern[at:after])
    )


def _begins(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and _INVISIBLE.fullmatch(text, before, before + 1):
        before -= 1
    return before < 0 or not _touch(text[before], text[start])


def _ending(text: str, end: int, *, plural: bool) -> int | None:
    """Where the word ends that has a phrase's end at `end`; None where it goes on as another word."""
    if _ends(text, end):
        return end
    if not plural:
        return None
    suffix = _visible(text, end)
    if text.startswith("s", suffix) and _ends(text, suffix + 1):
        return suffix + 1
    if text.startswith("es", suffix) and text[end - 1] in _SIBILANTS and _ends(text, suffix + 2):
        return suffix + 2
    return None


def _ends(text: str, end: int) -> bool:
    after = _visible(text, end)
    if after == len(text) or _HANGUL.match(text, end - 1):
        return True
    if text.startswith("'t", after):
        return after + 2 < len(text) and _is_word(text[after + 2])  # "can't" does not have the word 'can'
    return not _touch(text[end - 1], text[after])


def _visible(text: str, start: int) -> int:
    invisible = _INVISIBLE.match(text, start)
    return start if invisible is None else invisible.end()


def _touch(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word."""
    return _is_word(left) and _is_word(right) and not _UNSPACED.match(left) and not _UNSPACED.match(right)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"
