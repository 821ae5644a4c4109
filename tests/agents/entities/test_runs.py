"""Runs of capitalised words, and lines whose capitals say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.entities.runs import is_heading, is_shouting, runs
from agents.entities.words import load_words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy met Ursula van der Arlen in Kyiv.", ["Ursula van der Arlen", "Kyiv"]),
        ("They met Lee Cheuk-yan and Jean-Pierre Arlen.", ["Lee Cheuk-yan", "Jean-Pierre Arlen"]),
        ("Talks with the US-led force of the Saudi Arabia-backed side", ["Talks", "US", "Saudi Arabia"]),
        ("However, He said The Man left.", ["Man"]),
        ("nobody at all", []),
        ("-", []),
    ],
)
def test_a_run_is_what_may_be_one_name(nlp: Language, text: str, expected: list[str]) -> None:
    """Particles and hyphens join, function words part."""
    doc = nlp.make_doc(text)
    assert expected == [doc[start:end].text for start, end in runs(doc[:], load_words())]


@pytest.mark.parametrize(
    ("text", "shouting", "heading"),
    [
        ("PRESIDENT MET ENVOY TODAY", True, True),
        ("Leaders Meet To Discuss Plan In Vandoria", False, True),
        ("Leaders Meet To Discuss Plan In Vandoria.", False, False),
        ("Ana Rubio", False, False),
        ("The leaders of the three sides met in Vandoria", False, False),
        ("NATO met", False, False),
        ("", False, False),
    ],
)
def test_capitals_may_say_nothing(nlp: Language, text: str, shouting: bool, heading: bool) -> None:
    """In a line that has nothing else; a sentence with names is neither."""
    doc = nlp.make_doc(text)
    assert (is_shouting(doc[:]), is_heading(doc[:])) == (shouting, heading)
