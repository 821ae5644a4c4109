"""Persons with a nickname in quotation marks inside their name: 'Dwayne "The Rock" Johnson'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from agents.entities.words import Words

MARKS = {'"': '"', "“": "”", "``": "''"}
"""Opening and closing."""
LONGEST = 4
"""Words of a nickname."""


def with_nicknames(doc: Doc, found: Sequence[Span], words: Words) -> list[Span]:
    """The names, and where one goes on behind a nickname the whole in place of its parts."""
    wholes = list(_wholes(doc, found, words))
    kept = [
        span for span in found if not any(span.start < one.end and one.start < span.end for one in wholes)
    ]
    return sorted([*kept, *wholes], key=lambda span: span.start)


def _wholes(doc: Doc, found: Sequence[Span], words: Words) -> Iterator[Span]:
    reached = 0
    for token in doc[:-1]:
        closing = MARKS.get(token.text)
        if closing is None or token.i <= reached:
            continue
        end = next((i for i in range(token.i + 2, token.i + 2 + LONGEST) if _is(doc, i, closing)), None)
        if end is None or not doc[token.i + 1].text[0].isupper():
            continue
        start = _start(doc, token.i, found, words)
        stop = _stop(doc, end + 1, found, words)
        if start is not None and stop > end + 1:
            reached = stop
            yield Span(doc, start, stop, "PERSON")


def _is(doc: Doc, i: int, text: str) -> bool:
    return i < len(doc) and doc[i].text == text


def _start(doc: Doc, mark: int, found: Sequence[Span], words: Words) -> int | None:
    """Where the person begins who stands before the mark."""
    person = next((s for s in found if s.label_ == "PERSON" and s.start < mark <= s.end), None)
    if person is not None:
        return person.start
    given = mark > 0 and doc[mark - 1].text in words.given_names
    return mark - 1 if given else None


def _stop(doc: Doc, start: int, found: Sequence[Span], words: Words) -> int:
    """Where the surname that begins at `start` ends; `start` where there is none."""
    person = next((s for s in found if s.label_ == "PERSON" and s.start <= start < s.end), None)
    if person is not None:
        return person.end
    end = start
    while end < len(doc) and doc[end].lower_ in words.particles:
        end += 1
    name = end < len(doc) and doc[end].is_alpha and doc[end].text[0].isupper()
    return end + 1 if name and doc[end].text not in words.never else start
