"""Names and numbers of a text, as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.facts import MOST_FACTS, names, numbers, whole_numbers


def test_names_are_capitalised_words_from_within_sentences() -> None:
    """At the start of a sentence every word is, so it says nothing there."""
    text = "Ships left Odesa, Izmail (near Reni) and Saint-Denis. Nobody in Odesa spoke; Romania will."
    assert names(text) == ("Odesa", "Izmail", "Reni", "Saint-Denis", "Romania")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,250 of 1250", ("1250",)),
        ("at 5-15/16, up 0.8 from 1.0", ("5-15/16", "0.8", "1.0")),
        ("on 27/11 at 17:30.", ("27/11", "17:30")),
        ("none", ()),
    ],
)
def test_numbers(text: str, expected: tuple[str, ...]) -> None:
    """Each once, whole, without the comma of thousands and the point at the end."""
    assert numbers(text) == expected


def test_a_number_with_marks_is_one_word() -> None:
    """But for marks that no figure follows."""
    assert whole_numbers("1,250.5 and 0.8, 3. It is 1:0:2") == "12505 and 08, 3. It is 102"


def test_of_a_table_the_first_facts_are_kept() -> None:
    """However long it is."""
    assert numbers(" ".join(map(str, range(1000)))) == tuple(map(str, range(MOST_FACTS)))


@given(st.text())
def test_any_text_has_facts(text: str) -> None:
    """Distinct, and found in it."""
    found = names(text)
    assert len(set(found)) == len(found)
    assert all(name in text for name in found)
