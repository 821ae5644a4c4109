"""Which words of a text are facts: its names and its numbers, as they are written."""

from __future__ import annotations

import re

MOST_FACTS = 256
"""Of each kind; a text with more of them is a table, and is told by the first."""

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĚĞĢĪİĶŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽΑ-ΩА-ЯІЇЄҐ]"
# The look back comes second: the search leaps from capital to capital.
_NAME = re.compile(rf"{_CAPITAL}(?<=(?:[^\W_]|[,;)]) {_CAPITAL})[\w’'-]*\w")
# Not '[0-9]+', with which the search looks at each character in turn: two thirds of the time.
_NUMBER = re.compile(r"[0-9][0-9]*(?:[.,:/-][0-9]+)*")
_WITHIN_NUMBER = re.compile(r"[.,:/-](?<=[0-9].)(?=[0-9])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


def whole_numbers(text: str) -> str:
    """The text with '1,250.5' as one word: else '0.8' and '1.0' would have one in common."""
    return _WITHIN_NUMBER.sub("", text)


def names(text: str) -> tuple[str, ...]:
    """Distinct capitalised words from within sentences, in their order; at the start of one every word is."""
    return tuple(dict.fromkeys(_NAME.findall(text)))[:MOST_FACTS]


def numbers(text: str) -> tuple[str, ...]:
    """Distinct numbers in their order; '1,250' is '1250', and '5-15/16' is one."""
    return tuple(dict.fromkeys(_THOUSANDS.sub("", found) for found in _NUMBER.findall(text)))[:MOST_FACTS]
