"""The words the rules go by, read from `seeds/entities/words.yaml` and `given-names.txt`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

import yaml

from agents.entities.table import SEEDS


@dataclass(frozen=True, slots=True)
class Words:
    """What each set means stands beside its list in `words.yaml`."""

    titles: frozenset[str]
    body_ends: frozenset[str]
    body_openers: frozenset[str]
    body_of_many: frozenset[str]
    place_ends: frozenset[str]
    region_ends: frozenset[str]
    place_openers: frozenset[str]
    place_of: frozenset[str]
    other_ends: frozenset[str]
    built_ends: frozenset[str]
    region_words: frozenset[str]
    particles: frozenset[str]
    name_ends: frozenset[str]
    never: frozenset[str]
    place_prepositions: frozenset[str]
    hyphen_ends: frozenset[str]
    given_names: frozenset[str]

    @property
    def not_surnames(self) -> frozenset[str]:
        """What ends something else than a person's name."""
        return self.body_ends | self.place_ends | self.region_ends | self.other_ends


@cache
def load_words() -> Words:
    """All the sets; titles with and without a capital, since news has 'President X' and 'president X'."""
    lists = yaml.safe_load((SEEDS / "words.yaml").read_text(encoding="utf-8"))
    sets = {name: frozenset(words.split()) for name, words in lists.items()}
    titles = sets["titles"]
    sets["titles"] = titles | {f"{t}." for t in titles} | {t.lower() for t in titles}
    lines = (SEEDS / "given-names.txt").read_text(encoding="utf-8").splitlines()
    sets["given_names"] = frozenset(w for line in lines if not line.startswith("#") for w in line.split())
    return Words(**{field.name: sets[field.name] for field in fields(Words)})
