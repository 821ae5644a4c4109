"""Names the table doesn't know, found by how news writes them: a spaCy component that sets `doc.ents`.

Each rule looks at a run of capitalised words. It stays because it gained F on news it was not written on;
`docs/decisions/0004-entities.md` has what each is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span
from spacy.util import filter_spans

from agents.entities.table import Table, load_table
from agents.entities.words import Words, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

FACTORY = "newswatch_names"
PLACES = ("GPE", "LOC")
LINKS = frozenset({"of", "for", "and", "the", "&", "on", "in"})
"""Inside the name of a body: 'Ministry of Trade and the Environment'."""
LONGEST_PERSON = 4
"""'Luiz Inácio Lula Silva'; a longer run of capitals is a heading."""
SHOUTING = 0.7
"""Share of words in capitals above which capitals say nothing: headings, 'BREAKING: ...'."""
HEADING_WORDS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring capitalised words [start, end) of one line, with nothing known in between."""

    start: int
    end: int


class NameRules:
    """Adds PERSON, ORG, GPE and LOC to the entities found before it; a longer name wins over a shorter."""

    def __init__(self, words: Words, table: Table) -> None:
        self._words = words
        self._table = table

    def __call__(self, doc: Doc) -> Doc:
        known = [self._without_article(ent) for ent in doc.ents]
        found: list[Span] = []
        for sentence in doc.sents:
            if _is_shouting(sentence):
                continue
            heading = _is_heading(sentence)
            for run in self._runs(sentence):
                if not heading:
                    found += self._bodies_and_places(doc, run)
                found += self._persons(doc, run, known, heading=heading)
        taken = filter_spans([*known, *found])
        taken = filter_spans([*taken, *self._short_forms(doc, taken)])
        doc.ents = tuple(taken)
        return doc

    def to_disk(self, path: object, *, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to keep: the words and the table are the program's own data."""

    def from_disk(self, path: object, *, exclude: tuple[str, ...] = ()) -> NameRules:
        """See `to_disk`."""
        return self

    def _without_article(self, ent: Span) -> Span:
        name = self._table.find(ent.text, ent.label_)
        if len(ent) > 1 and ent[0].lower_ == "the" and name and not name.name.startswith("The "):
            return Span(ent.doc, ent.start + 1, ent.end, ent.label_)
        return ent

    def _runs(self, sentence: Span) -> Iterator[Run]:
        doc = sentence.doc
        start = None
        for i in range(sentence.start, sentence.end + 1):
            inside = i < sentence.end and (
                self._is_name_word(doc[i]) or (start is not None and self._joins(doc, i, sentence.end))
            )
            if inside and start is None:
                start = i
            elif not inside and start is not None:
                yield Run(start, i)
                start = None

    def _is_name_word(self, token: Token) -> bool:
        return (
            token.text[0].isupper()
            and token.text not in self._words.never
            and not (token.is_stop and not token.is_upper)
        )

    def _joins(self, doc: Doc, i: int, end: int) -> bool:
        """A hyphen or a particle between two capitalised words: 'Jean-Pierre', 'van der Berg', 'al-Sharaa'."""
        token = doc[i]
        if i + 1 >= end or token.is_space:
            return False
        if token.text == "-":
            return not token.whitespace_ and not doc[i - 1].whitespace_ and self._is_name_word(doc[i + 1])
        if token.lower_ not in self._words.particles:
            return False
        j = i + 1
        while j < end - 1 and (doc[j].text == "-" or doc[j].lower_ in self._words.particles):
            j += 1
        return self._is_name_word(doc[j])

    def _bodies_and_places(self, doc: Doc, run: Run) -> Iterator[Span]:
        words = self._words
        for end in range(run.end, run.start + 1, -1):
            last = doc[end - 1].text
            if last in words.body_ends:
                yield Span(doc, run.start, end, "ORG")
                break
            if last in words.place_ends:
                yield Span(doc, run.start, end, "LOC")
                break
            if last in words.region_ends:
                yield Span(doc, run.start, end, "GPE")
                break
        first = doc[run.start].text
        if first in words.place_openers and run.end - run.start > 1:
            yield Span(doc, run.start, run.end, "LOC")
        for i in range(run.start, run.end):
            if doc[i].text in words.body_openers | words.place_openers and i == run.end - 1:
                end = self._linked(doc, i + 1)
                if end > i + 1:
                    yield Span(doc, run.start, end, "ORG" if doc[i].text in words.body_openers else "LOC")

    def _linked(self, doc: Doc, i: int) -> int:
        """Where 'of X', 'for the X and Y' ends that begins at `i`; `i` itself if there is none."""
        end = i
        if i >= len(doc) or doc[i].text not in ("of", "for"):
            return i
        j = i
        while j < len(doc):
            while j < len(doc) and doc[j].text in LINKS:
                j += 1
            if j >= len(doc) or not self._is_name_word(doc[j]) or doc[j].is_sent_start:
                break
            while j < len(doc) and self._is_name_word(doc[j]):
                j += 1
            end = j
            if j < len(doc) and doc[j].text not in ("of", "and", "&"):
                break
            if j < len(doc) and doc[j].text == "and" and doc[end - 1].text in self._words.body_ends:
                break
        return end

    def _persons(self, doc: Doc, run: Run, known: list[Span], *, heading: bool) -> Iterator[Span]:
        words = self._words
        start = run.start
        titled = start > 0 and doc[start - 1].text in words.titles
        while start < run.end and (
            doc[start].text in words.titles or (doc[start].text == "." and titled)
        ):
            titled = True
            start += 1
        blocked = {
            i: ent.label_ for ent in known if run.start <= ent.start < run.end for i in range(ent.start, ent.end)
        }
        while start < run.end and not (doc[start].text in words.given_names and start + 1 < run.end):
            if start in blocked:
                titled = False
                start += 1
                continue
            break
        end = start
        while end < run.end and (end not in blocked or (end == start + 1 and blocked[end] in PLACES)):
            end += 1
        name = Span(doc, start, end, "PERSON")
        size = sum(1 for t in name if t.text[0].isupper())
        if not 0 < size <= LONGEST_PERSON or name[-1].text in words.body_ends | words.place_ends:
            return
        initial = size > 1 and any(_is_initial(t.text) for t in name[:-1])
        given = size > 1 and doc[start].text in words.given_names
        spoken = size > 1 and not heading and self._is_spoken(doc, start, end)
        if (titled or initial or given or spoken) and all(len(t.text) > 1 or t.text == "-" for t in name[-1:]):
            yield name

    def _is_spoken(self, doc: Doc, start: int, end: int) -> bool:
        return (end < len(doc) and doc[end].lower_ in self._words.speech) or (
            start > 0 and doc[start - 1].lower_ in self._words.speech
        )

    def _short_forms(self, doc: Doc, taken: list[Span]) -> Iterator[Span]:
        """Surnames of persons, and acronyms explained in brackets, wherever they stand alone."""
        short: dict[str, str] = {}
        for span in taken:
            if span.label_ == "PERSON" and len(span) > 1 and span[-1].text not in self._words.name_ends:
                short.setdefault(span[-1].text, "PERSON")
            elif span.label_ == "ORG" and _is_acronym_of(doc, span):
                short[doc[span.end + 1].text] = "ORG"
        for token in doc:
            if token.text in short and token.text not in self._words.never:
                yield Span(doc, token.i, token.i + 1, short[token.text])


def _is_initial(text: str) -> bool:
    return text[0].isupper() and text.endswith(".") and len(text.replace(".", "")) <= 2  # noqa: PLR2004  'J.D.'


def _is_acronym_of(doc: Doc, span: Span) -> bool:
    if span.end + 2 >= len(doc) or doc[span.end].text != "(" or doc[span.end + 2].text != ")":
        return False
    acronym = doc[span.end + 1].text
    return acronym.isupper() and acronym[0] == span[0].text[0] and len(acronym) > 1


def _is_shouting(sentence: Span) -> bool:
    words = [t for t in sentence if t.is_alpha and len(t) > 1]
    return len(words) >= 3 and sum(t.is_upper for t in words) > SHOUTING * len(words)  # noqa: PLR2004


def _is_heading(sentence: Span) -> bool:
    words = [t for t in sentence if t.is_alpha and not t.is_stop]
    return (
        len(words) >= HEADING_WORDS
        and sentence[-1].text not in {".", "!", "?", "”", '"'}
        and sum(t.text[0].isupper() for t in words) > SHOUTING * len(words)
    )


@Language.factory(FACTORY, assigns=["doc.ents"])
def make_rules(nlp: Language, name: str) -> NameRules:
    """The component as spaCy makes it."""
    return NameRules(load_words(), load_table())
