"""Read a query in Lucene's syntax (parsed by luqum) into a tree, or say where it can't be taken and why.

As in Lucene: `a b` is `a OR b`; `+a -b c` needs a, forbids b, and c is a mention where it stands; `a NOT b`
is `a AND NOT b`. Unlike in Lucene's classic parser AND binds tighter than OR, as everybody reads it, and
what mixes words side by side with AND or OR is refused, since its two readings differ.
"""

from __future__ import annotations

import re
from typing import Any, cast, get_args

import msgspec
from luqum import tree

from agents.mentions.phrases import Phrases
from agents.mentions.query.cost import Cost
from agents.mentions.query.nodes import All, Either, Has, Language, Maybe, Near, Node, Not
from agents.mentions.query.required import required
from agents.mentions.query.syntax import parsed
from agents.mentions.query.words import QueryError, phrase, word
from agents.mentions.text import TextField

__all__ = ["Query", "QueryError", "read_query"]

LONGEST_QUERY = 20_000
"""Characters; a page of synonyms has 3,000."""

DEEPEST = 20
"""Levels of brackets and signs; people stop reading at five."""

FIELDS = (*get_args(TextField), "language")

_REFUSED: dict[type[tree.Item], str] = {
    tree.Fuzzy: "'~' after a word asks for similar spellings, which are not looked for; list them with OR",
    tree.Boost: "'^' weighs a part, and here nothing is ranked; take it out",
    tree.Range: "a range can't be looked for in a text; take it out",
    tree.From: "'>' asks for a range, which can't be looked for in a text; quote it if it is meant as a sign",
    tree.To: "'<' asks for a range, which can't be looked for in a text; quote it if it is meant as a sign",
    tree.Regex: "'/' begins a regular expression, which is not looked for; quote what is meant as a sign",
}


class Query(msgspec.Struct, frozen=True):
    """A query that can be looked for."""

    root: Node
    notes: tuple[tuple[int, str], ...]
    """Offset in the query, and what its reader may not have meant."""


