"""What the bodies and places of one article mean: by its explanations, its longer names, and the table.

Explained are acronyms in brackets on either side ('European Union (EU)', 'EU (European Union)') and after
'or' or 'known as'. For brackets see Schwartz and Hearst (2003), 'A simple algorithm for identifying
abbreviation definitions in biomedical text'; ours asks less of the letters where the brackets stand, for
'M5S' and 'AfD' are no English initials, and all of them where nothing is explained.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.entities.forms import load_forms
from agents.entities.identity import Identity, of_name, unknown
from agents.entities.table import spelling_key
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agents.entities.identity import Found
    from agents.entities.table import Name, Table

BEHIND = re.compile(
    r"\s*(?:\(\s*(?:the\s+)?[\"“']?([A-Z][A-Za-z0-9.&-]{1,9})[\"”']?\s*\)"
    r"|,?\s+(?:or|(?:also |better )?known as|abbreviated(?: as)?)\s+(?:the\s+)?([A-Z][A-Z0-9&-]{1,9})\b)"
)
"""An acronym right behind the name it stands for."""
BRACKET = re.compile(r"\s*\(\s*(?:the\s+)?[\"“']?")
SMALL = frozenset({"of", "for", "and", "the", "in", "on", "de", "du", "des", "la", "&", "to", "a", "an"})
"""Words that give an acronym no letter, mostly."""
CITY_POPULATION = 100_000
"""From here up a city is one even where a pipeline says ORG."""
LONGEST = 12
"""Words of a name that shorter forms are looked for in; a book's title may be longer."""
ALIKE = 0.6
"""Share of words that two names of one acronym have in common if they are one body's."""
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{2,5}")
"""That may be read without an explanation; with two letters it may be anything."""


class Bodies:
    """The bodies and places of one article."""

    def __init__(self, text: str, mentions: Sequence[Found], table: Table) -> None:
        self._table = table
        self._said: dict[str, Identity] = {}
        """What the article explains, by key."""
        self._short: dict[str, set[Identity]] = {}
        """What each shorter form of its names may be short for."""
        self._spelt: dict[str, Identity] = {}
        """Its names without possessives: 'New People's Party' is 'New People Party'."""
        self._initials: dict[str, set[Identity]] = {}
        self._holding: dict[str, set[Identity]] = {}
        """Bodies that have a word anywhere in their name."""
        others = [mention for mention in mentions if mention.label != "PERSON"]
        for acronym, full in _explained(text, others):
            self._explain(acronym, full)
        for name, label in sorted({(m.text, m.label) for m in others if " " in m.text}, key=_longest_first):
            self._read(name, label)

    def identity(self, name: str, label: str) -> Identity:
        """What a name means, with the place it has in the text left aside."""
        said = self._said.get(spelling_key(name))
        if said is not None:
            return said
        known = self._known(name, label)
        initials = self._initials.get(name, set()) if ACRONYM.fullmatch(name) else set()
        if known is not None:
            # An acronym of the table that the article uses for a body it names in full: ICC may be cricket's.
            other = next(iter(initials)) if len(initials) == 1 else None
            return other if other and other.id != known.id and not self._names(known) else of_name(known)
        for found in (initials, self._longer(name, label)):
            if len(found) == 1:
                return next(iter(found))
        city = self._table.find(name, label)
        if city is not None and (city.population or 0) >= CITY_POPULATION:
            return of_name(city)
        return self._spelt.get(" ".join(_words(name))) or unknown(name, label)

    def _explain(self, acronym: str, name: Found) -> None:
        known, short = self._known(name.text, name.label), self._known(acronym, name.label)
        if short is not None and (known is None and _alike(short.name, name.text)):
            known = short
        if not (
            _initials_agree(acronym, name.text)
            or (short is None and name.label == "ORG" and _letters_agree(acronym, name.text))
        ):
            return
        meant = of_name(known) if known else unknown(name.text, name.label)
        self._said.setdefault(spelling_key(acronym), meant)
        self._said.setdefault(spelling_key(name.text), meant)

    def _read(self, name: str, label: str) -> None:
        words = _words(name)
        meant = self.identity(name, label)
        if label == "ORG":
            self._spelt.setdefault(" ".join(words), meant)
        if label != "ORG" and meant.label != "ORG" and label != "FAC" and len(words) < 3:  # noqa: PLR2004  an acronym has three letters
            return
        for initials in _initials(name):
            self._initials.setdefault(initials, set()).add(meant)
        if label != "ORG" or len(words) > LONGEST:
            return
        for word in words:
            self._holding.setdefault(word, set()).add(meant)
        for at in range(1, len(words)):
            self._short.setdefault("^" + " ".join(words[:at]), set()).add(meant)
            self._short.setdefault("$" + " ".join(words[at:]), set()).add(meant)

    def _longer(self, name: str, label: str) -> set[Identity]:
        """The bodies that a shorter form may stand for: 'Lockheed' of Lockheed Martin, 'Commission'."""
        words = _words(name)
        if label != "ORG" or (
            len(words) == 1 and (name in load_forms().never_short or name in load_words().never)
        ):
            return set()
        key = " ".join(words)
        if len(words) > 1:
            return self._short.get("^" + key, set()) | self._short.get("$" + key, set())
        if name in load_words().body_ends | load_words().body_openers:
            return self._short.get("$" + key, set()) if len(self._holding.get(key, ())) == 1 else set()
        begins, ends = self._short.get("^" + key, set()), self._short.get("$" + key, set())
        return begins | ends if len(self._holding.get(key, ())) == 1 else set()

    def _known(self, name: str, label: str) -> Name | None:
        known = self._table.find(name, label)
        if known is not None and known.population is not None and label not in ("GPE", "LOC"):
            return None  # A body or building is no small town: 'Union' is one in New Jersey.
        return known or self._plainer(name, label)

    def _plainer(self, name: str, label: str) -> Name | None:
        """'State of Texas' is Texas, 'Taipei City' Taipei; 'Kuwait City' is no city called Kuwait."""
        company, _, form = name.rpartition(" ")
        if label == "ORG" and form in load_forms().legal_forms:
            found = self._table.find(company.rstrip(","), "ORG")
            return found if found and found.label == "ORG" else None
        if label not in ("GPE", "LOC"):
            return None
        first, _, rest = name.partition(" of ")
        if rest and first in load_forms().place_forms:
            return self._table.find(rest, "GPE")
        city = self._table.find(name.removesuffix(" City"), "GPE") if name.endswith(" City") else None
        return city if city and city.id.startswith("city:") else None

    def _names(self, known: Name) -> bool:
        """Whether the article has the table's name in full."""
        return any(of_name(known) in found for found in self._holding.values())


