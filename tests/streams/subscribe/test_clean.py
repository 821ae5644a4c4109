"""Hostile text on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.subscribe.clean import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b[2J\x1b[H\x1bcgone", "gone"),
        ("a\r\nb\tc\u2028d", "a b c d"),
        ("pay\u202eslrig\u202c", "payslrig"),
        ("nul\0 bell\x07", "nul bell"),
        ("\ud800x", "x"),
        ("«Großes» 日本 👩‍🚀 می‌خواهم", "«Großes» 日本 👩‍🚀 می‌خواهم"),
    ],
)
def test_what_drives_a_terminal_is_gone_and_the_words_stay(text: str, expected: str) -> None:
    """Sequences go as a whole; joiners of emoji and Persian stay."""
    assert clean(text) == expected


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    """Of any text: one line, no controls, no overrides, and cleaning again changes nothing."""
    result = clean(text)
    assert not [c for c in result if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(result) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean(result) == result
