"""What a whole article says about a name that one window of it didn't: a spaCy component after the network.

A name has one kind in an article, that of most of its mentions; it is a name also where the network passed
over it. A surname, and an acronym explained in brackets, stand for what they are short for. Places are told
apart as GPE and LOC, and peoples as NORP, by the table.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from agents.entities.nicknames import with_nicknames
from agents.entities.table import Table, load_table
from agents.entities.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Doc

FACTORY = "newswatch_second_look"
PLACES = frozenset({"GPE", "LOC"})
ACRONYM = re.compile(r"(?![IVXLC]+$)[A-Z]{3,}")
"""Not a Roman number."""
Name = tuple[str, ...]
LONGEST_ACRONYM = 10


class SecondLook:
    """Changes labels and adds names to `doc.ents`; bounds change where no name can begin or end so."""

    def __init__(self, words: Words, table: Table) -> None:
        self._words = words
        self._table = table

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        names = with_nicknames(doc, _joined(doc.ents, self._words), self._words)
        voted = _votes(names)
        found = [_as(span, voted[span.text]) for span in names]
        found = [self._without_what_follows(_as(span, self._kind(span))) for span in found]
        found = _with(doc, found, self._short_forms(doc, found))
        found = _with(doc, found, self._whole_names(found))
        doc.ents = tuple(found)
        return doc

    def to_disk(self, _path: object, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to keep: the words and the table are the program's own data."""

    def from_disk(self, _path: object, *, exclude: Iterable[str] = ()) -> SecondLook:  # noqa: ARG002  the same
        """See `to_disk`."""
        return self

    def _kind(self, span: Span) -> str:
        """GPE, LOC and NORP as the table has them; a place it doesn't know goes by its words."""
        if span.label_ == "PERSON":
            known = self._table.find(span.text, "NORP")
            return "NORP" if known is not None and known.label == "NORP" else "PERSON"
        if span.label_ not in PLACES:
            return span.label_
        known = self._table.find(span.text, "GPE")
        if known is not None and known.label in ("GPE", "LOC", "NORP"):
            return known.label
        return _by_words(span, self._words)

    def _without_what_follows(self, span: Span) -> Span:
        """'Kiev' of 'Kiev hospital', a place that the table knows."""
        end = span.end
        while end > span.start + 1 and span.doc[end - 1].is_lower:
            end -= 1
        place = Span(span.doc, span.start, end, span.label_)
        known = span.label_ in PLACES and end < span.end and self._table.find(place.text, "GPE") is not None
        return place if known else span

    def _short_forms(self, doc: Doc, found: Iterable[Span]) -> dict[Name, str]:
        """Surnames and given names of persons named in full, and acronyms explained in brackets."""
        short: dict[Name, str] = {}
        for span in found:
            if span.label_ == "PERSON" and len(span) > 1:
                last = span[-1].text
                if last[0].isupper() and last not in self._words.name_ends:
                    short.setdefault((last,), "PERSON")
                if span[0].text in self._words.given_names:
                    short.setdefault((span[0].text,), "PERSON")
            elif span.label_ == "ORG" and (acronym := _explained(doc, span)):
                short[acronym,] = "ORG"
        return {name: label for name, label in short.items() if name[0] not in self._words.never}

    def _whole_names(self, found: Iterable[Span]) -> dict[Name, str]:
        """Names that are no common word wherever they stand: of several words, or in capitals."""
        return {
            tuple(token.text for token in span): span.label_
            for span in found
            if (len(span) > 1 and span[0].text[0].isupper()) or ACRONYM.fullmatch(span.text)
        }


def _by_words(span: Span, words: Words) -> str:
    """GPE, LOC or FAC, by what a place is called.

    Nature and regions have an article ('the Danube', 'the Sahel'), states and towns have none.
    """
    first, last = span[0].text, span[-1].text
    if len(span) > 1 and last in words.built_ends:
        return "FAC"
    if len(span) > 1 and (last in words.place_ends or first in words.place_openers | words.place_of):
        return "LOC"
    if last in words.region_ends or not span.start or span.doc[span.start - 1].lower_ != "the":
        return "GPE"
    after = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
    return "GPE" if after in words.region_words else "LOC"


def _with(doc: Doc, found: list[Span], names: Mapping[Name, str]) -> list[Span]:
    """`found`, and each of `names` where nothing was found; the longer first."""
    taken = {i for span in found for i in range(span.start, span.end)}
    beginning: dict[str, list[Name]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(n), n)):
        beginning[name[0]].append(name)
    more = []
    words = [token.text for token in doc]
    for start, word in enumerate(words):
        for name in beginning.get(word, ()):
            place = range(start, start + len(name))
            if tuple(words[start : place.stop]) == name and taken.isdisjoint(place):
                more.append(Span(doc, start, place.stop, names[name]))
                taken.update(place)
                break
    return sorted([*found, *more], key=lambda span: span.start)


def _joined(found: Iterable[Span], words: Words) -> list[Span]:
    """Persons cut at the hyphen of an article, put together: 'Muammar el-' and 'Qaddafi'."""
    names: list[Span] = []
    for span in found:
        if span.label_ == "PERSON" and names and _goes_on(names[-1], span, words):
            names[-1] = Span(span.doc, names[-1].start, span.end, "PERSON")
        else:
            names.append(span)
    return names


def _goes_on(name: Span, rest: Span, words: Words) -> bool:
    """Whether there is but a hyphen between two persons, after 'al', 'el', 'ben'."""
    hyphen = name.end - (name[-1].text == "-")
    return (
        name.label_ == "PERSON"
        and rest.start == hyphen + 1
        and rest.doc[hyphen].text == "-"
        and rest.doc[hyphen - 1].lower_ in words.particles
    )


def _votes(found: Iterable[Span]) -> dict[str, str]:
    """The label of most mentions of each text; of the first, where two have as many.

    A surname is a person's where as many full names end in it as it is a body: 'Bolsonaro', but not 'Ford'
    in an article on the firm that names Harrison Ford.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    full: Counter[str] = Counter()
    for span in found:
        counts[span.text][span.label_] += 1
        if span.label_ == "PERSON" and len(span) > 1:
            full[span[-1].text] += 1
    voted = {text: max(labels, key=lambda label: labels[label]) for text, labels in counts.items()}
    persons = {text for text, label in voted.items() if label == "ORG" and full[text] >= counts[text].total()}
    return voted | dict.fromkeys(persons, "PERSON")


def _as(span: Span, label: str) -> Span:
    return span if span.label_ == label else Span(span.doc, span.start, span.end, label)


def _explained(doc: Doc, span: Span) -> str | None:
    """The acronym in brackets after a name that has its letters."""
    if span.end + 2 >= len(doc) or doc[span.end].text != "(" or doc[span.end + 2].text != ")":
        return None
    acronym = doc[span.end + 1].text
    fits = acronym[:1] == span[0].text[:1] and 1 < len(acronym) <= LONGEST_ACRONYM
    return acronym if fits and sum(c.isupper() for c in acronym) > 1 else None


@Language.factory(FACTORY, assigns=["doc.ents"])
def make_second_look(nlp: Language, name: str) -> SecondLook:  # noqa: ARG001  spaCy passes both
    """The component as spaCy makes it."""
    return SecondLook(load_words(), load_table())
