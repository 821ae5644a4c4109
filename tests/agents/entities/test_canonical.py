"""Whom a mention means: full names in the article, then the table; nobody merged for a surname alone."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from agents.entities.canonical import Found, resolve
from agents.entities.names import slug, trimmed

if TYPE_CHECKING:
    from agents.entities.table import Table


def names(table: Table, text: str, *mentions: tuple[str, str]) -> list[str]:
    """Canonical names of mentions, given in the order of the text."""
    found, at = [], 0
    for mention, label in mentions:
        at = text.index(mention, at)
        found.append(Found(mention, label, at, at + len(mention)))
        at += len(mention)
    return [identity.name for identity in resolve(text, found, table)]


def people(table: Table, *mentions: str) -> list[str]:
    """The same for persons who follow each other."""
    return names(table, " ".join(mentions), *((mention, "PERSON") for mention in mentions))


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        (["Marco Rubio", "Rubio"], ["Marco Rubio", "Marco Rubio"]),
        (["Rubio"], ["Marco Rubio"]),
        (["Ana Rubio", "Rubio"], ["Ana Rubio", "Ana Rubio"]),
        (
            ["Marco Rubio", "Rubio", "Ana Rubio", "Rubio"],
            ["Marco Rubio", "Marco Rubio", "Ana Rubio", "Rubio"],
        ),
        (["Tom Witkoff", "Witkoff"], ["Tom Witkoff", "Tom Witkoff"]),
        (["Steven Witkoff", "Tom Witkoff"], ["Steven Witkoff", "Tom Witkoff"]),
        (["Mr Putin", "President Trump"], ["Vladimir Putin", "Donald Trump"]),
        (["Volodymyr Zelensky", "Zelenskyy"], ["Volodymyr Zelenskyy", "Volodymyr Zelenskyy"]),
        (["Volodymyr Oleksandrovych Zelenskyy", "Zelensky"], ["Volodymyr Zelenskyy", "Volodymyr Zelenskyy"]),
        (["Donald John Trump Jr."], ["Donald John Trump Jr."]),
        (["Marco X. Rubio"], ["Marco X. Rubio"]),
        (["J. Vask", "John Vask", "Jane Arlen"], ["John Vask", "John Vask", "Jane Arlen"]),
        (["John Vask", "Jane Vask", "J. Vask"], ["John Vask", "Jane Vask", "J. Vask"]),
        (["Ursula van der Arlen", "van der Arlen"], ["Ursula van der Arlen", "Ursula van der Arlen"]),
        (["Omar al-Vask", "Vask"], ["Omar al-Vask", "Omar al-Vask"]),
        (["John Vask Jr.", "Vask"], ["John Vask Jr.", "John Vask Jr."]),
        (["michael Vask", "Vask"], ["Michael Vask", "Michael Vask"]),
        (["President"], ["President"]),
    ],
)
def test_persons(table: Table, mentions: list[str], expected: list[str]) -> None:
    """A surname is whom the article names in full; the table speaks where the article doesn't."""
    assert expected == people(table, *mentions)


def test_an_acronym_means_what_the_article_says(table: Table) -> None:
    """'(VWU)' behind a name makes VWU that body; the table's own EU stays European Union."""
    text = "The Vandor Workers Union (VWU) and the European Union (EU) met; VWU and EU."
    mentions = [("Vandor Workers Union", "ORG"), ("European Union", "ORG"), ("VWU", "ORG"), ("EU", "ORG")]
    expected = ["Vandor Workers Union", "European Union", "Vandor Workers Union", "European Union"]
    assert expected == names(table, text, *mentions)


def test_a_book_takes_as_long_as_its_articles(table: Table) -> None:
    """Whom a name means is found once, not for each of 20,000 mentions among 20,000."""
    names_ = ["Ana Vask", "A. Vask", "Vask"]
    found = [Found(name, "PERSON", at, at + 1) for at, name in enumerate(names_ * 7_000)]
    start = process_time()
    assert {identity.name for identity in resolve("", found, table)} == {"Ana Vask"}
    assert process_time() - start < 5


def test_ids_say_what_they_stand_for(table: Table) -> None:
    """ISO for countries and their peoples, GeoNames for cities, slugs for the rest."""
    found = [
        Found(text, label, 0, len(text))
        for text, label in [
            ("U.S.", "GPE"),
            ("Russians", "NORP"),
            ("Kiev", "GPE"),
            ("NATO", "ORG"),
            ("Ána  Vask", "PERSON"),
        ]
    ]
    expected = ["country:US", "norp:RU", "city:703448", "org:nato", "person:ana-vask"]
    assert expected == [identity.id for identity in resolve("", found, table)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia’s", "Russia"),
        ("the United States'", "United States"),
        ("“Kyiv”", "Kyiv"),
        ("Trump\n\nThe", "Trump"),
        ("  Kyiv ", "Kyiv"),
        ("\u00a0Kyiv\u202f", "Kyiv"),
        ("the  Kremlin", "Kremlin"),
        ("\n", ""),
        ("U.S.", "U.S."),
    ],
)
def test_trimmed(text: str, expected: str) -> None:
    """Only the name stays."""
    start, end = trimmed(text, 0, len(text))
    assert expected == text[start:end]


def test_a_slug_of_any_script() -> None:
    """Letters of any script stay; what has none gets a digest, the same each time."""
    assert ["ana-rubio", "владимир", slug("…")] == [slug("Ána Rubio"), slug("Владимир"), slug("…")]
    assert slug("…") != slug("!")
