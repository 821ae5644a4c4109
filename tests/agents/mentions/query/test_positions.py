"""Words by number, in which slop counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.query.positions import Positions


@pytest.mark.parametrize(
    ("text", "last", "number"),
    [
        ("Russia's troops", "troops", 1),
        ("the U.S. army", "army", 2),
        ("some 1,000 men", "men", 2),
        ("a US-led force", "force", 3),
        ("one … — two", "two", 1),
        ("युद्ध विराम", "विराम", 1),
        ("停戦交渉", "渉", 3),
        ("e\u0301te\u0301 2025", "2025", 1),
    ],
)
def test_what_is_one_word(text: str, last: str, number: int) -> None:
    """An apostrophe, a full stop or a comma between digits parts none; a hyphen does."""
    assert Positions(text).at(text.index(last)) == number


@given(st.text(max_size=60))
def test_numbers_never_fall(text: str) -> None:
    """Whatever the text is."""
    positions = Positions(text)
    numbers = [positions.at(offset) for offset in range(len(text))]
    assert numbers == sorted(numbers)
