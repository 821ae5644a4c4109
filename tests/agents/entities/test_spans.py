"""A person's first name that a pipeline has left out comes back; other words before a surname don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.entities.identity import Found
from agents.entities.spans import completed

if TYPE_CHECKING:
    from agents.entities.table import Table


@pytest.mark.parametrize(
    ("text", "surname", "expected"),
    [
        ("He pardoned Hunter Biden in 2024.", "Biden", "Hunter Biden"),
        ("Marie Curie was there.", "Curie", "Marie Curie"),
        ("Yesterday Biden spoke.", "Biden", "Biden"),
        ("It was President Biden who spoke.", "Biden", "Biden"),
        ("He met the White House's Biden.", "Biden", "Biden"),
        ("In Ukraine Zelensky spoke.", "Zelensky", "Zelensky"),
        ("On Monday Biden spoke.", "Biden", "Biden"),
        ("He said Russian Putin spoke.", "Putin", "Putin"),
        ("Vice President Harris spoke.", "Harris", "Harris"),
        ("Biden spoke.", "Biden", "Biden"),
    ],
)
def test_first_names(table: Table, text: str, surname: str, expected: str) -> None:
    """Offsets go with the text."""
    start = text.index(surname)
    [found] = completed(text, [Found(surname, "PERSON", start, start + len(surname))], table)
    assert found.text == expected == text[found.start : found.end]


def test_what_is_a_mention_already_is_no_first_name(table: Table) -> None:
    """Two names side by side are two."""
    text = "The Kyrylo Budanov report"
    found = [Found("Kyrylo", "PERSON", 4, 10), Found("Budanov", "PERSON", 11, 18)]
    assert completed(text, found, table) == found
