"""Whether an edition takes live articles."""

from __future__ import annotations

import pytest

from streams.replay.edition import is_live


@pytest.mark.parametrize(
    ("headers", "live"),
    [
        ([], True),
        ([("origin", b"live")], True),
        ([("origin", b"replay")], False),
        ([("name", b"a.txt"), ("origin", b"replay"), ("uri", b"x")], False),
        ([("name", b"replay")], True),
        ([("origin", b"Replay")], True),
    ],
)
def test_a_record_is_live_unless_it_says_that_it_is_a_replay(
    headers: list[tuple[str, bytes]], live: bool
) -> None:
    """As the ingest step has it: anyone may produce, and needs no header for it."""
    assert is_live(headers) is live
