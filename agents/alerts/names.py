"""Names in a sentence, for comparison: capitalised words, whichever way a house spells them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from agents.entities.table import FILES, SEEDS, read_names, spelling_key
from agents.mentions.abbreviations import FIRST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME = 40

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_NOT_NAMES = frozenset({"i", "mr", "mrs", "ms", "dr", "dc"})
"""'Washington, DC' is Washington."""
_TITLE = re.compile(
    r"\b(?:(?:Vice|Deputy|Acting|Former|Prime|Foreign|Defen[cs]e|Finance|Interior|Justice|Energy|Trade)[\s-])*"
    r"(?:Secretary(?:\sof\s(?:State|Defense)|-General)?|President|Premier|Chancellor|Minister|Senator|Sen\.|Gov\."
    r"|Governor|Ambassador|Prof\.|Professor|Gen\.|Lt\.|Col\.|Rep\.|Spokes(?:man|woman|person))(?=\W|$)"
)
"""One copy gives a title and the next does not, and houses differ in its capitals."""
_POSSESSIVE = re.compile(r"['’]s$")
_JOIN = re.compile(r"[ -]")


def names(text: str) -> list[str]:
    """Capitalised words, neighbours together; the first of the sentence only if it is no usual first word."""
    found: list[list[str]] = []
    reached = -1
    for match in _WORD.finditer(_TITLE.sub(lambda title: "|" * len(title[0]), text)):
        word = _POSSESSIVE.sub("", match[0]).replace(".", "")
        opens = not any(character.isalnum() for character in text[max(0, match.start() - 2) : match.start()])
        if not word[:1].isupper() or word.lower() in _NOT_NAMES or (opens and word.lower() in FIRST_WORDS):
            continue
        if found and reached >= 0 and _JOIN.fullmatch(text[reached : match.start()]):
            found[-1].append(word)
        else:
            found.append([word])
        # A possessive ends a name: 'Kyiv's Zelensky' are two.
        reached = match.end() if word == match[0].replace(".", "") else -1
    return [" ".join(name)[:LONGEST_NAME] for name in found]


def is_named(name: str, others: Iterable[str]) -> bool:
    """Whether a name is among others: 'Rubio' is 'Marco Rubio', 'Malmo' 'MALMÖ', 'EU' what the table has.

    Args:
        name: as a sentence has it.
        others: those of another one.
    """
    return any(
        one <= other or other <= one
        for candidate in others
        for one, other in product(_forms(name), _forms(candidate))
    )


def _forms(name: str) -> tuple[set[str], ...]:
    """Its words as they stand, and those of the canonical name where `seeds/entities` knows it."""
    known = _canonical().get(spelling_key(name))
    return (_parts(name),) if known is None else (_parts(name), _parts(known))


def _parts(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name)
    return set("".join(item for item in plain if not unicodedata.combining(item)).casefold().split())


@cache
def _canonical() -> dict[str, str]:
    """The name of each spelling; no spelling of these files has two."""
    known = (name for file in FILES for name in read_names(SEEDS / file))
    return {spelling_key(spelling): name.name for name in known for spelling in name.spellings}
