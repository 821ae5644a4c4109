"""What the whole article says of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc, Span

from agents.entities.second_look import SecondLook
from agents.entities.words import load_words

if TYPE_CHECKING:
    from agents.entities.table import Table

NLP = spacy.blank("en")


@pytest.fixture(scope="module")
def look(table: Table) -> SecondLook:
    """With the program's words and names."""
    return SecondLook(load_words(), table)


def _doc(text: str) -> Doc:
    """Of '[ORG Acme] and …'."""
    words: list[str] = []
    names: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for part in text.split():
        if part.startswith("["):
            start, label = len(words), part[1:]
            continue
        words.append(part.rstrip("]"))
        if part.endswith("]"):
            names.append((start, len(words), label))
    doc = Doc(NLP.vocab, words)
    doc.ents = [Span(doc, *name) for name in names]
    return doc


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("[LOC Kyiv] , [LOC Asia]", "[GPE Kyiv] , [LOC Asia]"),
        ("the [LOC Vistula] ; the [LOC Oskil] region", "the [LOC Vistula] ; the [GPE Oskil] region"),
        ("[LOC Kupiansk-Vuzlovyi]", "[GPE Kupiansk-Vuzlovyi]"),
        ("the [LOC Oskil River] by [LOC Lake Bled]", "the [LOC Oskil River] by [LOC Lake Bled]"),
        ("on [LOC Antonivka Bridge]", "on [FAC Antonivka Bridge]"),
        ("many [PERSON Italians] came", "many [NORP Italians] came"),
        ("the [LOC Ukrainian] side", "the [NORP Ukrainian] side"),
        ("[ORG Azov] [ORG Azov] [LOC Azov]", "[ORG Azov] [ORG Azov] [ORG Azov]"),
        ("[PERSON Marco Rubio] said ; Rubio left", "[PERSON Marco Rubio] said ; [PERSON Rubio] left"),
        ("[PERSON Father Christmas] at Christmas", "[PERSON Father Christmas] at Christmas"),
        (
            "[ORG Vandor Workers Union] ( VWU ) struck ; VWU won",
            "[ORG Vandor Workers Union] ( [ORG VWU] ) struck ; [ORG VWU] won",
        ),
        (
            "[ORG Siemens Energy] rose ; Siemens Energy fell",
            "[ORG Siemens Energy] rose ; [ORG Siemens Energy] fell",
        ),
        ("[ORG Apple] rose ; Apple pie", "[ORG Apple] rose ; Apple pie"),
        ("in [LOC Kiev hospital]", "in [GPE Kiev] hospital"),
        ("in [LOC Kasarani stadium]", "in [GPE Kasarani stadium]"),
        ("[PERSON Muammar el -] [PERSON Qaddafi] fled", "[PERSON Muammar el - Qaddafi] fled"),
        ("[PERSON Muammar el] - [PERSON Qaddafi] fled", "[PERSON Muammar el - Qaddafi] fled"),
        ("the [PERSON Trump] - [PERSON Putin] summit", "the [PERSON Trump] - [PERSON Putin] summit"),
        ("[PERSON Bukayo Saka] scored ; [ORG Saka] ran", "[PERSON Bukayo Saka] scored ; [PERSON Saka] ran"),
        ("[ORG Ford] [ORG Ford] [PERSON Harrison Ford]", "[ORG Ford] [ORG Ford] [PERSON Harrison Ford]"),
    ],
)
def test_names_after_the_second_look(look: SecondLook, given: str, expected: str) -> None:
    """Each line is one rule."""
    doc = look(_doc(given))
    assert [(e.text, e.label_) for e in _doc(expected).ents] == [(e.text, e.label_) for e in doc.ents]
    assert [(e.start, e.end) for e in _doc(expected).ents] == [(e.start, e.end) for e in doc.ents]
