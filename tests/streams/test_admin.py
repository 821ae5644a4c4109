"""What is said of topics."""

from __future__ import annotations

import pytest

from streams.admin import named


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "t0"),
        (5, "t0, t1, t2, t3, t4"),
        (6, "t0, t1, t2, t3, t4 and 1 more"),
        (2_005, "t0, t1, t2, t3, t4 and 2,000 more"),
    ],
)
def test_a_message_names_a_few(count: int, said: str) -> None:
    """However long a watchlist is."""
    assert named(f"t{number}" for number in range(count)) == said
