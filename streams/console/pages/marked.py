"""Sentences with their watched terms, in parts: a template puts each part into the page as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agents.mentions.telling import MOST_SENTENCES, telling
from streams.subscribe.clean import clean, on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from streams.records import Field, Mention


class Part(NamedTuple):
    """Some text, and whether it is a term."""

    text: str
    marked: bool


class Passage(NamedTuple):
    """A sentence with at least one term."""

    field: Field
    parts: list[Part]
    notes: list[str]
    """How the terms are meant where that is not affirmed, and when they are due."""


def passages(mentions: Iterable[Mention], most: int = MOST_SENTENCES) -> tuple[list[Passage], list[Passage]]:
    """Each sentence once: those that tell most, and the rest, both in the order of the text."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.sentence, []).append(mention)
    first = set(telling({sentence: [one.text for one in there] for sentence, there in found.items()}, most))
    told: tuple[list[Passage], list[Passage]] = ([], [])
    for sentence, there in found.items():
        told[sentence not in first].append(Passage(there[0].field, parts(sentence, there), _notes(there)))
    return told


def parts(sentence: str, mentions: Sequence[Mention]) -> list[Part]:
    """A sentence cut at its terms.

    A mention has its offsets in the text, not in the sentence. Where the sentence begins is what makes the
    most of its mentions fit; one that fits nowhere is left unmarked.
    """
    cuts: list[Part] = []
    at = 0
    for start, end in _spans(sentence, mentions):
        if start >= at:
            cuts += [Part(sentence[at:start], marked=False), Part(sentence[start:end], marked=True)]
            at = end
    cuts.append(Part(sentence[at:], marked=False))
    return [Part(on_one_line(text), marked) for text, marked in cuts if text]


def _spans(sentence: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where the mentions stand in their sentence."""
    left = {(one.start, one.end): one.text for one in mentions if one.text}
    spans: set[tuple[int, int]] = set()
    while left:  # a second round only where a text has the same sentence twice
        start, text = next((start, text) for (start, _), text in left.items())
        places = [match.start() for match in re.finditer(re.escape(text), sentence)]
        if not places:
            del left[start, start + len(text)]
            continue
        fits = [
            [
                span
                for span, term in left.items()
                if span[0] - start + place >= 0 and sentence.startswith(term, span[0] - start + place)
            ]
            for place in places
        ]
        best = max(range(len(places)), key=lambda number: len(fits[number]))
        for low, high in fits[best]:
            shift = places[best] - start
            spans.add((low + shift, high + shift))
            del left[low, high]
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _notes(mentions: Iterable[Mention]) -> list[str]:
    notes: dict[str, None] = {}
    for mention in mentions:
        if mention.claim != "affirmed":
            notes[mention.claim] = None
        if mention.due:
            notes[f"due {clean(mention.due)}"] = None
    return list(notes)
