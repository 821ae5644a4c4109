"""The oracle: every watch on every article by the shortest way to the definition, with no shortcut at all.

It shares with the matcher what a spelling is (`spellings`, `held`), what a name and what a sentence is, how a
mention is meant and when it is due; it shares neither the automaton nor the required words, neither the
evaluation nor the slop. A share of the articles in production is tried by it as well, and what it finds and
the matcher does not is a fault.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from agents.mentions.finding import is_meant, may_be_name
from agents.mentions.fold import Squeezed, fold
from agents.mentions.match import in_order
from agents.mentions.mention import LOOKED_AT, claim_at, mention_at
from agents.mentions.query.nodes import MENTIONED, All, Has, Language, Maybe, Near, Not, fields_of
from agents.mentions.query.positions import Positions
from agents.mentions.spellings import held, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.query.nodes import Node
    from agents.mentions.spellings import Unit
    from agents.mentions.text import Text
    from agents.mentions.watchlist import Watchlist
    from streams.records import Claim, Mention

Place = tuple[str, int, int]
"""Field, start, end."""


def is_sampled(article_id: str, share: float) -> bool:
    """Whether the oracle tries this article: the same answer whenever it is delivered again."""
    drawn = int.from_bytes(blake2b(article_id.encode(), digest_size=4, person=b"oracle").digest())
    return drawn < share * 2**32


def mentions(watchlist: Watchlist, text: Text, *, most: int | None = None) -> tuple[Mention, ...]:
    """What `Matcher.matched` has to find."""
    fields = {field: _Field(getattr(text, field) or "") for field in (*MENTIONED, "source", "byline")}
    told: list[Mention] = []
    for watch in watchlist.watches:
        if not watch.admits(text):
            continue
        query = watchlist.query(watch)
        found: set[Place] = set()
        if query is not None:
            found = _try(query.root, fields, text.language, watch.claim) or set()
        else:
            for unit in watch.units:
                for field in MENTIONED:
                    found |= {(field, *span) for span in fields[field].meant(unit)}
        for field in MENTIONED:
            apart = _apart((start, end) for where, start, end in found if where == field)
            looked_at = apart[: LOOKED_AT if watch.claim else most]
            mentions = [mention_at(watch, text, field, *span) for span in looked_at]
            told += [mention for mention in mentions if mention][:most]
    return in_order(told)


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

    def meant(self, unit: Unit) -> set[tuple[int, int]]:
        """The same without parts of a name and other senses."""
        return {span for span in self.places(unit) if is_meant(self.text, *span)}


def _try(
    node: Node, fields: dict[str, _Field], language: str | None, claims: tuple[Claim, ...]
) -> set[Place] | None:
    """The places that make a query hold, None where it doesn't; `claims` that count, none for all."""
    if isinstance(node, Has | Near):
        return {
            (field, *span)
            for field in fields_of(node)
            for span in _claimed(node, fields[field], claims if field in MENTIONED else ())
        } or None
    if isinstance(node, Language):
        return set() if language == node.code else None
    if isinstance(node, Not):
        return set() if _try(node.part, fields, language, ()) is None else None
    if isinstance(node, Maybe):
        return _try(node.part, fields, language, claims) or set()
    tried = [_try(part, fields, language, claims) for part in node.parts]
    held_parts = [part for part in tried if part is not None]
    enough = len(held_parts) == len(tried) if isinstance(node, All) else len(held_parts) > 0
    return set().union(*held_parts) if enough else None


def _claimed(node: Has | Near, field: _Field, claims: tuple[Claim, ...]) -> list[tuple[int, int]]:
    """Where a leaf stands, and counts: names do whatever is said of them."""
    units = node.units if isinstance(node, Near) else (node.unit,)
    if isinstance(node, Near):
        found = _near(node, field)
    else:
        found = field.places(node.unit) if may_be_name(node.unit) else field.meant(node.unit)
    if not claims or all(map(may_be_name, units)):
        return sorted(found)
    return [span for span in sorted(found)[:LOOKED_AT] if claim_at(field.text, *span) in claims]


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
