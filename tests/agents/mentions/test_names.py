"""Mentions that are parts of proper names."""

from __future__ import annotations

import pytest

from agents.mentions.names import is_part_of_name


def part_of_name(text: str, term: str) -> bool:
    start = text.lower().index(term)
    return is_part_of_name(text, start, start + len(term))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The shop on Ceasefire-Street reopened.", "ceasefire"),
        ("Shop opens on Ceasefire-Street", "ceasefire"),
        ("Shop Opens on Ceasefire-Street After Fire", "ceasefire"),
        ("They met on Truce Lane yesterday.", "truce"),
        ("the Truce–Miller theorem holds here", "truce"),
        ("Ceasefire-Street", "ceasefire"),
    ],
)
def test_names_are_recognised(text: str, term: str) -> None:
    """A capitalised compound in running text, and a street anywhere, name something else."""
    assert part_of_name(text, term)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Ceasefire-related deaths rose on Monday.", "ceasefire"),
        ("Ceasefire-Related Deaths Rise Across Region", "ceasefire"),
        ("a post-ceasefire order", "ceasefire"),
        ("Gaza-Ceasefire deal reached in the night", "ceasefire"),
        ("a Ceasefire-UN mission was proposed", "ceasefire"),
        ("Talks on Post-Ceasefire order began in earnest", "ceasefire"),
        ("the U.S.-Sanctioned banks said they would comply", "sanctioned"),
        ("U.S.-sanctioned banks", "sanctioned"),
        ("the sanctions-hit firm", "sanctions"),
        ("Ceasefire talks", "ceasefire"),
        ("on ceasefire street", "ceasefire"),
        ("Ceasefire Street Rallies Grow Across Capital", "ceasefire"),
        ("CEASEFIRE-BROKERS MEET", "ceasefire"),
        ("Ceasefire", "ceasefire"),
        ("-Ceasefire-", "ceasefire"),
    ],
)
def test_what_may_be_news_stays(text: str, term: str) -> None:
    """In doubt it is a mention: operators fear the missed story."""
    assert not part_of_name(text, term)
