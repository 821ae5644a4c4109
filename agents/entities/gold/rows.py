"""Files of JSON rows: tokens with BIO tags, or a text with spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.entities.gold.document import Marked
from agents.entities.gold.tags import is_tag, spans
from agents.entities.gold.tokens import joined
from agents.entities.score import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIDENCE = 0.5
"""A name that those who marked it were less sure of is none."""
MEANT = '{"tokens": […], "tags": […]} or {"text": …, "entities": [{"start", "end", "label"}, …]}'


class Tokens(msgspec.Struct, frozen=True):
    """`{"tokens": ["In", "Kyiv"], "tags": ["O", "B-LOC"]}`; `spaces` says whether one follows each token."""

    tokens: list[str]
    tags: list[str]
    spaces: list[bool] | None = None
    id: str | int | None = None
    doc: str | int | None = None


class Entity(msgspec.Struct, frozen=True):
    """A span in code points. `type` is another name of `label`, which other programs write."""

    start: int
    end: int
    label: str = ""
    type: str = ""
    text: str | None = None
    confidence: float = 1.0


class Text(msgspec.Struct, frozen=True):
    """`{"text": "In Kyiv", "entities": [{"start": 3, "end": 7, "label": "GPE"}]}`."""

    text: str
    entities: list[Entity]
    id: str | int | None = None
    doc: str | int | None = None


class _Kind(msgspec.Struct, frozen=True):
    tokens: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    text: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class RowError(ValueError):
    """What is wrong with a row, and in which field."""


def read_row(line: bytes, *, confidence: float = CONFIDENCE, hyphens: bool = False) -> tuple[Marked, str]:
    """A row as a marked text, and its id ('' without one).

    Raises:
        RowError: it can't be read.
    """
    try:
        kind = msgspec.json.decode(line, type=_Kind)
        if kind.tokens is not msgspec.UNSET:
            return _of_tokens(msgspec.json.decode(line, type=Tokens), hyphens=hyphens)
        if kind.text is not msgspec.UNSET:
            return _of_text(msgspec.json.decode(line, type=Text), confidence)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RowError(f"{error}; a row is {MEANT}") from error
    raise RowError(f"there is neither `tokens` nor `text`; a row is {MEANT}")


def _of_tokens(row: Tokens, *, hyphens: bool) -> tuple[Marked, str]:
    for name, values in (("tags", row.tags), ("spaces", row.spaces)):
        if values is not None and len(values) != len(row.tokens):
            raise RowError(f"`{name}` has {len(values)} values for {len(row.tokens)} `tokens`")
    for at, (token, tag) in enumerate(zip(row.tokens, row.tags, strict=True)):
        if not token:
            raise RowError(f"`tokens[{at}]` is empty")
        if not is_tag(tag):
            raise RowError(f"`tags[{at}]` is '{tag}'; a tag is O, or B- or I- and a label")
    text, places = joined(row.tokens, row.spaces, hyphens=hyphens)
    return Marked(text, tuple(spans(row.tags, places)), _name(row.doc)), _name(row.id) or ""


def _of_text(row: Text, confidence: float) -> tuple[Marked, str]:
    return Marked(row.text, tuple(_names(row, confidence)), _name(row.doc)), _name(row.id) or ""


def _names(row: Text, confidence: float) -> Iterator[Span]:
    for at, entity in enumerate(row.entities):
        field = f"`entities[{at}]`"
        if not 0 <= entity.start < entity.end <= len(row.text):
            raise RowError(
                f"{field} is [{entity.start}, {entity.end}), the text has {len(row.text)} characters; "
                "offsets are code points, the end is behind the last"
            )
        marked = row.text[entity.start : entity.end]
        if entity.text is not None and _letters(entity.text) != _letters(marked):
            raise RowError(f"{field} is '{entity.text}', its offsets are of '{marked}'")
        label = entity.label or entity.type
        if not label:
            raise RowError(f"{field} has no `label`")
        if entity.confidence >= confidence:
            yield Span(entity.start, entity.end, label)


def _letters(text: str) -> list[str]:
    """Without spaces and quotation marks, which programs write as they like."""
    return [character for character in text if character.isalnum()]


def _name(value: str | int | None) -> str | None:
    return None if value is None else str(value)
