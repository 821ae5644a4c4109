"""The words without which a query can't hold: under these it is filed, and looked at only where one stands.

As in Lucene Monitor's presearcher: of what is joined by AND one part is enough, the one whose words are
rarest by an estimate; of what is joined by OR every alternative is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions.query.frequent import FREQUENT
from agents.mentions.query.nodes import MENTIONED, All, Either, Has, Near, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.phrases import Unit
    from agents.mentions.query.nodes import Node

_MOST_LETTERS = 12
"""Beyond these a longer word is no rarer."""


def required(node: Node) -> frozenset[Unit] | None:
    """Units of which one stands in headline or body wherever the query holds; None: there are none."""
    if isinstance(node, Has):
        return frozenset({node.unit}) if _is_mentioned(node) else None
    if isinstance(node, Near):
        return frozenset({min(node.units, key=frequency)}) if _is_mentioned(node) else None
    if isinstance(node, All):
        return _rarest(required(part) for part in node.parts)
    if isinstance(node, Either):
        return _union(required(part) for part in node.parts)
    return None


def frequency(unit: Unit) -> float:
    """Estimate how often a unit occurs, on a scale of its own: a half for each letter."""
    words = unit.text.lower().split()
    letters = sum(len(word) for word in words if word not in FREQUENT)
    beside = sum(word in FREQUENT for word in words) - (letters == 0)
    wider = 4.0 if unit.ending == "any" else 1.0
    return wider * 2.0 ** -min(letters + 2 * beside, _MOST_LETTERS)


def _is_mentioned(node: Has | Near) -> bool:
    return any(field in MENTIONED for field in fields_of(node))


def _rarest(choices: Iterable[frozenset[Unit] | None]) -> frozenset[Unit] | None:
    return min(
        (choice for choice in choices if choice is not None),
        key=lambda units: (sum(map(frequency, units)), sorted(units)),
        default=None,
    )


def _union(alternatives: Iterable[frozenset[Unit] | None]) -> frozenset[Unit] | None:
    units: set[Unit] = set()
    for alternative in alternatives:
        if alternative is None:
            return None
        units |= alternative
    return frozenset(units)
