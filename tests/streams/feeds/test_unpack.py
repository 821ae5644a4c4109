"""Bodies unpacked piece by piece."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.unpack import TooLargeError, Unpacker, UnpackError


def whole(encoding: str, body: bytes, size: int, limit: int = 1 << 20) -> bytes:
    unpacker = Unpacker(encoding, limit)
    for start in range(0, len(body), size):
        unpacker.take(body[start : start + size])
    return unpacker.finish()


@given(st.binary(max_size=5000), st.integers(1, 700), st.sampled_from(["", "gzip", "deflate", "raw"]))
def test_however_it_is_cut_it_comes_whole(text: bytes, size: int, encoding: str) -> None:
    """Raw deflate too, as far as its first piece tells it from zlib's."""
    raw = zlib.compressobj(wbits=-15)
    body = {
        "": text,
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw": raw.compress(text) + raw.flush(),
    }[encoding]
    if encoding == "raw":
        size = max(size, 3)
    assert whole("deflate" if encoding == "raw" else encoding, body, size) == text


@given(st.binary(max_size=3000), st.sampled_from(["gzip", "deflate"]))
def test_whatever_bytes_come_are_unpacked_or_refused(body: bytes, encoding: str) -> None:
    """Nothing else is raised."""
    with suppress(UnpackError, TooLargeError):
        whole(encoding, body, 100)


def test_the_limit_holds_for_what_comes_out_and_memory_stays_below_it() -> None:
    """And for what comes in."""
    unpacker = Unpacker("gzip", 1000)
    with pytest.raises(TooLargeError):
        unpacker.take(gzip.compress(bytes(10 << 20)))
    assert len(unpacker.data) <= 1001
    with pytest.raises(TooLargeError):
        whole("", bytes(1001), 10, limit=1000)
    assert len(whole("gzip", gzip.compress(bytes(1000)), 10, limit=1000)) == 1000


def test_padding_behind_the_end_is_passed_over() -> None:
    """As gzip(1) does."""
    assert whole("gzip", gzip.compress(b"news") + bytes(100), 7) == b"news"
