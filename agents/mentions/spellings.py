"""Which spellings of a word or phrase count, and whether a place in a text is one of them.

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
from typing import TYPE_CHECKING, Literal, NamedTuple

from agents.mentions.fold import IGNORABLE, Squeezed, fold, narrowed
from agents.mentions.inflect import singular, verb_forms

if TYPE_CHECKING:
    from agents.mentions.fold import Folded

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
_MODEL = re.compile(r"[a-z]-?\d{1,4}$")
"""'F-16', of which there are 'F-16s'."""
_SIBILANTS = ("s", "x", "z", "h", "o")

Ending = Literal["plural", "verb", "exact", "any"]


class Unit(NamedTuple):
    """A word or phrase to look for, and which spellings of it count."""

    text: str
    ending: Ending = "plural"
    """`plural`; `verb`: plural (of 'F-16' too), singular, forms of a regular verb; `exact`: this spelling and
    no other, neither joined nor parted; `any`: whatever the last word goes on with."""
    case: bool = False
    """Whether capitals count."""


class Spelling(NamedTuple):
    """A phrase as one of the automaton's patterns stands for it."""

    phrase: int
    breaks: dict[int, bool]
    """Offset in the pattern of each word but the first; whether a hyphen stands before it."""
    ending: Literal["", "plural", "any"]
    """What may follow."""
    strict: Unit | None = None
    """What the text is held against once more, where not every spelling counts."""


def spellings(number: int, unit: Unit) -> list[tuple[str, Spelling]]:
    """The patterns of squeezed text that may be phrase `number`."""
    folded = fold(unit.text.strip()).text
    squeezed = Squeezed(folded)
    pattern = squeezed.text
    breaks = {at: not _is_space(between) for at, between in squeezed.between(0, len(pattern)).items()}
    strict = unit if unit.ending == "exact" or unit.case else None
    if unit.ending in {"exact", "any"}:
        ending: Literal["", "any"] = "any" if unit.ending == "any" else ""
        return [(pattern, Spelling(number, breaks, ending, strict))]
    last = _LAST_WORD.search(folded)
    if unit.ending == "verb" and _MODEL.search(folded):
        return [(pattern, Spelling(number, breaks, "plural", strict))]
    if last is None or len(last[0]) < LETTERS_TO_INFLECT:
        return [(pattern, Spelling(number, breaks, "", strict))]
    forms = set()
    if pattern[-1] == "y" and pattern[-2] not in "aeiou":
        forms.add(pattern[:-1] + "ies")
    # A capital makes it a name, and names are no verbs: nobody who watches Bill wants the billing.
    if unit.ending == "verb" and not re.split(r"[\W_]", unit.text.strip())[-1][:1].isupper():
        base = singular(last[0])
        inflected = {base, *verb_forms(base)} if base else verb_forms(last[0])
        forms.update(pattern[: -len(last[0])] + form for form in inflected)
    return [
        (pattern, Spelling(number, breaks, "plural", strict)),
        *((form, Spelling(number, breaks, "", strict)) for form in sorted(forms)),
    ]


def held(
    spelling: Spelling, found: tuple[int, int], squeezed: Squeezed, folded: Folded, text: str
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
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", narrowed(text))))


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
