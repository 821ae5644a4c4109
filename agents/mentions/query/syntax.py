"""Lucene's syntax through luqum, with its complaints in words that help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from luqum.exceptions import ParseError
from luqum.thread import parse

from agents.mentions.query.words import QueryError

if TYPE_CHECKING:
    from luqum.tree import Item

_ILLEGAL = re.compile(r"Illegal character '(.*)' at position (\d+)", re.DOTALL)
_UNEXPECTED = re.compile(r"unexpected +'(.*)' at position (\d+)", re.DOTALL)


def parsed(text: str) -> Item:
    """Parse a query.

    Raises:
        QueryError: it is no query.
    """
    try:
        return parse(text)
    except ParseError as error:
        raise _syntax(str(error), text) from error
    except (ValueError, ArithmeticError) as error:
        number = re.search(r"[~^][\d.]*\.[\d.]*", text)
        raise QueryError(
            number.start() if number else 0, "a number that is none; write a whole one, as in ~2"
        ) from error


def _syntax(message: str, text: str) -> QueryError:
    if found := _ILLEGAL.search(message):
        at = int(found[2])
        if text[at] == '"':
            return QueryError(at, "a quotation mark that is not closed; close it")
        return QueryError(at, f"{text[at]!r} has no meaning here; quote it, or put a backslash before it")
    if found := _UNEXPECTED.search(message):
        at = int(found[2])
        return QueryError(
            at, f"'{found[1][:40]}' can't stand here; take it out, or quote it as a word to look for"
        )
    return QueryError(len(text), "ends too early; close the bracket, or write what follows the operator")
