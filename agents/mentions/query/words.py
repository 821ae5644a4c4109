"""What may stand for a word in a query, and what is refused with the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.mentions.spellings import Unit

if TYPE_CHECKING:
    from agents.mentions.spellings import Ending

LETTERS_BEFORE_WILDCARD = 3
"""With two, 'th*' is every tenth word of a text."""

LONGEST_TERM = 200
"""Code points; the longest phrase an article can be expected to repeat word for word."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WILD = re.compile(r"(?<!\\)(?:\\\\)*([*?])")
_WAY_OUT = {
    "and": "write AND, or quote it as a word to look for",
    "or": "write OR, or quote it as a word to look for",
    "not": "write NOT, or quote it as a word to look for",
    "&&": "write AND",
    "||": "write OR",
}


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
    if written in _WAY_OUT:
        raise QueryError(at, f"{written!r} is no operator of this language; {_WAY_OUT[written]}")
    if written.startswith("!"):
        raise QueryError(at, "'!' is no operator of this language; write NOT")
    if quote := re.search(r'(?<!\\)"', written):
        raise QueryError(at + quote.start(), "a quotation mark within a word; quote the whole phrase")
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
            f"'{written}' would fit some {26 ** (LETTERS_BEFORE_WILDCARD - letters) * 100:,} words; write at "
            f"least {LETTERS_BEFORE_WILDCARD} letters before the *",
        )
    return unit(written[: wild.start(1)], at, ending="any")


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
