"""Names the table doesn't know, found by how news writes them: a spaCy component that sets `doc.ents`.

Each rule looks at a run of capitalised words. It stays because it gained F on news it was not written on;
`docs/decisions/0004-entities.md` has what each is worth.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span
from spacy.util import filter_spans

from agents.entities.runs import is_heading, is_name_word, is_shouting, runs
from agents.entities.table import Table, load_table
from agents.entities.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

FACTORY = "newswatch_names"
PLACES = ("GPE", "LOC")
LINKS = frozenset({"of", "for", "and", "the", "&"})
"""Inside the name of a body: 'Ministry of Trade and the Environment'."""
BREAKS = frozenset({"GPE", "LOC", "NORP", "ORG"})
"""Known names of these kinds are no part of a person's."""
LONGEST_PERSON = 4
"""'Luiz Inácio Lula Silva'; a longer run of capitals is no person."""
INITIALS = re.compile(r"(?:[^\W\d_]\.){1,2}")
LONGEST_WORD = 5
"""In lower case, given names up to here are common words too ('mark', 'grace', 'chase')."""
ACRONYM = re.compile(r"(?![IVXLC]+$)[A-Z]{3,5}")
"""A body known by its initials; not a Roman number."""


class NameRules:
    """Adds PERSON, ORG, GPE and LOC to the entities found before it; a longer name wins over a shorter."""

    def __init__(self, words: Words, table: Table) -> None:
        self._words = words
        self._table = table

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`; sentences must be there."""
        known = {ent.start: ent for ent in doc.ents}
        found: list[Span] = []
        for sentence in doc.sents:
            if is_shouting(sentence):
                continue
            heading = is_heading(sentence)
            for start, end in runs(sentence, self._words):
                persons = list(self._persons(doc, start, end, known))
                found += persons
                if not heading:
                    found += self._bodies(doc, start, end)
                    if not persons:
                        found += self._places(doc, start, end)
        taken = filter_spans([*known.values(), *found])
        taken = filter_spans([*taken, *self._short_forms(doc, taken)])
        doc.ents = tuple(taken)
        return doc

    def to_disk(self, _path: object, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to keep: the words and the table are the program's own data."""

    def from_disk(self, _path: object, *, exclude: Iterable[str] = ()) -> NameRules:  # noqa: ARG002  the same
        """See `to_disk`."""
        return self

    def _bodies(self, doc: Doc, start: int, end: int) -> Iterator[Span]:
        words = self._words
        for stop in range(end, start + 1, -1):
            if doc[stop - 1].text in words.body_ends:
                yield Span(doc, start, stop, "ORG")
                break
        if doc[end - 1].text in words.body_openers:
            stop = self._linked(doc, end)
            if stop > end:
                yield Span(doc, start, stop, "ORG")
        if end - start == 1 and ACRONYM.fullmatch(doc[start].text):
            yield Span(doc, start, end, "ORG")

    def _linked(self, doc: Doc, start: int) -> int:
        """Where 'of X', 'for the X and Y' ends that begins at `start`; `start` itself if there is none."""
        end = at = start
        while at < len(doc) and doc[at].text in (LINKS if end > start else {"of", "for"}):
            if doc[at].text == "and" and doc[start - 1].text not in self._words.body_of_many:
                break
            while at < len(doc) and doc[at].text in LINKS:
                at += 1
            if at >= len(doc) or not is_name_word(doc[at], self._words):
                break
            while at < len(doc) and is_name_word(doc[at], self._words):
                at += 1
            end = at
        return end

    def _places(self, doc: Doc, start: int, end: int) -> Iterator[Span]:
        words = self._words
        first, last = doc[start].text, doc[end - 1].text
        if end - start > 1 and (last in words.place_ends or first in words.place_openers):
            yield Span(doc, start, end, "LOC")
        elif end - start > 1 and last in words.region_ends:
            yield Span(doc, start, end, "GPE")
        elif last in words.place_of:
            stop = self._linked(doc, end)
            if stop > end:
                yield Span(doc, start, stop, "LOC")
        elif self._is_place_due(doc, start, end):
            yield Span(doc, start, end, "GPE")

    def _is_place_due(self, doc: Doc, start: int, end: int) -> bool:
        """'in Kupiansk' (a city the table knows), 'in Marinka, Ukraine', 'the town of X', 'the X region'."""
        words = self._words
        before = doc[start - 1].lower_ if start else ""
        if before in words.place_prepositions:
            followed = end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "GPE"
            return followed or self._table.find(doc[start:end].text, "GPE") is not None
        if before == "of":
            return start > 1 and doc[start - 2].lower_ in words.region_words
        return before == "the" and end < len(doc) and doc[end].text in words.region_words

    def _persons(self, doc: Doc, start: int, end: int, known: dict[int, Span]) -> Iterator[Span]:
        """The name in a run: what stands after its last title, or begins with a given name or an initial."""
        words = self._words
        titled = start > 0 and (
            doc[start - 1].text in words.titles
            or (doc[start - 1].text == "." and start > 1 and doc[start - 2].text in words.titles)
        )
        for i in range(end - 1, start - 1, -1):
            if doc[i].text in words.titles:
                start, titled = i + 1, True
                break
        start, end, untitled = self._between(doc, start, end, known)
        while end > start and not doc[end - 1].is_alpha and not doc[end - 1].text.endswith("."):
            end -= 1
        if start > 0 and self._is_lower_given_name(doc[start - 1].text):
            start -= 1
        name = Span(doc, start, end, "PERSON")
        size = sum(t.text[0].isupper() or t.i == start for t in name)
        if not 0 < size <= LONGEST_PERSON or name[-1].text in words.not_surnames:
            return
        initial = any(_is_initial(token.text) for token in name[:-1])
        given = name[0].text.title() in words.given_names
        if (titled and not untitled) or (size > 1 and (initial or given)):
            yield name

    def _is_lower_given_name(self, text: str) -> bool:
        """A slip of the pen before a surname: 'michael Driscoll'; short ones are words ('will', 'mark')."""
        return text.islower() and len(text) > LONGEST_WORD and text.title() in self._words.given_names

    def _between(self, doc: Doc, start: int, end: int, known: dict[int, Span]) -> tuple[int, int, bool]:
        """The part of [start, end) that no known place, people or body takes, and whether its start moved.

        A place that is also a name stays in: 'Jordan Henderson', 'Jack London'.
        """
        moved = False
        for at in range(start, end):
            block = known.get(at)
            if block is None or block.label_ not in BREAKS or block.start < start:
                continue
            first = block.start == start and end - start > 1
            last = block.start == start + 1 and block.end == end
            single = len(block) == 1 and block.label_ in PLACES and (first or last)
            if single and doc[start].text in self._words.given_names:
                continue
            if block.start > start:
                return start, block.start, moved
            start, moved = block.end, True
        return start, max(start, end), moved

    def _short_forms(self, doc: Doc, taken: list[Span]) -> Iterator[Span]:
        """Surnames and given names of persons, and acronyms explained in brackets, where they stand alone."""
        short: dict[str, str] = {}
        for span in taken:
            if span.label_ == "PERSON" and len(span) > 1:
                if span[-1].text[0].isupper() and span[-1].text not in self._words.name_ends:
                    short.setdefault(span[-1].text, "PERSON")
                if span[0].text in self._words.given_names:
                    short.setdefault(span[0].text, "PERSON")
            elif span.label_ == "ORG" and _is_acronym_of(doc, span):
                short[doc[span.end + 1].text] = "ORG"
        for token in doc:
            if token.text in short and token.text not in self._words.never:
                yield Span(doc, token.i, token.i + 1, short[token.text])


def _is_initial(text: str) -> bool:
    return INITIALS.fullmatch(text) is not None


def _is_acronym_of(doc: Doc, span: Span) -> bool:
    if span.end + 2 >= len(doc) or doc[span.end].text != "(" or doc[span.end + 2].text != ")":
        return False
    acronym = doc[span.end + 1].text
    return acronym.isupper() and acronym[0] == span[0].text[0] and len(acronym) > 1


@Language.factory(FACTORY, assigns=["doc.ents"])
def make_rules(nlp: Language, name: str) -> NameRules:  # noqa: ARG001  spaCy passes both
    """The component as spaCy makes it."""
    return NameRules(load_words(), load_table())
