"""The words without which a query can't hold: under these it is filed, and looked at only where one stands.

As in Lucene Monitor's presearcher: of what is joined by AND one part is enough, the one whose words are
rarest by an estimate; of what is joined by OR every alternative is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions.query.frequent import FREQUENT
from agents.mentions.query.nodes import MENTIONED, All, Either, Has, Near, fields_of

if TYPE_CHECKING:
    from agents.mentions.query.nodes import Node
    from agents.mentions.spellings import Unit

MOST_LETTERS = 8
"""Beyond these a longer word is no rarer."""

LETTERS_OF_A_NAME = 4
"""What a capital counts for: a name is rarer than a word of its length."""


def required(node: Node) -> frozenset[Unit] | None:
    """Units of which one stands in headline or body wherever the query holds; None: there are none."""
    return next(iter(conjuncts(node)), None)


def conjuncts(node: Node) -> list[frozenset[Unit]]:
    """Sets of units; of each, one stands in headline or body wherever the query holds. Rarest first."""
    if isinstance(node, Has | Near) and any(field in MENTIONED for field in fields_of(node)):
        found = [frozenset({unit}) for unit in (node.units if isinstance(node, Near) else (node.unit,))]
    elif isinstance(node, All):
        found = [units for part in node.parts for units in conjuncts(part)]
    elif isinstance(node, Either):
        alternatives = [required(part) for part in node.parts]
        known = [units for units in alternatives if units is not None]
        found = [frozenset().union(*known)] if len(known) == len(alternatives) else []
    else:
        found = []
    return sorted(found, key=lambda units: (sum(map(frequency, units)), sorted(units)))


def frequency(unit: Unit) -> float:
    """Estimate how often a unit occurs, on a scale of its own: half as often with each letter."""
    letters = beside = 0
    for word in unit.text.split():
        if word.lower() in FREQUENT:
            beside += 1
        else:
            letters += min(len(word), MOST_LETTERS) + (LETTERS_OF_A_NAME if word[0].isupper() else 0)
    beside -= letters == 0
    wider = 4.0 if unit.ending == "any" else 1.0
    return wider * 2.0 ** -(letters + 2 * beside)
