"""What an article tells others: short names that it explains by the full ones it uses beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.entities.names import is_full, person_name, surname
from agents.entities.table import spelling_key
from agents.entities.words import load_words
from streams.records import Explained

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import Entity

MOST_EXPLAINED = 50
"""Of an article; a list of names has hundreds, which explain nothing."""
ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,9}")


def alias_key(text: str, label: str) -> str | None:
    """Under which a name may be learnt: a surname that stands alone, an acronym; None for a name in full.

    Persons and other things are apart: MAY the union is not May the person.
    """
    if label == "PERSON":
        name = person_name(text)
        ended = name.split()[-1] in load_words().name_ends
        return None if is_full(name) or ended else f"person/{surname(name)}"
    acronym = ACRONYM.fullmatch(text) and sum(letter.isupper() for letter in text) > 1
    return f"name/{spelling_key(text)}" if acronym else None


def explained(entities: Iterable[Entity]) -> tuple[Explained, ...]:
    """The short names that an article explains, each meaning once, in the order of the text.

    Of a person named in full the surname is among them where the article does not use it: another bearer is
    what speaks against an alias.
    """
    found: dict[tuple[str, str], Explained] = {}
    for entity in entities:
        key = alias_key(entity.text, entity.label)
        if key is not None:
            if entity.by == "text":
                found[key, entity.canonical_id] = _of(entity, key, used=True)
        elif entity.label == "PERSON" and len(entity.canonical.split()) > 1:
            key = f"person/{surname(entity.canonical)}"
            found.setdefault((key, entity.canonical_id), _of(entity, key, used=False))
    return tuple(found.values())[:MOST_EXPLAINED]


def _of(entity: Entity, key: str, *, used: bool) -> Explained:
    return Explained(
        alias=key,
        canonical=entity.canonical,
        canonical_id=entity.canonical_id,
        label=entity.label,
        used=used,
    )
