"""Whom the persons of one article mean: its own full names first, the table where it names none.

Nobody is merged for a surname alone. Two full names are one person's if one is a shorter form of the other,
or both are spellings of one name; a surname is whom the article names in full, and of several bearers the one
that its title or its place in the text alone can mean.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from agents.entities.forms import load_forms
from agents.entities.identity import Identity, of_name, unknown
from agents.entities.names import (
    given_name,
    is_full,
    is_title,
    nicknames,
    person_name,
    surname,
    titles,
    titles_before,
    with_nickname,
)
from agents.entities.same_person import (
    by_length,
    contradict,
    goes_on,
    is_shorter,
    name_end,
    name_words,
    same_given_names,
    word_key,
)
from agents.entities.transliteration import sounds
from agents.entities.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agents.entities.identity import Found
    from agents.entities.table import Name, Table

BEFORE = 40
"""Characters before a mention in which its title may stand."""
MOST_BEARERS = 60
"""Full names that are compared with one another for a shared word; a list of more is a telephone book."""
MOST_NAMED = 2
"""Times as often as another bearer somebody is named in full, of whom an article speaks by surname."""
JOINED = re.compile(r"\s(?:and|&)\s|[,;/]\s")
_WORDS_BEFORE = re.compile(r"(?:[\w.’'-]+ ){1,3}$")


class Called(NamedTuple):
    """A mention as it is understood."""

    name: str
    titles: frozenset[str]


class People:
    """The persons of one article."""

    def __init__(self, text: str, mentions: Iterable[Found], table: Table) -> None:
        self._text = text
        self._table = table
        self._starts: dict[str, int] = {}
        """Each full name, and where it stands first."""
        self._counts: Counter[str] = Counter()
        """How often each stands."""
        self._by_word: dict[str, dict[str, None]] = {}
        """The full names by each word but the first; `^` first word, `$` surname, `~` surname by sound."""
        self._titles: dict[str, set[str]] = {}
        self._nicknames: dict[str, frozenset[str]] = {}
        self._longer: dict[str, str] = {}
        """Each name with its nickname as a part: 'Luiz Inácio Lula da Silva'."""
        self._known: dict[str, Identity] = {}
        for mention in mentions:
            if mention.label == "PERSON":
                self._read(mention)

    def _read(self, mention: Found) -> None:
        called = self._called(mention)
        name = called.name
        # 'Luo Changpei and Li Fang-Kuei' are nobody's name.
        if not is_full(name) or is_title(name) or JOINED.search(mention.text):
            return
        if name not in self._starts:
            self._starts[name] = mention.start
            for key in _keys(name):
                self._by_word.setdefault(key, {})[name] = None
        self._counts[name] += 1
        self._titles.setdefault(name, set()).update(called.titles)
        if nicks := nicknames(mention.text):
            self._nicknames[name] = self._nicknames.get(name, frozenset()) | nicks
        if (longer := with_nickname(mention.text)) is not None:
            self._longer.setdefault(name, longer)

    def _called(self, mention: Found) -> Called:
        """The name, and the titles in the span or before it: pipelines differ in what they take along."""
        told = titles(mention.text)
        if not told and (
            before := _WORDS_BEFORE.search(self._text, max(0, mention.start - BEFORE), mention.start)
        ):
            told = titles_before(before[0].split())
        return Called(person_name(mention.text), told)

    def identity(self, mention: Found) -> Identity:
        """Whom a mention means."""
        name, told = self._called(mention)
        if is_title(mention.text):
            return self._titled(mention)
        if JOINED.search(mention.text):
            return unknown(mention.text, "PERSON")
        longer = self._ends_with(name) if is_full(name) else {}
        if is_full(name) and not longer:
            return self._named_in_full(name)
        return self._bare(name, told, longer or self._bearers(name), mention.start)

    def _bare(self, name: str, told: frozenset[str], bearers: dict[str, None], start: int) -> Identity:
        """Whom a surname or first name means, with its titles: a bearer, else whom the table has."""
        titled = self._by_title(name, told)
        if titled is not None and not any(told & self._titles[bearer] for bearer in bearers):
            return of_name(titled)
        if bearers:
            return self._meant(bearers, told, start) or unknown(name, "PERSON")
        if known := self._table.find(name, "PERSON"):
            return of_name(known)
        first = self._by_word.get(f"^{word_key(name)}", {})
        if first:
            return self._meant(first, told, None) or unknown(name, "PERSON")
        return self._place(name, told) or unknown(name, "PERSON")

    def mislabelled(self, mention: Found) -> Identity | None:
        """The person whose surname a pipeline took for a place that no table has ('Witkoff', GPE)."""
        if mention.label not in ("GPE", "LOC", "NORP") or self._table.find(mention.text, mention.label):
            return None
        found = self._identities(self._by_word.get(f"${word_key(mention.text)}", ()))
        return found.pop() if len(found) == 1 else None

    def _meant(self, bearers: Iterable[str], told: frozenset[str], start: int | None) -> Identity | None:
        """The one of several bearers of a name that a mention can mean; None where it may be two."""
        fitting = [name for name in bearers if not contradict(told, self._titles[name])]
        found = self._identities(fitting)
        if len(found) > 1:
            # 'President Biden' is whom the table calls so, where his son is named as well.
            if (head := self._head(fitting, told, found)) is not None:
                return head
            offices = told - {title.lower() for title in load_forms().courtesies}
            if (
                offices
                and len(titled := self._identities(n for n in fitting if offices & self._titles[n])) == 1
            ):
                return titled.pop()
            found = self._identities(n for n in fitting if start is not None and self._starts[n] < start)
            if len(found) > 1:
                return self._foremost(fitting)
        return found.pop() if len(found) == 1 else None

    def _foremost(self, names: list[str]) -> Identity | None:
        """The one whom an article is about: the one head of state or government, or named most by far.

        A head is whom the article calls so, or the table ('President Trump'), unless another is named more.
        """
        counts: Counter[Identity] = Counter()
        heads = set()
        known = self._table.find(f"President {names[0].split()[-1]}", "PERSON")
        for name in names:
            meant = self._named_in_full(name)
            counts[meant] += self._counts[name]
            if (known and known.id == meant.id) or not load_forms().heads.isdisjoint(self._titles[name]):
                heads.add(meant)
        (first, most), (_, next_most) = counts.most_common(2)
        if len(heads) == 1:
            head = heads.pop()
            return head if counts[head] >= most - 1 else None
        return first if most >= MOST_NAMED * next_most and not heads else None

    def _head(self, names: list[str], told: frozenset[str], found: set[Identity]) -> Identity | None:
        """The one of several that a head of state or government must be."""
        if told.isdisjoint(load_forms().heads):
            return None
        known = self._table.find(names[0].split()[-1], "PERSON")
        return next((one for one in found if known is not None and one.id == known.id), None)

    def _identities(self, names: Iterable[str]) -> set[Identity]:
        return {self._named_in_full(name) for name in names}

    def _bearers(self, name: str) -> dict[str, None]:
        """The full names that a surname may be short for: by last word, by a middle one, by sound."""
        key = surname(name)
        for candidates in (
            self._by_word.get(f"${key}", {}),
            self._by_word.get(key, {}) if len(name.split()) == 1 else {},
            self._by_word.get(f"~{' '.join(sounds(key))}", {}),
        ):
            if candidates:
                ended = {full: None for full in candidates if name_end(full) == name_end(name)}
                return ended if ended and name_end(name) else candidates
        return {}

    def _ends_with(self, name: str) -> dict[str, None]:
        """Longer names of the article that end so: 'López Obrador' of 'Andrés Manuel López Obrador'."""
        words = name_words(name)
        longer = self._by_word.get(f"${surname(name)}", {})
        if len(longer) > MOST_BEARERS or name_end(name):
            return {}
        return {
            n: None
            for n in longer
            if len(name_words(n)) > len(words) and name_words(n)[-len(words) :] == words
        }

    def _titled(self, mention: Found) -> Identity:
        """'President' alone is the one person of the article who is called so."""
        told = titles(mention.text) - {title.lower() for title in load_forms().courtesies}
        found = self._identities(name for name, those in self._titles.items() if told & those)
        return found.pop() if len(found) == 1 else unknown(mention.text, "PERSON")

    def _by_title(self, name: str, told: frozenset[str]) -> Name | None:
        """What the table has under a name with its title: 'Sir Keir'."""
        found = (self._table.find(f"{title} {name}", "PERSON") for title in sorted(told))
        return next(filter(None, found), None)

    def _place(self, name: str, told: frozenset[str]) -> Identity | None:
        """A place that a pipeline took for a person: one of weight, and nobody is called so here."""
        known = None if told or name in load_words().given_names else self._table.find(name, "GPE")
        weighty = (
            known is not None
            and known.label == "GPE"
            and (known.population is None or known.population > WEIGHTY)
        )
        return of_name(known) if known and weighty else None

    def _named_in_full(self, name: str) -> Identity:
        """The table's person, else the name's fullest form in the article: 'J. Smith' is 'John Smith'.

        Found once a name: a thousand mentions of a thousand forms would take a million comparisons.
        """
        if name not in self._known:
            fullest = self._fullest(name)
            known = self._in_table(fullest)
            self._known[name] = of_name(known) if known else unknown(fullest, "PERSON")
        return self._known[name]

    def _in_table(self, name: str) -> Name | None:
        return (
            self._table.find(name, "PERSON")
            or (self._table.find(self._longer[name], "PERSON") if name in self._longer else None)
            or self._without_middle_names(name)
            or self._table.sounding(sounds(name))
        )

    def _without_middle_names(self, name: str) -> Name | None:
        """The table's person if 'Volodymyr Oleksandrovych Zelenskyy'; initials and 'Jr.' part people."""
        first, *middle, last = name.split()
        if not middle or name_end(name) or any(len(word.strip(".")) == 1 for word in middle):
            return None
        return self._table.find(f"{first} {last}", "PERSON")

    def _fullest(self, name: str) -> str:
        """The form of a name that all its forms agree with: one that the table has, else the longest."""
        if self._table.find(name, "PERSON") is not None:
            return name
        forms = [form for form in self._alike(name) if self._same(form, name)]
        fullest = min(forms, key=lambda n: (self._table.find(n, "PERSON") is None, -len(n), n), default=name)
        return fullest if all(self._same(fullest, form) for form in forms) else name

    def _alike(self, name: str) -> dict[str, None]:
        """Full names that share a surname with this one, in letters or in sound."""
        alike: dict[str, None] = {}
        for key in _keys(name):
            if key[0] not in "^$" and len(found := self._by_word.get(key, {})) <= MOST_BEARERS:
                alike |= found
        return alike

    def _same(self, one: str, other: str) -> bool:
        """Whether two full names are one person's."""
        if one == other:
            return True
        if name_end(one) != name_end(other):
            return False
        if surname(one) == surname(other):
            if same_given_names(one, other) or self._nicknamed(one, other):
                return True
            if is_shorter(*by_length(one, other)):
                return True
        return sounds(one) == sounds(other) or goes_on(*by_length(one, other))

    def _nicknamed(self, one: str, other: str) -> bool:
        return given_name(one) in self._nicknames.get(other, ()) or given_name(other) in self._nicknames.get(
            one, ()
        )


WEIGHTY = 1_000_000
"""People in a city that is one whatever a pipeline says, where no person is called so."""


def _keys(name: str) -> Iterator[str]:
    words = [word for word in name.split() if word not in load_words().name_ends]
    yield f"^{word_key(words[0])}"
    yield f"${surname(name)}"
    yield f"~{' '.join(sounds(surname(name)))}"
    for word in words[1:]:
        if word.lower() not in load_words().particles:
            yield word_key(word)
