"""A text with its names as people marked them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agents.entities.score import Span


class GoldError(Exception):
    """A file to evaluate on that can't be read; the message names file, line and field."""


class Marked(NamedTuple):
    """A text, its names, and which document it is a part of."""

    text: str
    names: tuple[Span, ...]
    document: str | None = None
    """None: it stands for itself."""
