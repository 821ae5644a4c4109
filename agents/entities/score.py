"""How well names were found: strict precision, recall and F by label, over spans.

A name is right where its start, its end and its label are right (CoNLL-2003's measure). Two differences of
convention are no errors: a leading 'the' and a closing 's are cut on both sides, and GPE and FAC count as
LOC, unless they are asked for apart.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from agents.entities.labels import LABELS, RENAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALL = "all"
"""The sum over labels (micro average)."""
PLACES = {"GPE": "LOC", "FAC": "LOC"}
OTHER_NAMES = {
    **RENAMED,
    "CORPORATION": "ORG",
    "FACILITY": "FAC",
    "LOCATION": "LOC",
    "NATIONALITY": "NORP",
    "ORGANISATION": "ORG",
    "ORGANIZATION": "ORG",
}
"""What corpora call the labels, in capitals."""
UNJUDGED = "MISC"
"""In each corpus something else: peoples, events, languages. Of 'Ukrainian' ours says NORP."""
ARTICLE = re.compile(r"the\s+(?=\S)", re.IGNORECASE)
POSSESSIVE = re.compile(r"(?<=\S)\s?(?:['’]s|(?<=s)['’])$", re.IGNORECASE)


class Span(NamedTuple):
    """A name: half-open, in code points of its text."""

    start: int
    end: int
    label: str


class Tally(NamedTuple):
    """Counts of names; the scores are shares of 1, None where there is nothing to divide by."""

    right: int = 0
    found: int = 0
    there: int = 0
    """In the gold."""

    @property
    def precision(self) -> float | None:
        """Of what was found, what is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Of what is there, what was found."""
        return self.right / self.there if self.there else None

    @property
    def f(self) -> float | None:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else None


class Judged(NamedTuple):
    """One text's names: right, found though not there, there though not found."""

    right: frozenset[Span]
    false: frozenset[Span]
    missed: frozenset[Span]


def label_of(name: str, *, apart: bool = False) -> str:
    """A corpus's label as ours: 'Organisation' is ORG, 'GPE' is LOC unless places are kept `apart`."""
    label = OTHER_NAMES.get(name.upper(), name.upper())
    return label if apart else PLACES.get(label, label)


def judgeable(labels: Iterable[str]) -> frozenset[str]:
    """Those that a pipeline can give and that mean the same everywhere."""
    return frozenset(labels) & frozenset(LABELS) - {UNJUDGED}


def judge(
    text: str, gold: Iterable[Span], found: Iterable[Span], labels: Iterable[str], *, apart: bool = False
) -> Judged:
    """Hold what was found in a text against what is there, both as sets; other labels don't count."""
    wanted = frozenset(labels)
    right, said = (
        frozenset(span for one in spans if (span := _cut(text, one, apart)).label in wanted)
        for spans in (gold, found)
    )
    return Judged(right & said, said - right, right - said)


def tally(judged: Iterable[Judged]) -> dict[str, Tally]:
    """Counts by label, in the order of `LABELS`, and `all` of them together at the end."""
    right, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for one in judged:
        for counts, spans in ((right, one.right), (false, one.false), (missed, one.missed)):
            counts.update(span.label for span in spans)
    tallies = {
        label: Tally(right[label], right[label] + false[label], right[label] + missed[label])
        for label in LABELS
        if right[label] + false[label] + missed[label]
    }
    return {**tallies, ALL: together(tallies)}


def together(tallies: Mapping[str, Tally]) -> Tally:
    """The sum."""
    return Tally(*(sum(counts) for counts in zip(*tallies.values(), strict=True))) if tallies else Tally()


def _cut(text: str, span: Span, apart: bool) -> Span:
    """The span without article and possessive; where nothing else is in it, as it is."""
    start, end, label = span
    article = ARTICLE.match(text, start, end)
    start = article.end() if article else start
    possessive = POSSESSIVE.search(text[start:end])
    end = start + possessive.start() if possessive else end
    return Span(start, end, label_of(label, apart=apart))
