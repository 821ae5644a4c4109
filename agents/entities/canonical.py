"""Whom or what a mention means: within the article by its own words, across articles by the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agents.entities.bodies import Bodies
from agents.entities.identity import Found, Identity, unknown
from agents.entities.names import person_name
from agents.entities.people import People
from agents.entities.teams import team
from agents.entities.whereabouts import Whereabouts
from agents.entities.whose import Whose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.entities.table import Table
    from streams.records import By

__all__ = ["Found", "Identity", "resolve"]


def resolve(text: str, mentions: Sequence[Found], table: Table) -> list[Identity]:
    """One identity for each mention, in order.

    A surname alone means the one person of that surname whom the article names in full, before it if there
    are several; only where it names none, the table may say. Nobody is merged for a surname alone.
    """
    people, bodies = People(text, mentions, table), Bodies(text, mentions, table)
    places, whose = Whereabouts(text, mentions, table), Whose(text, mentions, table)
    meant = (
        people.identity(m)
        if m.label == "PERSON"
        else places.identity(m)
        or whose.identity(m)
        or team(text, m, table)
        or people.mislabelled(m)
        or bodies.identity(m.text, m.label)
        for m in mentions
    )
    return [replace(one, by=_by(m, one, table)) for m, one in zip(mentions, meant, strict=True)]


def _by(mention: Found, meant: Identity, table: Table) -> By:
    """Who says what a mention means: the table, whatever article it stands in; the text; or nobody."""
    name = person_name(mention.text) if mention.label == "PERSON" else mention.text
    known = table.find(name, mention.label)
    if known is not None and known.id == meant.id:
        return "table"
    return "none" if meant.id == unknown(name, mention.label).id else "text"
