"""YAML as nodes that know their lines, refused early where it is built to explode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Collection

DEEPEST = 8
"""Levels of nesting; a watchlist has six, a list of feeds four."""

_TEXT = "tag:yaml.org,2002:str"
_FLAG = "tag:yaml.org,2002:bool"
_LONGEST_SHOWN = 60
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class WatchlistError(ValueError):
    """A watchlist that can't be used; the message says where and what to do."""


class Problem(Exception):  # noqa: N818  an error once the file's name is put before it
    """What is wrong in a line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line

    @classmethod
    def at(cls, node: Node, message: str) -> Self:
        """A problem where `node` begins."""
        return cls(node.start_mark.line + 1, message)


def compose(text: str) -> Node | None:
    """The root node of a YAML document; None where there is none.

    Raises:
        Problem: it has an alias (a few of which expand to gigabytes), or is nested too deep.
        yaml.YAMLError: it is not YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, AliasEvent):
            raise Problem(_line(event), f"'*{event.anchor}': aliases are not read; write the value out")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            raise Problem(_line(event), f"is nested deeper than {DEEPEST} levels; write it flatter")
    root: Node | None = yaml.compose(text, Loader=_LOADER)
    return root


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def fields_of(
    node: Node | None, where: str, known: Collection[str], *, required: Collection[str]
) -> dict[str, Node]:
    """The fields of a mapping.

    Raises:
        Problem: it is no mapping, or a field is unknown, written twice or missing.
    """
    if not isinstance(node, MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise Problem(
            line, f"{where}: is {_shown(node)}; write a mapping with {', '.join(required or known)}"
        )
    fields: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        field = key.value if isinstance(key, ScalarNode) else _shown(key)
        line = key.start_mark.line + 1
        if field not in known:
            raise Problem(line, f"{where}: unknown field {_cut(field)!r}; the fields are {', '.join(known)}")
        if field in fields:
            raise Problem(
                line, f"{where}: '{field}' stands twice, in line {lines[field]} and here; remove one of them"
            )
        fields[field], lines[field] = value, line
    for field in required:
        if field not in fields:
            raise Problem.at(node, f"{where}: has no '{field}'; add it")
    return fields


def items_of(node: Node, where: str) -> list[Node]:
    """The items of a list.

    Raises:
        Problem: it is no list.
    """
    if not isinstance(node, SequenceNode):
        raise Problem.at(node, f"{where}: is {_shown(node)}; write a list, one item a line after '- '")
    items: list[Node] = node.value
    return items


def text_of(node: Node, where: str) -> str:
    """The text of a scalar.

    Raises:
        Problem: it is a list, a mapping, or what YAML reads as a number, a date, a truth value or nothing.
    """
    if not isinstance(node, ScalarNode):
        raise Problem.at(node, f"{where}: is {_shown(node)}; write text")
    if node.tag != _TEXT:
        raise Problem.at(node, f"{where}: is {_shown(node)}; write text, in quotes if it is meant as such")
    value: str = node.value
    return value


def flag_of(node: Node, where: str) -> bool:
    """The truth value of a scalar: `true` or `false`; 'yes' and 'on' are text to YAML 1.2 and to an editor.

    Raises:
        Problem: it is something else.
    """
    if not isinstance(node, ScalarNode) or node.tag != _FLAG or node.value.lower() not in {"true", "false"}:
        raise Problem.at(node, f"{where}: is {_shown(node)}; write true or false")
    value: str = node.value
    return value.lower() == "true"


def _shown(node: Node | None) -> str:
    if node is None:
        return "empty"
    if isinstance(node, ScalarNode) and node.value:
        kind = node.tag.rpartition(":")[2]
        return (
            f"{_cut(node.value)!r} (YAML: {kind})" if node.tag != _TEXT else f"the text {_cut(node.value)!r}"
        )
    if isinstance(node, SequenceNode):
        return "a list"
    return "a mapping" if isinstance(node, MappingNode) else "empty"


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
