"""A query as a tree, whatever it was written in."""

from __future__ import annotations

from typing import Literal

import msgspec

from agents.mentions.spellings import Unit  # noqa: TC001  msgspec resolves annotations at run time
from agents.mentions.text import TextField  # noqa: TC001

MENTIONED: tuple[Literal["headline", "body_text"], ...] = ("headline", "body_text")
"""Where a term without a field is looked for, and where mentions are."""


class Has(msgspec.Struct, frozen=True, gc=False):
    """The word or phrase stands in the field; without one, in the headline or the body."""

    unit: Unit
    field: TextField | None = None


class Near(msgspec.Struct, frozen=True, gc=False):
    """The words stand near each other, as `sloppy` defines it."""

    units: tuple[Unit, ...]
    slop: int
    field: TextField | None = None


class Language(msgspec.Struct, frozen=True, gc=False):
    """The article is written in it: ISO 639-1."""

    code: str


class All(msgspec.Struct, frozen=True, gc=False):
    """Each holds."""

    parts: tuple[Node, ...]


class Either(msgspec.Struct, frozen=True, gc=False):
    """At least one holds."""

    parts: tuple[Node, ...]


class Not(msgspec.Struct, frozen=True, gc=False):
    """It doesn't hold."""

    part: Node


class Maybe(msgspec.Struct, frozen=True, gc=False):
    """Holds always; what it has is a mention as well ('b' in Lucene's '+a b')."""

    part: Node


Node = Has | Near | Language | All | Either | Not | Maybe


def fields_of(node: Has | Near) -> tuple[TextField, ...]:
    """The fields to look in."""
    return MENTIONED if node.field is None else (node.field,)


def leaves(node: Node) -> list[Has | Near | Language]:
    """Every word, phrase and language of a query."""
    if isinstance(node, All | Either):
        return [leaf for part in node.parts for leaf in leaves(part)]
    if isinstance(node, Not | Maybe):
        return leaves(node.part)
    return [node]
