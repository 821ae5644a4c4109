"""A file to evaluate on: BIO rows, CoNLL columns or spans, told by its first line that isn't blank."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from agents.entities.gold.columns import ColumnsError, read_columns
from agents.entities.gold.document import GoldError, Marked
from agents.entities.gold.rows import CONFIDENCE, RowError, read_row
from agents.entities.score import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NUMBER = re.compile(r"(?P<document>.+)[-_.:/]\d+")
"""An id that ends in the sentence's number."""
CLOSED = re.compile(r"[.!?…][\"'”’)\]]*$")


def read_gold(
    data: bytes, name: str, *, by_id: bool = False, confidence: float = CONFIDENCE, hyphens: bool = False
) -> list[Marked]:
    """The documents of a file.

    Sentences of one document are put together again, since the pipeline reads whole articles: those with the
    same `doc`, and in CoNLL files what lies between two -DOCSTART-. Without either each stands for itself.

    Args:
        data: the file.
        name: for messages.
        by_id: without `doc`, the id up to its last number is the document ('news_afghan-12').
        confidence: spans that say less are left out.
        hyphens: see `tokens.joined`.

    Raises:
        GoldError: it can't be read, or has no text.
    """
    lines = _lines(data, name)
    first = next((line for line in lines if line.strip()), "")
    try:
        if first.lstrip().startswith("{"):
            marked = list(_rows(lines, by_id=by_id, confidence=confidence, hyphens=hyphens))
        else:
            marked = list(read_columns(lines, hyphens=hyphens))
    except ColumnsError as error:
        raise GoldError(f"{name}: line {error.number}: {error}") from error
    if not marked:
        raise GoldError(f"{name}: there is no text in it; write rows of JSON, or a token and its tag a line")
    return list(_together(marked))


def _lines(data: bytes, name: str) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GoldError(f"{name}: line {line} is not UTF-8 ({error.reason}); convert the file") from error
    return [line.removesuffix("\r") for line in text.split("\n")]


def _rows(lines: Iterable[str], *, by_id: bool, confidence: float, hyphens: bool) -> Iterator[Marked]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            marked, id_ = read_row(line.encode(), confidence=confidence, hyphens=hyphens)
        except RowError as error:
            raise ColumnsError(number, str(error)) from error
        numbered = NUMBER.fullmatch(id_) if by_id and marked.document is None else None
        yield marked._replace(document=numbered["document"]) if numbered else marked


def _together(marked: Iterable[Marked]) -> Iterator[Marked]:
    """Neighbours of one document as one text. What ends without a full stop was a line of its own."""
    for document, group in groupby(marked, key=lambda one: one.document):
        sentences = list(group)
        if document is None:
            yield from sentences
            continue
        text, names = "", []
        for sentence in sentences:
            if text:
                text += " " if CLOSED.search(text) else "\n"
            names += [Span(len(text) + s.start, len(text) + s.end, s.label) for s in sentence.names]
            text += sentence.text
        yield Marked(text, tuple(names), document)
