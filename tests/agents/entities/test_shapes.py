"""How words are written."""

from __future__ import annotations

import pytest

from agents.entities import shapes


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("news", shapes.LOWER),
        ("Kyiv", shapes.TITLE),
        ("Łódź", shapes.TITLE),
        ("O’Hara", shapes.MIXED),
        ("McDonald", shapes.MIXED),
        ("iPhone", shapes.MIXED),
        ("NATO", shapes.UPPER),
        ("AT&T", shapes.UPPER),
        ("J", shapes.INITIAL),
        ("J.", shapes.INITIAL),
        ("U.S.", shapes.DOTTED),
        ("e.g.", shapes.DOTTED),
        ("2026", shapes.DIGITS),
        ("1,000", shapes.DIGITS),
        ("G7", shapes.CODE),
        ("—", shapes.MARK),
        ("中国", shapes.LOWER),
    ],
)
def test_a_word_has_a_shape(word: str, expected: int) -> None:
    """Each of the ten but that of no word."""
    assert shapes.shape(word) == expected
