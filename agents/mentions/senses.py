"""Tell a watched word from the same word in another sense: 'sanctioned by the committee' is no penalty.

Operators fear the missed story more than the false alarm, so only contexts that leave no doubt count; they
are in `senses.toml`. Only a word alone is looked at: a term that names the context itself ('sanctioned by
the committee') is found.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

REACH = 100
"""Code points looked at on either side."""

_LONGEST = 20
"""Code points of the longest word listed, and some."""
_SPACE = re.compile(r"\s+")


class Sense(NamedTuple):
    """Another sense of a word."""

    context: re.Pattern[str]
    """Fits where the word, written @, has it."""
    unless: re.Pattern[str] | None
    """Speaks against it."""


def in_other_sense(text: str, start: int, end: int) -> bool:
    """Whether the word `start:end` of `text` means something else here than what it is watched for."""
    if end - start > _LONGEST:
        return False
    senses = _senses().get(text[start:end].lower())
    if not senses:
        return False
    left = text[max(0, start - REACH) : start].rpartition("\n\n")[2]
    right = text[end : end + REACH].partition("\n\n")[0]
    window = _SPACE.sub(" ", f"{left}@{right}")
    return any(
        sense.context.search(window) and not (sense.unless and sense.unless.search(window))
        for sense in senses
    )


@cache
def _senses() -> dict[str, tuple[Sense, ...]]:
    """The other senses of each word that has some."""
    data = tomllib.loads((files("agents.mentions") / "senses.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Sense, ...]] = {}
    for entry in data["sense"]:
        context = re.compile("|".join(entry["context"]), re.IGNORECASE)
        unless = re.compile(entry["unless"], re.IGNORECASE) if "unless" in entry else None
        for word in entry["words"]:
            found[word] = (*found.get(word, ()), Sense(context, unless))
    return found
