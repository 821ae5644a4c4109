"""Find many phrases in a text at once, in one pass over it, whatever their number.

Aho-Corasick (Aho and Corasick, 'Efficient string matching', CACM 18(6), 1975) finds the candidates in the
squeezed text; each is then held against the text itself:

- *Boundaries*: no word character may touch the phrase. Scripts written without spaces (Han, kana, Thai, Lao,
  Burmese, Khmer) know no such boundary; Korean has none at the end, where particles attach.
- *Separators*: a space or hyphen of the term matches white space within a paragraph or a hyphen. A hyphen may
  also be left out on either side ('cease-fire', 'ceasefire'); a space only where both parts have four letters
  or more ('cease fire', 'ceasefire'; but 'the rapist' is no 'therapist').
- *Inflection*: the last word may stand in the plural ('ceasefires', 'treaties') and in the possessive, whose
  apostrophe is a boundary and no part of the hit ("ceasefire's"). A `Unit` may ask for more, or for less.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from ahocorasick_rs import AhoCorasick, Implementation

from agents.mentions.fold import IGNORABLE, Folded, Squeezed, fold
from agents.mentions.inflect import verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, KeysView

LETTERS_TO_JOIN = 4
"""Fewest letters of each part where a space may be left out or put in: 'now here' is not 'nowhere'."""

LETTERS_TO_INFLECT = 3
"""Fewest letters of a last word that has a plural: 'its' is not one of 'IT', but 'wars' is of 'war'."""

LONGEST_SEPARATOR = 100
"""Characters of white space that can still stand between two words of a phrase; beyond it lies a table's
column."""

LONGEST_TAIL = 40
"""Characters that a trailing wildcard stands for at most; a longer word is no word."""

UNSPACED = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Scripts written without spaces, as a regex class."""
_UNSPACED = re.compile(UNSPACED)
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_SPACE = re.compile(r"\s")
_INVISIBLE = re.compile(f"[{IGNORABLE}]*")
_INVISIBLES = re.compile(f"[{IGNORABLE}]+")
_LAST_WORD = re.compile(r"[a-z\u00df-\u024f]+$")
_SIBILANTS = ("s", "x", "z", "h", "o")

Ending = Literal["plural", "verb", "exact", "any"]


class Unit(NamedTuple):
    """A word or phrase to look for, and which spellings of it count."""

    text: str
    ending: Ending = "plural"
    """`plural`; `verb`: plural and the forms of a regular verb; `exact`: this spelling and no other, neither
    joined nor parted; `any`: whatever the last word goes on with."""
    case: bool = False
    """Whether capitals count."""


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
    ending: Literal["", "plural", "any"]
    """What may follow."""
    strict: Unit | None = None
    """What the text is held against once more, where not every spelling counts."""


class Phrases:
    """An automaton of phrases; a phrase is known by its place among them."""

    def __init__(self, phrases: Iterable[str | Unit]) -> None:
        patterns: dict[str, list[_Spelling]] = {}
        for number, phrase in enumerate(phrases):
            unit = phrase if isinstance(phrase, Unit) else Unit(phrase)
            for pattern, spelling in spellings(number, unit):
                patterns.setdefault(pattern, []).append(spelling)
        self._spellings = list(patterns.values())
        self._open = bytes(any(item.ending == "any" for item in found) for found in self._spellings)
        # The contiguous NFA is ten times smaller than the DFA here, and no slower behind the folding.
        self._automaton = AhoCorasick(
            patterns, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def scan(self, text: str) -> Occurrences:
        """Go through the text once; which candidates hold is looked at when they are asked for."""
        folded = fold(text)
        squeezed = Squeezed(folded.text)
        candidates: dict[int, list[tuple[_Spelling, int, int]]] = {}
        mid_word, goes_on, is_open = squeezed.mid_word, squeezed.goes_on, self._open
        for pattern, start, end in self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True):
            # Nine in ten candidates fall here, at a tenth of what the full check costs.
            if mid_word[start] or (goes_on[end - 1] and not is_open[pattern]):
                continue
            for spelling in self._spellings[pattern]:
                candidates.setdefault(spelling.phrase, []).append((spelling, start, end))
        return Occurrences(text, folded, squeezed, candidates)

    def find(self, text: str) -> list[Hit]:
        """Every place of every phrase, overlapping ones too, by start, then longest first."""
        found = self.scan(text)
        hits = [Hit(phrase, *span) for phrase in found.phrases for span in found.spans(phrase)]
        return sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.phrase))


