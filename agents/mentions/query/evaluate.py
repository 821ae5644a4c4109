"""Does a query hold for an article, and which words made it hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from agents.mentions.query.nodes import All, Either, Has, Language, Maybe, Near, Not, fields_of
from agents.mentions.query.sloppy import Place, minimal_spans

if TYPE_CHECKING:
    from agents.mentions.query.nodes import Node
    from agents.mentions.query.positions import Positions
    from agents.mentions.spellings import Unit
    from agents.mentions.text import TextField

Span = tuple[int, int]


class Found(Protocol):
    """An article with its words found."""

    @property
    def language(self) -> str | None:
        """ISO 639-1."""

    def spans(self, unit: Unit, field: TextField) -> list[Span]:
        """Where a word or phrase stands, by start."""

    def mentions(self, unit: Unit, field: TextField) -> list[Span]:
        """The same without those that are parts of a name, or have another sense."""

    def positions(self, field: TextField) -> Positions:
        """The field's words by number."""

    def counting(self, node: Has | Near, field: TextField, spans: list[Span]) -> list[Span]:
        """Those of the spans that count, by how they are meant."""

    @property
    def unweighed(self) -> Found:
        """The article with all of them counted: what NOT asks of it."""


def holds(node: Node, found: Found) -> bool:
    """Whether the query holds."""
    if isinstance(node, Has | Near):
        return any(spans_of(node, found, field) for field in fields_of(node))
    if isinstance(node, All):
        return all(holds(part, found) for part in node.parts)
    if isinstance(node, Either):
        return any(holds(part, found) for part in node.parts)
    if isinstance(node, Not):
        return not holds(node.part, found.unweighed)
    if isinstance(node, Language):
        return node.code == found.language
    return True


def evidence(node: Node, found: Found, field: TextField) -> set[Span]:
    """The spans in a field that made a query hold which does: of each part that holds and isn't negated."""
    if isinstance(node, Has | Near):
        return set(spans_of(node, found, field)) if field in fields_of(node) else set()
    if isinstance(node, All):
        return set().union(*(evidence(part, found, field) for part in node.parts))
    if isinstance(node, Either):
        return set().union(*(evidence(part, found, field) for part in node.parts if holds(part, found)))
    if isinstance(node, Maybe) and holds(node.part, found):
        return evidence(node.part, found, field)
    return set()


def spans_of(node: Has | Near, found: Found, field: TextField) -> list[Span]:
    """Where a word, a phrase or words near each other stand in one field, and count."""
    return found.counting(node, field, _standing(node, found, field))


def _standing(node: Has | Near, found: Found, field: TextField) -> list[Span]:
    if isinstance(node, Has):
        return found.mentions(node.unit, field)
    spans = []
    for unit in node.units:
        spans.append(found.spans(unit, field))
        if not spans[-1]:
            return []
    number = found.positions(field).at
    return minimal_spans(
        [[Place(number(start), start, end) for start, end in some] for some in spans], node.slop
    )
