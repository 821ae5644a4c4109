"""CoNLL files: a token a line, its tag in the last column, a blank line between sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.gold.document import Marked
from agents.entities.gold.tags import is_tag, spans
from agents.entities.gold.tokens import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NEW_DOCUMENT = "-DOCSTART-"
"""First column of a line that begins a document."""


class ColumnsError(ValueError):
    """What is wrong, and in which line of the file, from 1."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


def read_columns(lines: Iterable[str], *, hyphens: bool = False) -> Iterator[Marked]:
    """The sentences, with their documents where the file says where one begins.

    Raises:
        ColumnsError: a line without a token and a tag.
    """
    tokens: list[str] = []
    tags: list[str] = []
    document = 0
    for number, line in enumerate([*lines, ""], 1):
        columns = line.split()
        begins = bool(columns) and columns[0] == NEW_DOCUMENT
        if (not columns or begins) and tokens:
            text, places = joined(tokens, hyphens=hyphens)
            yield Marked(text, tuple(spans(tags, places)), str(document) if document else None)
            tokens, tags = [], []
        document += begins
        if columns and not begins and not _is_comment(columns):
            tokens.append(columns[0])
            tags.append(_tag(columns, number))


def _is_comment(columns: list[str]) -> bool:
    return columns[0].startswith("#") and not is_tag(columns[-1])


def _tag(columns: list[str], number: int) -> str:
    if len(columns) == 1:
        raise ColumnsError(number, f"'{columns[0]}' has no tag; write a token and its tag, as 'Kyiv B-LOC'")
    if not is_tag(columns[-1]):
        raise ColumnsError(
            number, f"last column '{columns[-1]}' is no tag; a tag is O, or B- or I- and a label"
        )
    return columns[-1]
