"""What may stand for a word in a query, and what is refused with the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.mentions.spellings import Unit

if TYPE_CHECKING:
    from agents.mentions.spellings import Ending

LETTERS_BEFORE_WILDCARD = 3
"""With two, 'th*' is every tenth word of a text."""

WORDS_FITTED = 100
"""Words in use that begin with the same three letters, roughly; with each letter less 26 times as many."""

LONGEST_TERM = 200
"""Code points; the longest phrase an article can be expected to repeat word for word."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WILD = re.compile(r"(?<!\\)(?:\\\\)*([*?])")
_WAY_OUT = {
    "and": "write AND, or quote it as a word to look for",
    "or": "write OR, or quote it as a word to look for",
    "not": "write NOT, or quote it as a word to look for",
    "xor": "write (a OR b) NOT (a AND b), or quote it as a word to look for",
    "&&": "write AND",
    "&": "write AND",
    "||": "write OR",
    "|": "write OR",
}
_DISTANCE = re.compile(r"(?:O?NEAR|ADJ)(?:/?\d+)?|(?:W|N|P|PRE)/\d+")
"""How other systems write that two words stand near each other."""
_CURLY = re.compile("[“”„«»]")
_PARTS = re.compile(r"(?<!\\)(?:[,;]$|;|\|)")
"""Signs with which lists are written elsewhere; a comma within a word may be part of it, as in 1,000."""


class QueryError(ValueError):
    """A query that can't be taken, and the offset in it (code points from 0) of what can't."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(message)
        self.position = position


def word(written: str, at: int, *, inflect: bool) -> Unit:
    """A word as written without quotes; a `*` at its end stands for whatever it goes on with.

    Raises:
        QueryError: it is an operator in disguise, or has a wildcard elsewhere.
    """
    _refuse_operators(written, at)
    _refuse_signs(written, at)
    wild = _WILD.search(written)
    if wild is None:
        return unit(written, at, ending="verb" if inflect else "exact")
    place = at + wild.start(1)
    if wild[1] == "?":
        raise QueryError(
            place, "'?' stands for any letter, which can't be looked for; list the spellings with OR"
        )
    stem = _plain(written[: wild.start(1)])
    if not stem:
        raise QueryError(
            place, "a wildcard at the beginning fits every word; begin with letters, as in sanction*"
        )
    if wild.end() < len(written):
        raise QueryError(
            place, "a wildcard within a word can't be looked for; only at its end, as in sanction*"
        )
    letters = sum(map(str.isalnum, stem))
    if letters < LETTERS_BEFORE_WILDCARD and stem.isascii():
        raise QueryError(
            place,
            f"'{written}' would fit some {WORDS_FITTED * 26 ** (LETTERS_BEFORE_WILDCARD - letters):,} words; "
            f"write at least {LETTERS_BEFORE_WILDCARD} letters before the *",
        )
    return unit(written[: wild.start(1)], at, ending="any")


def _refuse_operators(written: str, at: int) -> None:
    if way_out := _WAY_OUT.get(written.lower()):
        raise QueryError(at, f"{written!r} is no operator of this language; {way_out}")
    if _DISTANCE.fullmatch(written):
        raise QueryError(
            at, f'{written!r} is no operator of this language; write "one other"~5, or quote it as a word'
        )
    if written.startswith("!"):
        raise QueryError(at, "'!' is no operator of this language; write NOT")


def _refuse_signs(written: str, at: int) -> None:
    if quote := re.search(r'(?<!\\)"', written):
        raise QueryError(at + quote.start(), "a quotation mark within a word; quote the whole phrase")
    if quote := _CURLY.search(written):
        raise QueryError(at + quote.start(), f'{quote[0]!r} quotes nothing here; write "')
    if part := _PARTS.search(written):
        raise QueryError(
            at + part.start(), f"{part[0]!r} parts no words here; write OR, or quote it as part of the word"
        )


def phrase(written: str, at: int, *, inflect: bool, case: bool) -> Unit:
    """A phrase as written between quotes (which are left out here).

    Raises:
        QueryError: it has a wildcard, or nothing to look for.
    """
    if wild := re.search(r"(?<!\\)(?:\\\\)*\w\*", written):
        raise QueryError(
            at + wild.end() - 1, r"a wildcard within quotes is not read; take it out, or write \* for a star"
        )
    return unit(written, at, ending="verb" if inflect else "exact", case=case)


def unit(written: str, at: int, *, ending: Ending, case: bool = False) -> Unit:
    """What is looked for, with the backslashes taken out.

    Raises:
        QueryError: it has no letter or digit, or is too long.
    """
    text = _plain(written)
    if not any(map(str.isalnum, text)):
        raise QueryError(at, f"{text!r} has no letter or digit to look for; write a word or phrase")
    if len(text) > LONGEST_TERM:
        raise QueryError(
            at, f"'{text[:40]}…' has {len(text)} characters, the limit is {LONGEST_TERM}; shorten it"
        )
    return Unit(text, ending, case)


def _plain(written: str) -> str:
    return " ".join(_ESCAPED.sub(r"\1", written).split())
