"""Whom the entities of a scope mean."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.canonical import Found, resolve
from agents.entities.labels import LABELS
from agents.entities.table import load_table
from agents.mentions.entity_scope import PLACES, EntityScope, taken_apart
from agents.mentions.scope_ids import Known, entity_scopes, unknown
from agents.mentions.watchlist import parse


@cache
def known() -> Known:
    return Known(load_table())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("person:Marco Rubio", "person:marco-rubio"),
        ("PERSON: marco rubio", "person:marco-rubio"),
        ("person:marco-rubio", "person:marco-rubio"),
        ("person:Zelensky", "person:volodymyr-zelenskyy"),
        ("per:President Zelensky", "person:volodymyr-zelenskyy"),
        ("org:eu", "org:european-union"),
        ("org:who", "org:who"),
        ("gpe:Kiev", "city:703448"),
        ("loc:Kyiv", "city:703448"),
        ("City:703448", "city:703448"),
        ("country:ua", "country:UA"),
        ("gpe:Kremlin", "org:kremlin"),
        ("norp:Americans", "norp:US"),
        ("norp:US", "norp:US"),
        ("gpe:US", "country:US"),
        ("person:Ana Q. Nobody", "person:ana-q-nobody"),
        ("person:ana-q-nobody", "person:ana-q-nobody"),
        ("org:the Acme Group", "org:acme-group"),
        ("work_of_art:The Nobody: a play", "work_of_art:the-nobody-a-play"),
        ("id:acme:7", "acme:7"),
        ("id:norp:us", "norp:US"),
    ],
)
def test_whatever_way_it_is_written_it_is_one_id(written: str, expected: str) -> None:
    """Label and name, in any case and spelling that the table has, or the id, which goes before a name."""
    assert known().ids(written) == {expected}


def test_a_name_alone_has_any_label() -> None:
    """As the table has it, where it has it; else by the label that a pipeline may give it."""
    assert "person:volodymyr-zelenskyy" in known().ids("Zelensky")
    assert "city:703448" in known().ids("Kyiv")
    assert known().ids("Nobody") == {f"{label.lower()}:nobody" for label in LABELS}


@given(st.sampled_from(LABELS), st.from_regex(r"[A-Z][a-z]{6,9}(?: [A-ZÄŁ][a-zé]{6,9}){0,2}", fullmatch=True))
def test_an_unknown_name_is_the_id_that_an_article_gets(label: str, name: str) -> None:
    """In any case, where nothing else in the article says more of it."""
    identity = resolve(name, [Found(name, label, 0, len(name))], load_table())[0]
    assert known().ids(f"{label}:{name}") == {identity.id} == known().ids(f"{label.lower()}: {name.upper()}")
    assert identity.id in known().ids(name)


def test_every_id_of_the_table_can_be_written_as_it_is() -> None:
    """Its beginning is a label or that of a place, and it means itself."""
    for name in load_table().names:
        apart = taken_apart(name.id)
        assert apart is not None
        assert apart.before in {*PLACES, *(label.lower() for label in LABELS)}
        assert known().ids(name.id) == {name.id}


def test_the_table_says_whom_it_knows() -> None:
    """By id or by any spelling."""
    assert known().knows("Zelensky")
    assert known().knows("city:703448")
    assert not known().knows("person:Ana Q. Nobody")
    assert not known().knows("city:1")


def test_the_scopes_of_a_watchlist_go_by_watch() -> None:
    """Only of those that ask for entities."""
    watchlist = parse(
        "watches: [{name: a, terms: [b], scope: {entities: ['person:Zelensky']}}, {name: c, terms: [d]}]", "w"
    )
    assert entity_scopes(watchlist) == {
        "a": EntityScope(("person:Zelensky",), frozenset({"person:volodymyr-zelenskyy"}))
    }


def test_whom_the_table_does_not_know_is_told_to_the_writer() -> None:
    """It may be misspelt; a place's id is easily taken for its name."""
    entities = "['person:Marco Rubio', 'person:Marko Rubio', 'city:Kyiv']"
    watchlist = parse(f"watches: [{{name: a, terms: [b], scope: {{entities: {entities}}}}}]", "w")
    (_, misspelt), (_, place) = unknown(watchlist)
    assert misspelt.startswith("scope.entities[1]: the table of names does not know 'person:Marko Rubio'; ")
    assert place.startswith("scope.entities[2]: the table of names has no id 'city:Kyiv'; ")
    assert place.endswith("write gpe:Kyiv")
