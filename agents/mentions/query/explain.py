"""Why a query doesn't hold: the clause that decided, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions.query.evaluate import evidence, holds
from agents.mentions.query.nodes import All, Either, Has, Language, Near, Not, fields_of

if TYPE_CHECKING:
    from agents.mentions.query.evaluate import Found
    from agents.mentions.query.nodes import Node

MOST_NAMED = 5
"""Alternatives named in a reason; more are counted."""


def why_not(node: Node, found: Found) -> str:
    """The reason why a query doesn't hold; of several that speak against it the first."""
    if isinstance(node, All):
        return why_not(next(part for part in node.parts if not holds(part, found)), found)
    if isinstance(node, Not):
        return f"{shown(node.part)} is excluded by NOT, but stands there{_where(node.part, found)}"
    if isinstance(node, Either):
        named = ", ".join(map(shown, node.parts[:MOST_NAMED]))
        more = f" and {len(node.parts) - MOST_NAMED} more" if len(node.parts) > MOST_NAMED else ""
        return f"none of {named}{more} was found"
    if isinstance(node, Language):
        return f"the language is {found.language or 'unknown'}, not {node.code}"
    return f"{shown(node)} was not found"


def shown(node: Node) -> str:
    """A part of a query as it may have been written."""
    if isinstance(node, Has | Near):
        words = node.units if isinstance(node, Near) else (node.unit,)
        text = " ".join(unit.text for unit in words)
        quoted = f'"{text}"' if " " in text else text
        field = f"{node.field}:" if node.field else ""
        wild = "*" if words[-1].ending == "any" else ""
        return f"{field}{quoted}{wild}" + (f"~{node.slop}" if isinstance(node, Near) else "")
    if isinstance(node, All | Either):
        return "(" + (" AND " if isinstance(node, All) else " OR ").join(map(shown, node.parts)) + ")"
    if isinstance(node, Language):
        return f"language:{node.code}"
    return f"NOT {shown(node.part)}" if isinstance(node, Not) else shown(node.part)


def _where(node: Node, found: Found) -> str:
    if isinstance(node, Has | Near):
        field = next(field for field in fields_of(node) if evidence(node, found, field))
        return f" in {field}"
    return ""
