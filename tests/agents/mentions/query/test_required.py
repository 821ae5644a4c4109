"""Under which words a query is filed."""

from __future__ import annotations

import pytest

from agents.mentions.query.nodes import Not
from agents.mentions.query.read import read_query
from agents.mentions.query.required import required


def filed(query: str) -> set[str]:
    """The words of which one must stand in the article."""
    return {unit.text for unit in required(read_query(query).root) or ()}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("truce AND ultimatum", {"ultimatum"}),
        ("(truce OR ceasefire) AND armistice", {"armistice"}),
        ("truce OR (war AND ultimatum)", {"truce", "ultimatum"}),
        ("truce AND NOT ultimatum", {"truce"}),
        ("+truce ultimatum", {"truce"}),
        ("truce AND source:reuters", {"truce"}),
        ("truce AND language:en", {"truce"}),
        ('"truce ultimatum"~3', {"ultimatum"}),
        ("truce AND Kyiv", {"Kyiv"}),
        ("sanctions AND sanction*", {"sanctions"}),
    ],
)
def test_the_rarest_of_what_must_stand_there(query: str, words: set[str]) -> None:
    """Long words and names are rare; what is excluded, optional or beside the article counts for nothing."""
    assert filed(query) == words


def test_what_is_excluded_requires_nothing() -> None:
    """An article without any of its words may hold it."""
    assert required(Not(read_query("truce").root)) is None
