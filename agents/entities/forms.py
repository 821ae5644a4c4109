"""How names are made longer and shorter, read from `seeds/entities/forms.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from agents.entities.table import SEEDS


@dataclass(frozen=True, slots=True)
class Forms:
    """What each set means stands beside its list in `forms.yaml`."""

    before_titles: frozenset[str]
    more_titles: frozenset[str]
    departments: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    heads: frozenset[str]
    each_country: frozenset[str]
    courtesies: frozenset[str]
    honours: frozenset[str]
    never_short: frozenset[str]
    place_forms: frozenset[str]
    legal_forms: frozenset[str]
    sport: frozenset[str]
    states: dict[str, str]
    """ISO 3166-2 code of each short form."""
    given_alike: dict[str, str]
    """One spelling of a given name for each of its others, both as `transliteration` leaves them."""


@cache
def load_forms() -> Forms:
    """All the lists."""
    lists = yaml.safe_load((SEEDS / "forms.yaml").read_text(encoding="utf-8"))
    groups = lists.pop("given_alike")
    states = {short: code for code, words in lists.pop("states").items() for short in words.split()}
    lines = {name: frozenset(lists.pop(name)) for name in ("heads", "each_country")}
    sets = {name: frozenset(words.split()) for name, words in lists.items()}
    forms = Forms(**sets, **lines, states=states, given_alike={})
    _fill(forms.given_alike, [group.split() for group in groups])
    return forms


def _fill(alike: dict[str, str], groups: list[list[str]]) -> None:
    from agents.entities.transliteration import sound_of  # noqa: PLC0415  transliteration builds on this module

    for group in groups:
        keys = [sound_of(word) for word in group]
        alike.update(dict.fromkeys(keys, keys[0]))