class Occurrences:
    """Where phrases may stand in one text, and on demand where they do."""

    def __init__(
        self,
        text: str,
        folded: Folded,
        squeezed: Squeezed,
        candidates: dict[int, list[tuple[_Spelling, int, int]]],
    ) -> None:
        self.text = text
        self._folded = folded
        self._squeezed = squeezed
        self._candidates = candidates
        self._spans: dict[int | Unit, list[tuple[int, int]]] = {}

    @classmethod
    def none(cls, text: str) -> Self:
        """A text that no automaton went through; each unit is looked for when it is asked for."""
        folded = fold(text)
        return cls(text, folded, Squeezed(folded.text), {})

    @property
    def phrases(self) -> KeysView[int]:
        """The phrases that have a candidate."""
        return self._candidates.keys()

    def spans(self, phrase: int) -> list[tuple[int, int]]:
        """Half-open spans of the text where the phrase stands, by start, then longest first."""
        if phrase not in self._candidates:
            return []
        if phrase not in self._spans:
            self._spans[phrase] = self._held(self._candidates[phrase])
        return self._spans[phrase]

    def look_for(self, unit: Unit) -> list[tuple[int, int]]:
        """The same for a unit that the automaton doesn't know."""
        if unit not in self._spans:
            self._spans[unit] = self._held(
                (spelling, found.start(), found.start() + len(pattern))
                for pattern, spelling, places in _sought(unit)
                if pattern in self._squeezed.text
                for found in places.finditer(self._squeezed.text)
            )
        return self._spans[unit]

    def _held(self, candidates: Iterable[tuple[_Spelling, int, int]]) -> list[tuple[int, int]]:
        hits = {
            span
            for spelling, start, end in candidates
            if (span := held(spelling, (start, end), self._squeezed, self._folded, self.text))
        }
        return sorted(hits, key=lambda span: (span[0], -span[1]))


@lru_cache(maxsize=1 << 15)
def _sought(unit: Unit) -> list[tuple[str, _Spelling, re.Pattern[str]]]:
    """The patterns of a unit, each with a search for all of its places, overlapping ones too."""
    return [
        (pattern, spelling, re.compile(f"(?={re.escape(pattern)})"))
        for pattern, spelling in spellings(0, unit)
    ]


def spellings(number: int, unit: Unit) -> list[tuple[str, _Spelling]]:
    """The patterns of squeezed text that may be phrase `number`."""
    folded = fold(unit.text.strip()).text
    squeezed = Squeezed(folded)
    pattern = squeezed.text
    breaks = {at: not _is_space(between) for at, between in squeezed.between(0, len(pattern)).items()}
    strict = unit if unit.ending == "exact" or unit.case else None
    if unit.ending in {"exact", "any"}:
        ending: Literal["", "any"] = "any" if unit.ending == "any" else ""
        return [(pattern, _Spelling(number, breaks, ending, strict))]
    last = _LAST_WORD.search(folded)
    if last is None or len(last[0]) < LETTERS_TO_INFLECT:
        return [(pattern, _Spelling(number, breaks, "", strict))]
    forms = set()
    if pattern[-1] == "y" and pattern[-2] not in "aeiou":
        forms.add(pattern[:-1] + "ies")
    # A capital makes it a name, and names are no verbs: nobody who watches Bill wants the billing.
    if unit.ending == "verb" and not re.split(r"[\W_]", unit.text.strip())[-1][:1].isupper():
        forms.update(pattern[: -len(last[0])] + form for form in verb_forms(last[0]))
    return [
        (pattern, _Spelling(number, breaks, "plural", strict)),
        *((form, _Spelling(number, breaks, "", strict)) for form in sorted(forms)),
    ]


def held(
    spelling: _Spelling, found: tuple[int, int], squeezed: Squeezed, folded: Folded, text: str
) -> tuple[int, int] | None:
    """What was found in the squeezed text, as a span of the text, if that bears it out."""
    start, end = found
    first, last = squeezed.span(start, end)
    if not _begins(folded.text, first):
        return None
    ending = _ending(folded.text, last, spelling.ending)
    if ending is None or not _spelled_alike(spelling.breaks, start, end, squeezed):
        return None
    left, right = folded.span(first, ending)
    if spelling.strict and not _is_strictly(spelling.strict, text[left:right]):
        return None
    return left, right


def _is_strictly(unit: Unit, text: str) -> bool:
    if unit.ending == "exact" and _words(fold(text).text) != _words(fold(unit.text).text):
        return False
    return not unit.case or _has_case_of(_letters(unit.text), _letters(text))


def _words(folded: str) -> list[str]:
    return _INVISIBLES.sub("", folded).split()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def _has_case_of(term: str, text: str) -> bool:
    """Whether the two are written with the same capitals as far as they are the same letters."""
    for wanted, found in zip(term, text, strict=False):
        if wanted != found:
            return wanted.casefold() != found.casefold()
    return True


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


def _ending(text: str, end: int, ending: Literal["", "plural", "any"]) -> int | None:
    """Where the word ends that has a phrase's end at `end`; None where it goes on as another word."""
    if _ends(text, end):
        return end
    if ending == "any":
        return next(
            (at for at in range(end + 1, min(end + LONGEST_TAIL, len(text)) + 1) if _ends(text, at)), None
        )
    if not ending:
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
