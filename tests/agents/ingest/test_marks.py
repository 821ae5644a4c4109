"""Labels of a page in one line."""

from __future__ import annotations

import pytest

from agents.ingest.marks import marks


def found(text: str, *ends: int) -> list[str]:
    """The labels in a text."""
    words = text.split()
    return [" ".join(words[one.start : one.stop]) for one in marks(words, frozenset(ends))]


def test_each_label_of_a_row_is_one() -> None:
    """The longest first; the first words of a headline are none."""
    text = "The trial goes on. Share Tweet Related Articles Two Held After Fire"
    assert found(text, 4) == ["Share", "Tweet", "Related Articles"]


@pytest.mark.parametrize(
    "text",
    [
        "He said that Related Articles Limited would appeal.",
        "They met in the Latest News Tower.",
        "Most Read by far was a book on gardens.",
        "Ministers share, print and email the text.",
        "Facebook Twitter and others came.",
        "Related work goes on.",
        "On By On April 20 it came back.",
        "The mayor says: November is too late.",
    ],
)
def test_a_sentence_keeps_its_words(text: str) -> None:
    """However they sound."""
    assert found(text) == []


def test_a_row_needs_no_end_before_it() -> None:
    """'… by admin' has none."""
    assert found("by admin View all posts Post navigation Previous Post Next Post A Moon") == [
        "View all posts",
        "Post navigation",
        "Previous Post",
        "Next Post",
    ]


def test_comments_are_known_by_their_dates() -> None:
    """As blogs write them."""
    text = "2 thoughts on “ A Moon ” Marta says: April 23, 2024 at 7:14 am I remember it."
    assert found(text) == ["2 thoughts on “", "says:", "April 23, 2024 at 7:14 am"]
