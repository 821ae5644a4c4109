"""What an article teaches others."""

from __future__ import annotations

from typing import Any

from agents.entities.explained import MOST_EXPLAINED, explained
from streams.records import Entity


def entity(text: str, canonical: str, by: Any, label: str = "PERSON") -> Entity:
    return Entity(text=text, label=label, start=0, end=1, canonical=canonical, canonical_id=canonical, by=by)


def test_short_names_that_the_text_explains_and_bearers_it_names() -> None:
    """Each meaning once; what the table knows or nobody explains is no evidence."""
    told = explained(
        [
            entity("Steven Witkoff", "Steven Witkoff", "none"),
            entity("Witkoff", "Steven Witkoff", "text"),
            entity("Mr Witkoff", "Steven Witkoff", "text"),
            entity("Tom Witkoff", "Tom Witkoff", "none"),
            entity("ISA", "International Seabed Authority", "text", "ORG"),
            entity("NATO", "NATO", "table", "ORG"),
            entity("XYZ", "XYZ", "none", "ORG"),
            entity("Lockheed", "Lockheed Martin", "text", "ORG"),
        ]
    )
    assert [(one.alias, one.canonical, one.used) for one in told] == [
        ("person/witkoff", "Steven Witkoff", True),
        ("person/witkoff", "Tom Witkoff", False),
        ("name/ISA", "International Seabed Authority", True),
    ]


def test_a_list_of_names_teaches_only_so_much() -> None:
    """A record stays small."""
    assert len(explained([entity(f"Ana B{n}", f"Ana B{n}", "none") for n in range(500)])) == MOST_EXPLAINED
