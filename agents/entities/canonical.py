"""Whom or what a mention means: within the article by its full names, across articles by the table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.entities.names import given_name, is_full, person_name, slug, surname
from agents.entities.table import spelling_key
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agents.entities.table import Name, Table

EXPLAINED = re.compile(r"\s*\(\s*[\"“']?([A-Z][A-Za-z.&-]{1,9})[\"”']?\s*\)")
"""An acronym right behind the name it stands for: 'European Union (EU)'."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mention as a pipeline delivers it: [start, end) of the article's text."""

    text: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What a mention means. Two mentions mean the same if and only if `id` is the same."""

    id: str
    label: str
    name: str


def resolve(text: str, mentions: Sequence[Found], table: Table) -> list[Identity]:
    """One identity for each mention, in order.

    A surname alone means the one person of that surname whom the article names in full, before it if there
    are several; only where it names none, the table may say. Nobody is merged for a surname alone.
    """
    people = _People(mentions, table)
    acronyms = _acronyms(text, mentions, table)
    return [
        people.identity(m)
        if m.label == "PERSON"
        else acronyms.get((m.label, m.text)) or _identity(m.text, m.label, table)
        for m in mentions
    ]


def _identity(name: str, label: str, table: Table) -> Identity:
    known = table.find(name, label)
    if known is not None:
        return Identity(known.id, known.label, known.name)
    return Identity(f"{label.lower()}:{slug(name)}", label, " ".join(name.split()))


def _acronyms(text: str, mentions: Iterable[Found], table: Table) -> dict[tuple[str, str], Identity]:
    """Acronyms the article itself explains, by label and text; one the table knows by that name it keeps."""
    explained: dict[tuple[str, str], Identity] = {}
    for mention in mentions:
        match = EXPLAINED.match(text, mention.end) if mention.label == "ORG" else None
        if match and _initials_agree(match[1], mention.text):
            explained.setdefault(("ORG", match[1]), _identity(mention.text, "ORG", table))
    return explained


def _initials_agree(acronym: str, name: str) -> bool:
    """Its capitals are the first letters of words of the name, in order, beginning with the first."""
    words = iter(word[0].upper() for word in re.split(r"[\s-]+", name) if word)
    letters = [c for c in acronym if c.isupper()]
    return len(letters) > 1 and letters[0] == name[0].upper() and all(letter in words for letter in letters)


class _People:
    """The persons of one article, by their full names."""

    def __init__(self, mentions: Iterable[Found], table: Table) -> None:
        self._table = table
        self._full: dict[str, dict[str, int]] = {}
        """By surname: each full name, and where it stands first."""
        self._first: dict[str, set[str]] = {}
        self._known: dict[str, Identity] = {}
        for mention in mentions:
            name = person_name(mention.text)
            if mention.label == "PERSON" and is_full(name):
                self._full.setdefault(surname(name), {}).setdefault(name, mention.start)
                self._first.setdefault(given_name(name), set()).add(name)

    def identity(self, mention: Found) -> Identity:
        name = person_name(mention.text)
        if is_full(name):
            return self._named_in_full(name)
        full = self._full.get(surname(name), {})
        bearers = {self._named_in_full(n) for n in full}
        if len(bearers) > 1:
            bearers = {self._named_in_full(n) for n, start in full.items() if start < mention.start}
        if len(bearers) == 1:
            return bearers.pop()
        known = None if full else self._table.find(name, "PERSON")
        if known is not None:
            return Identity(known.id, known.label, known.name)
        first = {self._named_in_full(n) for n in self._first.get(given_name(name), ())} if not full else set()
        return first.pop() if len(first) == 1 else Identity(f"person:{slug(name)}", "PERSON", name)

    def _named_in_full(self, name: str) -> Identity:
        """The table's person, else the name's fullest form in the article: 'J. Smith' is 'John Smith'.

        Found once a name: a thousand mentions of a thousand forms would take a million comparisons.
        """
        if name not in self._known:
            fullest = self._fullest(name)
            known = self._table.find(fullest, "PERSON") or self._without_middle_names(fullest)
            self._known[name] = _identity(known.name if known else fullest, "PERSON", self._table)
        return self._known[name]

    def _without_middle_names(self, name: str) -> Name | None:
        """The table's person if 'Volodymyr Oleksandrovych Zelenskyy'; initials and 'Jr.' part people."""
        first, *middle, last = name.split()
        if not middle or last in load_words().name_ends or any(len(word.strip(".")) == 1 for word in middle):
            return None
        return self._table.find(f"{first} {last}", "PERSON")

    def _fullest(self, name: str) -> str:
        if self._table.find(name, "PERSON") is not None:
            return name
        forms = [n for n in self._full.get(surname(name), ()) if _same_given_names(n, name)]
        fullest = min(forms, key=lambda n: (-len(n), n), default=name)
        return fullest if all(_same_given_names(fullest, form) for form in forms) else name


def _same_given_names(one: str, other: str) -> bool:
    """Of two names with one surname: no given name contradicts; an initial agrees with any name it begins."""
    a, b = (re.findall(r"[^\W_]+", spelling_key(n).casefold())[:-1] for n in (one, other))
    if not a or not b or not _agrees(a[0], b[0]):
        return False
    middle_a, middle_b = a[1:], b[1:]
    return all(_agrees(x, y) for x, y in zip(middle_a, middle_b, strict=False))


def _agrees(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
