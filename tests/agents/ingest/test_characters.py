"""One form for what looks the same, nothing invisible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.characters import tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("\u202eabc\u2066", "abc"),
        ("cease\u200dfire", "ceasefire"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("a\u00a0 \t b", "a b"),
        ("a\r\n\r\n  b\u2028c", "a\nb\nc"),
        ("a\0\x07b", "ab"),
        ("a " + "x" * 1000 + " b", "a b"),
        ("停" * 1200, "停" * 1200),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    """NFC, one line a paragraph, single spaces; joiners only where they shape letters or emoji."""
    assert tidy(text) == expected


@given(st.text())
def test_tidy_is_idempotent(text: str) -> None:
    """What is tidy stays as it is, is in NFC and has neither double spaces nor blank lines."""
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once
    assert "\n\n" not in once
