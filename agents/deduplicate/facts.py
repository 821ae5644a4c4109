"""Which words of a text are facts: its names and its numbers, as they are written."""

from __future__ import annotations

import re

MOST_FACTS = 256
"""Of each kind; a text with more of them is a table, and is told by the first."""

# A capital within a sentence: at the start of one every word has it.
_NAME = re.compile(r"(?<=[a-z0-9,;)] )[A-ZÀ-ÞŁŚŻŽČŠĐ][\w’'-]*\w")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
WITHIN_NUMBER = re.compile(r"(?<=\d)[.,:/-](?=\d)")
"""Taken out of a text, '1,250.5' is one word: else '0.8' and '1.0' would have one in common."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")


def names(text: str) -> tuple[str, ...]:
    """Distinct capitalised words from within sentences, in their order."""
    return tuple(dict.fromkeys(_NAME.findall(text)))[:MOST_FACTS]


def numbers(text: str) -> tuple[str, ...]:
    """Distinct numbers in their order; '1,250' is '1250', and '5-15/16' is one."""
    return tuple(dict.fromkeys(_THOUSANDS.sub("", found) for found in _NUMBER.findall(text)))[:MOST_FACTS]
