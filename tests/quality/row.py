"""One line of the table that `make evaluate` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Row(NamedTuple):
    """What was measured, on what, and how it scored."""

    section: str
    """entities, canonical, copies or clean text."""
    subject: str
    """Within the section: a label and a model, a kind of pair."""
    data: str
    """Name of the data, as `gum-news`; 'ours' is in the repository."""
    n: int
    """How many of `unit` were judged."""
    unit: str
    """names, mentions, pairs, pages."""
    scores: Mapping[str, float]
    """By name, in the order they are shown: P, R, F, …"""
