"""The oracle: every watch on every article by the shortest way to the definition, with no shortcut at all.

It shares with the matcher what a spelling is (`spellings`, `held`), what a name and what a
sentence is; it shares neither the automaton nor the required words, neither the evaluation nor the slop. A
share of the articles in production is tried by it as well, and what it finds and the matcher does not is a
fault.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from agents.mentions.finding import may_be_name
from agents.mentions.fold import Squeezed, fold
from agents.mentions.match import mentions_of
from agents.mentions.names import is_part_of_name
from agents.mentions.query.nodes import MENTIONED, All, Has, Language, Maybe, Near, Not, fields_of
from agents.mentions.query.positions import Positions
from agents.mentions.spellings import held, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.query.nodes import Node
    from agents.mentions.spellings import Unit
    from agents.mentions.text import Text
    from agents.mentions.watchlist import Watchlist
    from streams.records import Field, Mention

Place = tuple[str, int, int]
"""Field, start, end."""


def is_sampled(article_id: str, share: float) -> bool:
    """Whether the oracle tries this article: the same answer whenever it is delivered again."""
    drawn = int.from_bytes(blake2b(article_id.encode(), digest_size=4, person=b"oracle").digest())
    return drawn < share * 2**32


def mentions(watchlist: Watchlist, text: Text, *, most: int | None = None) -> tuple[Mention, ...]:
    """What `Matcher.matched` has to find."""
    fields = {field: _Field(getattr(text, field) or "") for field in (*MENTIONED, "source", "byline")}
    spans: dict[Field, list[tuple[int, int, str]]] = {field: [] for field in MENTIONED}
    for watch in watchlist.watches:
        if not watch.admits(text):
            continue
        query = watchlist.query(watch)
        found: set[Place] = set()
        if query is not None:
            found = _try(query.root, fields, text.language) or set()
        else:
            for unit in watch.units:
                for field in MENTIONED:
                    found |= {
                        (field, *span) for span in fields[field].places(unit) if not fields[field].named(span)
                    }
        for field in MENTIONED:
            of_field = [(start, end) for where, start, end in found if where == field]
            spans[field] += ((*span, watch.name) for span in _apart(of_field)[:most])
    return tuple(mentions_of(text, spans))


class _Field:
    """A field's text, gone through again for each word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = fold(text)
        self._squeezed = Squeezed(self._folded.text)

    def places(self, unit: Unit) -> set[tuple[int, int]]:
        """Where a word or phrase stands."""
        found = set()
        for pattern, spelling in spellings(0, unit):
            start = self._squeezed.text.find(pattern)
            while start >= 0:
                if span := held(
                    spelling, (start, start + len(pattern)), self._squeezed, self._folded, self.text
                ):
                    found.add(span)
                start = self._squeezed.text.find(pattern, start + 1)
        return found

    def named(self, span: tuple[int, int]) -> bool:
        """Whether it is part of a name."""
        return is_part_of_name(self.text, *span)


def _try(node: Node, fields: dict[str, _Field], language: str | None) -> set[Place] | None:
    """The places that make a query hold; None where it doesn't."""
    if isinstance(node, Has):
        words: set[Place] = {
            (field, *span)
            for field in fields_of(node)
            for span in fields[field].places(node.unit)
            if may_be_name(node.unit) or not fields[field].named(span)
        }
        return words or None
    if isinstance(node, Near):
        return {(field, *span) for field in fields_of(node) for span in _near(node, fields[field])} or None
    if isinstance(node, Language):
        return set() if language == node.code else None
    if isinstance(node, Not):
        return set() if _try(node.part, fields, language) is None else None
    if isinstance(node, Maybe):
        return _try(node.part, fields, language) or set()
    tried = [_try(part, fields, language) for part in node.parts]
    held_parts = [part for part in tried if part is not None]
    enough = len(held_parts) == len(tried) if isinstance(node, All) else len(held_parts) > 0
    return set().union(*held_parts) if enough else None


def _near(node: Near, field: _Field) -> set[tuple[int, int]]:
    """The stretches that have all words with the slop, and hold no other such stretch."""
    number = Positions(field.text).at
    places = [
        (word, number(start) - word, start, end)
        for word, unit in enumerate(node.units)
        for start, end in field.places(unit)
    ]
    reach = node.slop + len(node.units)  # No match is wider: its shifts differ by the slop at most.
    stretches = {
        (left[2], right[3])
        for left in places
        for right in places
        if left[2] <= right[2]
        and right[1] + right[0] - left[1] - left[0] <= reach
        and _fits(node, places, left[2], right[3])
    }
    return {
        one
        for one in stretches
        if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in stretches)
    }


def _fits(node: Near, places: list[tuple[int, int, int, int]], start: int, end: int) -> bool:
    inside = [(word, shift) for word, shift, first, last in places if start <= first and last <= end]
    return any(
        {word for word, shift in inside if least <= shift <= least + node.slop} == set(range(len(node.units)))
        for _, least in inside
    )


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those left when of two that overlap the one further left stays, or the longer."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return kept
