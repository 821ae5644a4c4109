"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.decode import decode
from agents.ingest.refusal import RefusalError

RUSSIAN = "Президент заявил, что перемирие будет продлено до конца недели, несмотря на возражения."
JAPANESE = "政府は火曜日、停戦交渉が水曜日に再開されると発表した。"
FRENCH = "Le président a déclaré que la trêve serait prolongée jusqu'à l'été, malgré les réserves exprimées."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "latin-1"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        ("Überfall in Köln", "cp1252"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (f'<meta charset="windows-1251"><p>{RUSSIAN}</p>', "cp1251"),
    ],
)
def test_decode(text: str, encoding: str) -> None:
    """Unicode with and without a mark, and the encodings of old systems."""
    assert decode(text.encode(encoding)) == text


def test_damaged_utf8_stays_utf8() -> None:
    """A cut last character costs that character, not the encoding."""
    assert decode(FRENCH.encode() + b"\xc3") == FRENCH + "\ufffd"


@pytest.mark.parametrize(
    "payload", [b"\0" * 100, b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff", bytes(range(256))]
)
def test_binary_is_refused(payload: bytes) -> None:
    """Images and random bytes are not text."""
    with pytest.raises(RefusalError, match="not text in any encoding") as caught:
        decode(payload)
    assert caught.value.reason == "not_text"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_comes_back(text: str) -> None:
    """Any UTF-8 text without controls is decoded as it was; replacement characters alone are no text."""
    if text.count("\ufffd") <= len(text) / 5:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
