"""What may be written as an entity of a scope, and which articles fit."""

from __future__ import annotations

import pytest

from agents.mentions.entity_scope import Asking, EntityScope, Written, taken_apart
from agents.mentions.text import Text
from streams.records import AlertEntity, Entity, Mention


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


def mention(watch: str) -> Mention:
    return Mention(watch=watch, text="x", field="body_text", start=0, end=1, sentence="x")


def test_mentions_of_a_watch_stay_where_the_text_names_one_that_it_asks_for() -> None:
    """Those of watches that ask for nobody always."""
    scopes = {"r": EntityScope(("r",), frozenset({"rubio"})), "k": EntityScope(("k",), frozenset({"kyiv"}))}
    found = (mention("r"), mention("k"), mention("w"))
    asking = Asking(scopes, lambda _: [entity("kyiv")])
    assert asking.in_scope(found, Text()) == found[1:]


def test_entities_are_looked_for_only_where_they_decide() -> None:
    """It takes a hundred times as long as the words."""
    asked: list[Text] = []

    def find(text: Text) -> list[Entity]:
        asked.append(text)
        return []

    asking = Asking({"r": EntityScope(("r",), frozenset({"rubio"}))}, find)
    assert asking.in_scope((mention("w"),), Text()) == (mention("w"),)
    assert asking.in_scope((), Text()) == ()
    assert asked == []
    assert asking.in_scope((mention("r"), mention("r")), Text()) == ()
    assert asked == [Text()]
