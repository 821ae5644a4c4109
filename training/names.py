"""Names to put in the place of others, from the project's own lists, the libraries and the training sets.

A small corpus names few bodies, and most of them American; a model that has seen `Bank of Ghana` stand where
`Republican Party` stood looks at the sentence, not at the name.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from agents.entities.table import load_table
from agents.entities.words import load_words
from training.spans import spans

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    from training.corpora import Sentence

Words = tuple[str, ...]

TOPICS = """
    Health Education Finance Defence Defense Interior Justice Agriculture Energy Trade Transport Tourism
    Labour Information Communications Environment Water Housing Youth Sports Culture Science Technology
    Planning Immigration Customs Elections Fisheries Forestry Mining Petroleum Aviation Security
    Development Industry Investment Statistics Nutrition Climate Peace Strategic Policy Economic Medical
    Space Nuclear Women Children
"""
PARTS = """
    Zen Alta Nova Tech Core Sun Star Blue Red Gold Delta Omni Terra Aero Inter Trans Petro Agri Medi Bio
    Cyber Data Net Soft Ware Grid Volt Lux Pan Euro Afri Asia Indo Sino Meta Giga Micro Macro Prime
    First Union Global Royal Crown Pacific Atlantic Northern Southern Eastern Western Orient Sahara
    Savannah Himalaya Andes Apex Summit
"""
TOWN = 100_000
"""People from which a city's name is drawn."""
SINGLE_PERSON = 0.35
"""Share of one-word names among those put in for one-word names: surnames of the training sets."""
MADE_BODY = 0.6
"""Share of bodies put in that come from `organisations.txt`, the rest from the training sets."""
ACRONYM = 0.12
"""Share of bodies put in that are known by their initials."""
MADE_PERSON = 0.5
"""Share of persons put in that are a listed given name and a surname of the training sets."""


@dataclass(frozen=True)
class Names:
    """Pools to draw from."""

    given: Sequence[str]
    surnames: Sequence[str]
    persons: Mapping[int, Sequence[Words]]
    """Of the training sets, by number of words."""
    bodies: Sequence[Words]
    places: Sequence[Words]
    """Countries, states, cities; a country four times."""
    known_places: frozenset[Words]
    forms: Sequence[str]
    slots: Mapping[str, Sequence[str]]

    def person(self, chance: random.Random, size: int) -> Words:
        """One for a name of `size` words; a surname for a surname."""
        if size == 1:
            return (chance.choice(self.surnames if chance.random() > SINGLE_PERSON else self.given),)
        if size == 2 and chance.random() < MADE_PERSON:  # noqa: PLR2004  given name and surname
            return (chance.choice(self.given), chance.choice(self.surnames))
        return chance.choice(self.persons.get(size) or self.persons[2])

    def body(self, chance: random.Random) -> Words:
        """A body's name."""
        if chance.random() < ACRONYM:
            return (self.acronym(chance),)
        if chance.random() > MADE_BODY:
            return chance.choice(self.bodies)
        form = chance.choice(self.forms)
        filled = re.sub(r"\{(\w+)\}", lambda slot: chance.choice(self.slots[slot[1]]), form)
        return tuple(filled.split())

    def acronym(self, chance: random.Random) -> str:
        """Three to five capitals."""
        return "".join(chance.choices(string.ascii_uppercase, k=chance.choice((3, 3, 3, 4, 4, 5))))

    def place(self, chance: random.Random) -> Words:
        """A country, state or city."""
        return chance.choice(self.places)

    def is_place(self, words: Words) -> bool:
        """Whether another country, state or city can stand for it: not for 'Central Park'."""
        return words in self.known_places


def gather(sentences: Iterable[Sentence]) -> Names:
    """The pools, given the sentences that are trained on."""
    found: dict[str, set[Words]] = defaultdict(set)
    for sentence in sentences:
        for start, end, label in spans(sentence.tags):
            name = sentence.words[start:end]
            if all(word[0].isupper() or word.islower() for word in name) and name[0][0].isupper():
                found[label].add(name)
    persons: dict[int, list[Words]] = defaultdict(list)
    for name in sorted(found["PERSON"]):
        persons[len(name)].append(name)
    surnames = sorted({name[-1] for name in found["PERSON"] if len(name) > 1 and name[-1].isalpha()})
    countries, cities = [], []
    known = sorted(load_table().names, key=lambda row: (row.id, row.name))  # the libraries have sets
    for row in known:
        if row.id.startswith("country:"):
            countries.append(row.name)
        elif row.id.startswith(("city:", "region:")) and (row.population or TOWN) >= TOWN:
            cities.append(row.name)
    peoples = [row.name for row in known if row.label == "NORP"]
    forms = resources.files("training").joinpath("organisations.txt").read_text(encoding="utf-8").splitlines()
    places = [tuple(place.split()) for place in (*countries * 4, *cities)]
    return Names(
        given=sorted(load_words().given_names),
        surnames=surnames,
        persons=persons,
        bodies=sorted(found["ORG"]),
        places=places,
        known_places=frozenset(places),
        forms=[form for form in forms if form and not form.startswith("#")],
        slots={
            "country": countries,
            "city": cities,
            "people": peoples,
            "surname": surnames,
            "topic": TOPICS.split(),
            "part": PARTS.split(),
        },
    )
