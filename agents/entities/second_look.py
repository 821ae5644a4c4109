"""What a whole article says about a name that one window of it didn't: a spaCy component after the network.

A name has one kind in an article, that of most of its mentions; it is a name also where the network passed over it.
A surname, and an acronym explained in brackets, stand for what they are short for. Places are told apart as GPE and
LOC, and peoples as NORP, by the table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from agents.entities.table import Table, load_table
from agents.entities.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc

FACTORY = "newswatch_second_look"
PLACES = frozenset({"GPE", "LOC"})
LONGEST_ACRONYM = 10


class SecondLook:
    """Changes labels and adds names to `doc.ents`; the bounds of a name that is there stay."""

    def __init__(self, words: Words, table: Table, flags="vote,again,short,kinds") -> None:
        self._words = words
        self._table = table
        self._natural = words.place_ends | words.place_openers
        self.flags = flags

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        found = list(doc.ents)
        if "vote" in self.flags:
            voted = _votes(found)
            found = [_as(span, voted.get(span.text, span.label_)) for span in found]
        if "kinds" in self.flags:
            found = [_as(span, self._kind(span)) for span in found]
        if "short" in self.flags:
            found = self._with(doc, found, self._short_forms(doc, found))
        if "again" in self.flags:
            found = self._with(doc, found, self._names(found))
        doc.ents = tuple(found)
        return doc

    def _kind(self, span: Span) -> str:
        """GPE, LOC and NORP as the table has them; a place it doesn't know is a LOC by its words, else a GPE."""
        label = span.label_
        if label not in PLACES:
            return label
        known = self._table.find(span.text, "GPE")
        if known is not None and known.label in ("GPE", "LOC", "NORP"):
            return known.label
        first, last = span[0].text, span[-1].text
        natural = last in self._words.place_ends or first in self._words.place_openers
        built = len(span) > 1 and last in self._words.other_ends
        return "LOC" if natural or built else "GPE"

    def _short_forms(self, doc: Doc, found: Iterable[Span]) -> Mapping[tuple[str, ...], str]:
        short: dict[tuple[str, ...], str] = {}
        for span in found:
            if span.label_ == "PERSON" and len(span) > 1:
                last = span[-1].text
                if last[0].isupper() and last not in self._words.name_ends:
                    short.setdefault((last,), "PERSON")
                if span[0].text in self._words.given_names:
                    short.setdefault((span[0].text,), "PERSON")
            elif span.label_ == "ORG" and (acronym := _explained(doc, span)):
                short[acronym,] = "ORG"
        return short

    def _names(self, found: Iterable[Span]) -> Mapping[tuple[str, ...], str]:
        return {tuple(t.text for t in span): span.label_ for span in found if any(c.isupper() for c in span.text)}

    def _with(self, doc: Doc, found: list[Span], names: Mapping[tuple[str, ...], str]) -> list[Span]:
        """Where one of `names` stands and nothing was found; the longer first."""
        taken = {i for span in found for i in range(span.start, span.end)}
        by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(names, key=lambda n: (-len(n), n)):
            if not all(word in self._words.never for word in name):
                by_first[name[0]].append(name)
        more = []
        words = [token.text for token in doc]
        for i, word in enumerate(words):
            for name in by_first.get(word, ()):
                end = i + len(name)
                if tuple(words[i:end]) == name and taken.isdisjoint(range(i, end)):
                    more.append(Span(doc, i, end, names[name]))
                    taken.update(range(i, end))
                    break
        return sorted([*found, *more], key=lambda span: span.start)


def _votes(found: Iterable[Span]) -> dict[str, str]:
    """The label of most mentions of each text; of the first, where two have as many."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for span in found:
        counts[span.text][span.label_] += 1
    return {text: max(labels, key=lambda label: labels[label]) for text, labels in counts.items()}


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
