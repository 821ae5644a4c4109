"""What may be written as an entity of a scope, and which articles fit."""

from __future__ import annotations

import pytest

from agents.mentions.entity_scope import EntityScope, Written, taken_apart
from streams.records import AlertEntity, Entity


def entity(key: str) -> Entity:
    return Entity(text="x", label="PERSON", start=0, end=1, canonical="X", canonical_id=key)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Marco Rubio", Written(None, "Marco Rubio")),
        ("PERSON: Marco Rubio", Written("person", "Marco Rubio")),
        ("per:Marco Rubio", Written("person", "Marco Rubio")),
        ("work_of_art:Avatar: Fire", Written("work_of_art", "Avatar: Fire")),
        ("City:703448", Written("city", "703448")),
        ("id:acme:7", Written("id", "acme:7")),
        ("person:", Written("person", "")),
    ],
)
def test_it_is_taken_apart(written: str, expected: Written) -> None:
    """Label in any case, or the beginning of an id, and the rest."""
    assert taken_apart(written) == expected


@pytest.mark.parametrize("written", ["human:Marco Rubio", "date:Friday", ":Rubio", "Avatar: Fire"])
def test_an_unknown_label_is_no_label(written: str) -> None:
    """What stands before a colon is never a part of the name."""
    assert taken_apart(written) is None


def test_one_of_the_entities_is_enough() -> None:
    """Of an article as of an alert."""
    scope = EntityScope(("person:Marco Rubio", "Kyiv"), frozenset({"person:marco-rubio", "city:703448"}))
    assert scope.admits([entity("person:x"), entity("person:marco-rubio")])
    assert scope.admits([AlertEntity(canonical="Kyiv", canonical_id="city:703448", label="GPE", count=1)])
    assert not scope.admits([entity("person:x")])
    assert not scope.admits([])


def test_without_entities_nothing_is_asked() -> None:
    """An empty scope admits what names nobody."""
    assert EntityScope().admits([])
