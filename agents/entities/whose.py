"""Whose senate, parliament or ministry an article means: every country has one, and none is understood."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from agents.entities.forms import load_forms
from agents.entities.identity import Identity, of_name
from agents.entities.names import slug
from agents.entities.table import spelling_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agents.entities.identity import Found
    from agents.entities.table import Name, Table

BEFORE = re.compile(r"(?:['’]s?)?\s(?:(?:top|own|upper|highest)\s)?(?:the\s)?$")
"""Between a country or people and its body: 'Brazil's Senate', 'the French Senate'."""
BEHIND = re.compile(r"\s(?:of|in)\s(?:the\s)?$")
"""Between a body and its country: 'the Senate of Poland', 'the Senate in Paris'."""
NEAR = 30
"""Characters between them at most."""
CLEARLY = 2
"""Times as often as any other a country is named that a body without one belongs to."""
AMERICAN = re.compile(r"org:us-|org:(?:white-house|pentagon|fbi|cia|republican-party|democratic-party)$")
PARTIES = {"norp:republican": "US", "norp:democrat": "US", "country:US": "US", "norp:US": "US"}


class Whose:
    """The bodies of one article that every country has."""

    def __init__(self, text: str, mentions: Sequence[Found], table: Table) -> None:
        self._text = text
        self._table = table
        self._named: dict[str, set[Identity]] = {}
        """By key of the body, those that the article says the country of."""
        self._at: dict[int, Identity] = {}
        """By where a mention starts."""
        self._countries: Counter[str] | None = None
        self._mentions = mentions
        if any(self._body(mention) for mention in mentions):
            self._read()

    def identity(self, mention: Found) -> Identity | None:
        """The body of a country, or of nobody where the article leaves it open; None for all other names."""
        body = self._body(mention)
        if body is None:
            return None
        if mention.start in self._at:
            return self._at[mention.start]
        named = self._named.get(body, set())
        if named:
            return next(iter(named)) if len(named) == 1 else None
        country = self._most_named()
        return self._of(country, body) if country else None

    def _body(self, mention: Found) -> str | None:
        """Its key where every country has one: 'senate' of 'Senate' and of 'Brazilian Senate'."""
        if mention.label == "PERSON" or mention.text.rpartition(" ")[2].casefold() not in _last_words(
            self._table
        ):
            return None
        known = self._table.find(mention.text, "ORG")
        if known is not None:
            return spelling_key(known.name) if known.id in load_forms().each_country else None
        _, _, last = mention.text.partition(" ")
        known = self._table.find(last, "ORG") if last else None
        return spelling_key(known.name) if known and known.id in load_forms().each_country else None

    def _read(self) -> None:
        ordered = sorted(self._mentions, key=lambda mention: mention.start)
        for at, mention in enumerate(ordered):
            body = self._body(mention)
            if body is None:
                self._note(mention)
                continue
            beside = [*ordered[max(0, at - 1) : at], *ordered[at + 1 : at + 2]]
            country = self._within(mention.text) or next(self._beside(mention, beside), None)
            if country:
                meant = self._of(country, body)
                self._at[mention.start] = meant
                self._named.setdefault(body, set()).add(meant)

    def _note(self, mention: Found) -> None:
        """A body of the table that says its country: 'US Senate' beside 'Senate'."""
        known = self._table.find(mention.text, "ORG") if mention.label != "PERSON" else None
        if known is None:
            return
        if known.id == "org:united-nations":
            known = self._table.ids["org:un-security-council"]
        body = next((body for body in self._bodies() if spelling_key(known.name).endswith(f" {body}")), None)
        if body:
            self._named.setdefault(body, set()).add(of_name(known))

    def _bodies(self) -> Iterator[str]:
        return (spelling_key(self._table.ids[body].name) for body in sorted(load_forms().each_country))

    def _within(self, name: str) -> str | None:
        first, _, rest = name.partition(" ")
        people = self._table.find(first, "NORP") if rest else None
        return self._country(people) if people else None

    def _beside(self, mention: Found, others: Sequence[Found]) -> Iterator[str]:
        for other in others:
            first, second = sorted((other, mention), key=lambda one: one.start)
            between = self._text[first.end : second.start]
            joins = BEFORE if other.start < mention.start else BEHIND
            if other.label != "PERSON" and len(between) < NEAR and joins.fullmatch(between):
                known = self._table.find(other.text, "GPE")
                if known and (country := self._country(known)):
                    yield country

    def _country(self, known: Name) -> str | None:
        """ISO code of the country that a place or people is, or lies in; None for others."""
        if known.id in PARTIES or AMERICAN.match(known.id):
            return PARTIES.get(known.id, "US")
        kind, _, code = known.id.partition(":")
        if kind in ("country", "norp") and len(code) == len("US"):
            return code
        if kind == "region" and known.id[len("region:") :][2:3] == "-":
            return code.partition("-")[0]
        if kind == "city":
            cities = self._table.cities(known.name)
            return next((c.territory.partition("-")[0] for c in cities if c.id == known.id), None)
        return None

    def _most_named(self) -> str | None:
        """The country that an article speaks of, where it is clear."""
        if self._countries is None:
            found = (
                self._table.find(mention.text, mention.label)
                for mention in self._mentions
                if mention.label != "PERSON"
            )
            self._countries = Counter(
                country for known in found if known and (country := self._country(known))
            )
        ranked = [*self._countries.most_common(2), ("", 0), ("", 0)]
        return ranked[0][0] if ranked[0][1] >= max(1, CLEARLY * ranked[1][1]) else None

    def _of(self, country: str, body: str) -> Identity:
        """That of a country: the table's, or one called so: 'Brazilian Senate'."""
        bodies = (self._table.ids[one].name for one in sorted(load_forms().each_country))
        kind = next(name for name in bodies if spelling_key(name) == body)
        people = self._table.ids.get(f"norp:{country}") or self._table.ids[f"country:{country}"]
        name = f"{'US' if country == 'US' else people.name} {kind}"
        known = self._table.find(name, "ORG")
        return of_name(known) if known else Identity(f"org:{slug(name)}", "ORG", name)


@cache
def _last_words(table: Table) -> frozenset[str]:
    """In small letters; most names of an article end in none of them."""
    names = (name for one in load_forms().each_country for name in table.ids[one].spellings)
    return frozenset(name.rpartition(" ")[2].casefold() for name in names)
