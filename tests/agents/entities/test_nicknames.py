"""A nickname in quotation marks is a part of the name around it."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Span

from agents.entities.nicknames import with_nicknames
from agents.entities.words import load_words


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ('Dwayne "The Rock" Johnson left', [(0, 1), (3, 6)], ['Dwayne "The Rock" Johnson']),
        ("Robert “Bob” Menendez left", [], ["Robert “Bob” Menendez"]),
        ('Ana "Pepa" da Silva left', [(0, 1)], ['Ana "Pepa" da Silva']),
        ('Ana said "Yes" Johnson left', [(0, 1), (5, 6)], ["Ana", "Johnson"]),
        ('Ana saw "the rock" Johnson', [(0, 1), (6, 7)], ["Ana", "Johnson"]),
        ('Ana "The Rock', [(0, 1)], ["Ana"]),
        ('Ana "The Rock" fell', [(0, 1)], ["Ana"]),
    ],
)
def test_nicknames(text: str, found: list[tuple[int, int]], expected: list[str]) -> None:
    """Between a given name or a person, and a surname."""
    doc = spacy.blank("en")(text)
    spans = [Span(doc, start, end, "PERSON") for start, end in found]
    assert [span.text for span in with_nicknames(doc, spans, load_words())] == expected
