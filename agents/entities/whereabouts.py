"""Which of several places of one name an article means: 'Paris, Texas', Atlanta's Georgia, Congo's two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.entities.forms import load_forms
from agents.entities.identity import Identity, of_name
from agents.entities.names import slug
from agents.entities.table import spelling_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agents.entities.identity import Found
    from agents.entities.table import Name, Table

PLACES = frozenset({"GPE", "LOC"})
BEHIND = re.compile(r",\s+((?:[A-Z][\w.’'-]+)(?:\s[A-Z][\w’'-]+){0,2})")
"""What stands after a comma: the country or state of the place before, where it is one."""
CLOSED = re.compile(r"\s*(?:[,.;:)]|$)")


class Whereabouts:
    """The places of one article that the table alone can't tell."""

    def __init__(self, text: str, mentions: Sequence[Found], table: Table) -> None:
        self._table = table
        self._at: dict[int, Identity] = {}
        """By where a mention starts."""
        self._said: dict[str, set[Identity]] = {}
        """By key of the bare name, what it is called elsewhere in the article."""
        places = [mention for mention in mentions if mention.label in PLACES]
        for mention in places:
            self._qualified(text, mention, {other.start for other in places})
        self._longer = [found for m in places if (found := table.find(m.text, m.label)) and " " in m.text]
        self._named = {spelling_key(mention.text) for mention in places}

    def identity(self, mention: Found) -> Identity | None:
        """What it means where the article tells; None where the table is to say."""
        if mention.start in self._at:
            return self._at[mention.start]
        if mention.label not in PLACES:
            return None
        said = self._said.get(spelling_key(mention.text), set())
        if len(said) == 1:
            return next(iter(said))
        return self._tail(mention.text) or self._voted(mention.text)

    def _qualified(self, text: str, mention: Found, starts: set[int]) -> None:
        """'Paris, Texas': the city there, and of two Georgias the one that has an Athens."""
        match = BEHIND.match(text, mention.end)
        if match is None:
            return
        behind, readings = self._behind(match[1].split())
        if not readings:
            return
        cities = self._table.cities(mention.text)
        for territory in readings:
            there = next((city for city in cities if _lies_in(city, territory)), None)
            if there is not None:
                self._say(mention, of_name(there))
                if len(readings) > 1 and match.start(1) in starts:
                    self._at[match.start(1)] = of_name(self._table.ids[territory])
                    self._said.setdefault(spelling_key(behind), set()).add(self._at[match.start(1)])
                return
        closed = CLOSED.match(text, match.start(1) + len(behind))
        if len(readings) == 1 and readings[0].startswith("region:US-") and closed and cities:
            name = f"{mention.text}, {self._table.ids[readings[0]].name}"
            self._say(mention, Identity(f"gpe:{slug(name)}", "GPE", name))

    def _behind(self, words: list[str]) -> tuple[str, list[str]]:
        """The longest beginning of the words that is a country or state, and what it may be."""
        for length in range(len(words), 0, -1):
            name = re.sub(r"['’]s$", "", " ".join(words[:length]))
            for behind in (name, name.rstrip(".")):
                if readings := list(self._territories(behind)):
                    return behind, readings
        return "", []

    def _say(self, mention: Found, meant: Identity) -> None:
        self._at[mention.start] = meant
        self._said.setdefault(spelling_key(mention.text), set()).add(meant)

    def _territories(self, name: str) -> Iterator[str]:
        """Ids of the countries and states called so, states by what newspapers and the post write as well."""
        yield from self._table.territories(name)
        if state := load_forms().states.get(name):
            yield f"region:{state}"

    def _tail(self, name: str) -> Identity | None:
        """'Congo', 'Korea': the one of several countries that the article names in full."""
        known, key = self._table.find(name, "GPE"), spelling_key(name)
        if known is not None and spelling_key(known.name) == key:
            return None
        longer = {
            of_name(other)
            for other in self._longer
            if other.id.startswith("country:") and key in _ends(other)
        }
        if len(longer) == 1:
            return next(iter(longer))
        return Identity(f"gpe:{slug(name)}", "GPE", name) if longer else None

    def _voted(self, name: str) -> Identity | None:
        """A state where its cities or sisters are named and nothing of the country that is called like it."""
        readings = list(self._table.territories(name))
        if len(readings) < 2:  # noqa: PLR2004  nothing to decide
            return None
        votes = {
            territory: self._witnesses(territory, self._named - {spelling_key(name)})
            for territory in readings
        }
        best = max(readings, key=lambda territory: votes[territory])
        rest = sum(votes.values()) - votes[best]
        return of_name(self._table.ids[best]) if votes[best] > rest else None

    def _witnesses(self, territory: str, named: Iterable[str]) -> int:
        """Places of the article that lie in a territory, and the other states of its country."""
        country = territory.partition(":")[2].partition("-")[0]
        count = 0
        for key in named:
            city = self._table.find(key, "GPE") if key in self._table.city_keys else None
            count += city is not None and any(_lies_in(one, territory) for one in self._table.cities(key)[:1])
            count += territory.startswith("region:") and any(
                other.startswith(f"region:{country}-") for other in self._table.territories(key)
            )
        return count


def _lies_in(city: Name, territory: str) -> bool:
    kind, _, code = territory.partition(":")
    return city.territory.partition("-")[0] == code if kind == "country" else city.territory == code


def _ends(name: Name) -> set[str]:
    """Last words of all spellings of a country."""
    return {spelling_key(re.split(r"[\s-]", spelling)[-1]) for spelling in name.spellings if " " in spelling}
