"""What Linux tells of a processor."""

from __future__ import annotations

import pytest

from tests.quality.processor import instructions, processor


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("fpu sse2 avx avx2 fma", "AVX2 without VNNI"),
        ("fpu avx avx2 avx_vnni", "AVX2 with VNNI"),
        ("avx avx2 avx512f avx512_vnni", "AVX-512 with VNNI"),
        ("fpu sse2", None),
    ],
)
def test_vectors_and_vnni(flags: str, expected: str | None) -> None:
    """By its flags."""
    assert instructions(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t:\n") == expected


def test_this_one_has_a_name() -> None:
    """Whatever the system."""
    assert processor()
    assert instructions("") is None