def _explained(text: str, mentions: Sequence[Found]) -> Iterator[tuple[str, Found]]:
    """Acronyms and the names they stand for, as far as the brackets say so."""
    starts = {mention.start: mention for mention in mentions}
    for mention in mentions:
        if match := BEHIND.match(text, mention.end):
            yield match[1] or match[2], mention
        elif _is_acronym(mention.text) and (bracket := BRACKET.match(text, mention.end)):
            name = starts.get(bracket.end())
            if name is not None and text[name.end : name.end + 2].lstrip("\"”'")[:1] == ")":
                yield mention.text, name


def _is_acronym(name: str) -> bool:
    return len(name) <= 10 and " " not in name and sum(c.isupper() for c in name) > 1  # noqa: PLR2004


def _initials_agree(acronym: str, name: str) -> bool:
    """Its capitals are the first letters of words of the name, in order, beginning with the first."""
    words = iter(word[0].upper() for word in re.split(r"[\s-]+", name) if word)
    letters = [c for c in acronym if c.isupper()]
    return len(letters) > 1 and letters[0] == name[0].upper() and all(letter in words for letter in letters)


def _letters_agree(acronym: str, name: str) -> bool:
    """Half of its capitals begin words of the name ('AfD'), or they are the one word's letters in order."""
    letters = [c for c in acronym if c.isupper()]
    if len(letters) < 2 or acronym in load_words().never:  # noqa: PLR2004  one capital is a word
        return False
    begins = [word[0].upper() for word in re.split(r"[\s-]+", name) if word]
    shared = sum(min(letters.count(c), begins.count(c)) for c in set(letters))
    if len(begins) > 1:
        return 2 * shared >= len(letters)
    rest = iter(name.upper())
    return letters[0] == name[0].upper() and all(letter in rest for letter in letters)


def _initials(name: str) -> set[str]:
    """All its initials, and those without the small words; three at least."""
    words = [word for word in re.split(r"[\s-]+", name.replace("’", "'")) if word[:1].isalnum()]
    forms = ("".join(w[0] for w in words), "".join(w[0] for w in words if w.lower() not in SMALL))
    return {form.upper() for form in forms if len(form) > 2}  # noqa: PLR2004


def _alike(one: str, other: str) -> bool:
    a, b = ({w for w in _words(n) if w not in SMALL} for n in (one, other))
    return len(a & b) >= ALIKE * max(len(a | b), 1)


def _words(name: str) -> list[str]:
    return re.sub(r"'s?\b|(?<=s)'", "", name.replace("’", "'")).casefold().split()


def _longest_first(item: tuple[str, str]) -> tuple[int, str, str]:
    return -len(item[0]), *item
