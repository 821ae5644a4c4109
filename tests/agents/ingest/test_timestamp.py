"""Lines that are a date or a time."""

from __future__ import annotations

import pytest

from agents.ingest.timestamp import is_timestamp


@pytest.mark.parametrize(
    "line",
    [
        "Sunday, November 23, 2025",
        "Updated 9:14 PM EST, Sun November 23, 2025",
        "23 November 2025, 19:20 GMT",
        "3 hours ago",
        "14:05",
        "Stand: 23.11.2025 14:55 Uhr",
        "23 ноября 2025, 19:20",
        "Publié le 23 novembre 2025 à 18h42",
        "2025年11月23日 19:20",
        "November 23, 2025 by admin",
    ],
)
def test_a_date_is_one(line: str) -> None:
    """In any order and in many languages, with a label before it or an author after it."""
    assert is_timestamp(line)


@pytest.mark.parametrize(
    "line",
    [
        "May will face rivals in March",
        "Six dead on Sunday",
        "Arsenal 3-1 Everton",
        "By Tuesday, 3 envoys had left.",
        "12",
        "",
        "In 2025",
        "Trade grew by 4 percent in November 2025",
    ],
)
def test_what_says_more_is_none(line: str) -> None:
    """One word of anything else, and it is text."""
    assert not is_timestamp(line)
