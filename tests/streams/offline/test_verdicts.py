"""Verdicts on rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agents.deduplicate.settings import DedupSettings
from agents.ingest.parse import Limits
from streams.offline.rows import read_row
from streams.offline.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.offline.rows import Row


def test_a_verdict_is_out_before_the_next_row_is_read() -> None:
    """An archive of any size is judged in the memory of its window."""
    read: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(1, 4):
            read.append(number)
            text = f"Report {number} tells of the flood in village {number} and its people."
            yield read_row(number, json.dumps({"id": number, "text": text}).encode())

    judged = verdicts(rows(), DedupSettings(), Limits(), arrived=datetime(2025, 3, 1, tzinfo=UTC))
    for number in (1, 2, 3):
        assert (next(judged)["id"], read) == (number, list(range(1, number + 1)))
