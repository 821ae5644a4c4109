"""Teams called after their cities: 'Liverpool' in a sentence of sport, where a pipeline says ORG."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.entities.forms import load_forms
from agents.entities.identity import Identity, unknown

if TYPE_CHECKING:
    from agents.entities.identity import Found
    from agents.entities.table import Table

AROUND = 200
"""Characters on either side in which its sentence is looked at."""
ENDS = re.compile(r"[.!?]\s|\n")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
RESULT = re.compile(r"\b\d{1,3}-\d{1,3}\b(?!-)")


def team(text: str, mention: Found, table: Table) -> Identity | None:
    """The body that a city's name stands for; None where it does not say so, or the table has a body of it.

    Args:
        text: the article.
        mention: a name in it.
        table: cities and bodies.
    """
    if mention.label != "ORG":
        return None
    known = table.find(mention.text, "ORG")
    if known is None or not known.id.startswith("city:") or not _is_sport(text, mention):
        return None
    return unknown(mention.text, "ORG")


def _is_sport(text: str, mention: Found) -> bool:
    before = ENDS.split(text[max(0, mention.start - AROUND) : mention.start])[-1]
    behind = ENDS.split(text[mention.end : mention.end + AROUND], maxsplit=1)[0]
    words = set(WORD.findall(f"{before} {behind}"))
    return not words.isdisjoint(load_forms().sport) or RESULT.search(f"{before} {behind}") is not None