def read_query(text: str, *, inflect: bool = True, case: bool = False) -> Query:
    """Read a query.

    Args:
        text: in Lucene's syntax.
        inflect: whether plurals, verb forms and joined spellings count.
        case: whether capitals count in what is quoted.

    Raises:
        QueryError: it can't be taken, where and why, and the way out.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(0, f"has {len(text):,} characters, the limit is {LONGEST_QUERY:,}; split the watch")
    if not text.strip():
        raise QueryError(0, "is empty; write at least one word to look for")
    reader = _Reader(text, inflect=inflect, case=case)
    root = reader.node(parsed(text), None, 0)
    if required(root) is None:
        reader.blame(root)
    if case and not reader.quoted:
        raise QueryError(
            0, "'case: true' holds for what is quoted, and nothing is; quote what must keep its capitals"
        )
    return Query(root, tuple(reader.notes))


class _Reader:
    """One reading of one query."""

    def __init__(self, text: str, *, inflect: bool, case: bool) -> None:
        self._text = text
        self._inflect = inflect
        self._case = case
        self._places: dict[int, int] = {}
        self._cost = Cost()
        self.quoted = False
        self.notes: list[tuple[int, str]] = []

    def node(self, item: Any, field: str | None, depth: int) -> Node:
        if depth > DEEPEST:
            raise QueryError(item.pos, f"is nested deeper than {DEEPEST} levels; take brackets out")
        if type(item) in _REFUSED:
            raise QueryError(self._sign(item), _REFUSED[type(item)])
        made = self._node(item, field, depth + 1)
        self._places.setdefault(id(made), item.pos)
        return made

    def _sign(self, item: Any) -> int:
        """Where the sign stands that is refused: after a word, or where the item begins."""
        inner = item.children[0] if isinstance(item, tree.Fuzzy | tree.Boost) else None
        return int(item.pos if inner is None else inner.pos + inner.size)

    def _node(self, item: Any, field: str | None, depth: int) -> Node:  # noqa: PLR0911  one for each kind
        if isinstance(item, tree.Group | tree.FieldGroup | tree.Plus):
            return self.node(item.children[0], field, depth)
        if isinstance(item, tree.Not | tree.Prohibit):
            part = self.node(item.children[0], field, depth)
            return part.part if isinstance(part, Not) else Not(part)
        if isinstance(item, tree.SearchField):
            return self.node(item.expr, self._field(item, field), depth)
        if isinstance(item, tree.AndOperation):
            return All(tuple(self.node(child, field, depth) for child in item.children))
        if isinstance(item, tree.OrOperation):
            for child in item.children:
                if isinstance(child, tree.Plus | tree.Prohibit):
                    raise QueryError(
                        child.pos, "a sign beside OR has two readings; write AND, OR, NOT and brackets"
                    )
            return Either(tuple(self.node(child, field, depth) for child in item.children))
        if isinstance(item, tree.UnknownOperation):
            return self._side_by_side(item, field, depth)
        return self._leaf(item, field)

    def _side_by_side(self, item: Any, field: str | None, depth: int) -> Node:
        clauses = [
            clause
            for child in item.children
            for clause in (
                child.children
                if isinstance(child, tree.AndOperation) and all(map(_is_negative, child.children))
                else (child,)
            )
        ]
        plain = [clause for clause in clauses if not _is_negative(clause)]
        for clause in plain:
            if isinstance(clause, tree.AndOperation | tree.OrOperation) and len(plain) > 1:
                second = plain[1] if clause is plain[0] else clause
                raise QueryError(
                    second.pos,
                    "words side by side, mixed with AND or OR, have two readings; write it here too",
                )
        needed = [clause for clause in plain if isinstance(clause, tree.Plus)]
        others = [self.node(clause, field, depth) for clause in plain if not isinstance(clause, tree.Plus)]
        if len(others) > 1 and not needed:
            self.notes.append(
                (plain[1].pos, "words side by side are joined by OR; write AND if all must occur")
            )
        parts = [self.node(clause, field, depth) for clause in needed]
        if needed:
            parts += [Maybe(other) for other in others]
        elif others:
            parts.append(self._placed(Either(tuple(others)), plain[0].pos) if len(others) > 1 else others[0])
        parts += [self.node(clause, field, depth) for clause in clauses if _is_negative(clause)]
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def _placed(self, made: Node, at: int) -> Node:
        self._places[id(made)] = at
        return made

    def _field(self, item: Any, outer: str | None) -> str:
        if item.name not in FIELDS:
            raise QueryError(
                item.pos,
                f"there is no field '{item.name[:40]}'; the fields are {', '.join(FIELDS)}; quote a colon "
                "that is part of the text",
            )
        if outer is not None:
            raise QueryError(item.pos, f"a field within '{outer}'; close the bracket before it")
        return str(item.name)

    def _leaf(self, item: Any, field: str | None) -> Node:
        self._cost.leaf(item.pos)
        if field == "language":
            return self._language(item)
        place = cast("TextField | None", field)
        inflect = self._inflect and field not in {"source", "byline"}
        if isinstance(item, tree.Word):
            if field == "source" and item.value.startswith("*") and len(item.value) > 1:
                raise QueryError(
                    item.pos,
                    "a wildcard at the beginning is not looked for; a scope takes one: "
                    f'scope: {{sources: ["{item.value[:40]}"]}}',
                )
            unit = word(item.value, item.pos, inflect=inflect)
            if unit.ending == "any":
                self._cost.wildcard(item.pos, unit.text)
            return Has(unit, place)
        self.quoted = True
        if isinstance(item, tree.Proximity) and item.degree != 0:
            return self._near(item, place, inflect=inflect)
        quoted = item.term if isinstance(item, tree.Proximity) else item
        return Has(phrase(quoted.value[1:-1], quoted.pos + 1, inflect=inflect, case=self._case), place)

    def _language(self, item: Any) -> Language:
        code = item.value.strip('"') if isinstance(item, tree.Word | tree.Phrase) else ""
        if not re.fullmatch("[A-Za-z]{2}|und", code):
            raise QueryError(item.pos, "a language is two letters (ISO 639-1), as in language:en; write one")
        return Language(code.lower())

    def _near(self, item: Any, field: TextField | None, *, inflect: bool) -> Near:
        inner, at = item.term.value[1:-1], item.pos + item.term.size
        if self._text[at : at + 2].rstrip() == "~" or not self._text[at + 1 : at + 2].isdigit():
            raise QueryError(at, "'~' without a number; write how many words may lie between, as in ~2")
        words = [(found[0], item.pos + 1 + found.start()) for found in re.finditer(r"\S+", inner)]
        self._cost.near(at, item.degree, len(words))
        units = [phrase(each, place, inflect=inflect, case=self._case) for each, place in words]
        # Only words that begin alike can be the same; to see whether they are costs an automaton.
        starts = [
            start for unit in units for start in {part[:2] for part in re.findall(r"\w+", unit.text.lower())}
        ]
        phrases = Phrases(units if len(set(starts)) < len(starts) else ())
        for number, (each, place) in enumerate(words):
            if any(hit.phrase != number for hit in phrases.find(units[number].text)):
                raise QueryError(
                    place,
                    f"'{each}' is two words of the phrase at once, one place would do for both; take one out",
                )
        return Near(tuple(units), item.degree, field)

    def blame(self, root: Node) -> None:
        """Say which part needs no word.

        Raises:
            QueryError: always.
        """
        node = root
        while True:
            at = self._places.get(id(node), 0)
            if isinstance(node, Either):
                node = next(part for part in node.parts if required(part) is None)
            elif isinstance(node, All):
                node = node.parts[0]
            elif isinstance(node, Not):
                raise QueryError(
                    at, "holds for articles with none of the words; add a word that must occur, with AND"
                )
            else:
                raise QueryError(
                    at,
                    "needs no word in headline or body_text, so there is nothing to show; add one with AND",
                )


def _is_negative(item: Any) -> bool:
    return isinstance(item, tree.Not | tree.Prohibit)
