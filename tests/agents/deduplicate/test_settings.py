"""A setting out of range is refused by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from agents.deduplicate.settings import DedupSettings


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"jaccard": 1.2}, "jaccard is a share from 0 to 1, not 1.2"),
        ({"drift": -0.1}, "drift is a share from 0 to 1, not -0.1"),
        ({"candidates": 0}, "candidates is at least 1, not 0"),
        ({"redeliveries": 3}, "redeliveries is at least 9, not 3"),
        ({"window": timedelta(0)}, "window is a time above zero, not 0:00:00"),
    ],
)
def test_out_of_range(given: dict[str, Any], message: str) -> None:
    """The message has the name, the value and the limit."""
    with pytest.raises(ValueError, match=message):
        DedupSettings(**given)
