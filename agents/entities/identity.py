"""What a mention is, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agents.entities.names import slug

if TYPE_CHECKING:
    from agents.entities.table import Name
    from streams.records import By


@dataclass(frozen=True, slots=True)
class Found:
    """A mention as a pipeline delivers it: [start, end) of the article's text."""

    text: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What a mention means. Two mentions mean the same if and only if `id` is the same."""

    id: str
    label: str
    name: str
    by: By = field(default="none", compare=False)
    """What says so."""


def of_name(name: Name) -> Identity:
    """That of a name in the table."""
    return Identity(name.id, name.label, name.name)


def unknown(name: str, label: str) -> Identity:
    """That of a name that no table has: it stands for itself under its label."""
    return Identity(f"{label.lower()}:{slug(name)}", label, " ".join(name.split()))
