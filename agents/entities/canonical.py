"""Whom or what a mention means: within the article by its own words, across articles by the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.bodies import Bodies
from agents.entities.identity import Found, Identity
from agents.entities.people import People
from agents.entities.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.entities.table import Table

__all__ = ["Found", "Identity", "resolve"]


def resolve(text: str, mentions: Sequence[Found], table: Table) -> list[Identity]:
    """One identity for each mention, in order.

    A surname alone means the one person of that surname whom the article names in full, before it if there
    are several; only where it names none, the table may say. Nobody is merged for a surname alone.
    """
    people, bodies, places = (kind(text, mentions, table) for kind in (People, Bodies, Whereabouts))
    return [
        people.identity(m)
        if m.label == "PERSON"
        else places.identity(m) or people.mislabelled(m) or bodies.identity(m.text, m.label)
        for m in mentions
    ]
