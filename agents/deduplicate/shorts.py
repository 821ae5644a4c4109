"""What memory is made from after a restart: table values in short, gathered in arrays.

As objects a million of them would take three times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agents.deduplicate.copies import COLUMNS, index_keys
from agents.deduplicate.ledger import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from agents.deduplicate.remembered import Remembered, Short

_ROW = np.dtype(
    [
        ("seq", "i8"),
        ("topic", "u2"),
        ("partition", "i4"),
        ("offset", "i8"),
        ("time", "i8"),
        ("clock", "i8"),
        ("behind", "i8"),
        ("within", "i8"),
        ("keys", "u4", (COLUMNS,)),
    ]
)
_AT_ONCE = 4096


def keys_of(value: Remembered | Short) -> NDArray[np.uint32]:
    """Keys of a table value for the index, shape (COLUMNS,)."""
    if not value.content_hash:
        return np.zeros(COLUMNS, np.uint32)
    bands = np.frombuffer(value.bands, "<u4").astype(np.uint32) if value.bands else None
    return index_keys(value.article_id if value.by_uri else None, value.content_hash, bands)


class Shorts:
    """Table values in short, in the order of the news."""

    def __init__(self, values: Iterable[Short]) -> None:
        """Take them in in any order."""
        rows = np.zeros(_AT_ONCE, _ROW)
        self.topics: list[str] = []
        count = 0
        for value in values:
            if count == len(rows):
                rows.resize(len(rows) + max(_AT_ONCE, len(rows) // 8), refcheck=False)
            position = value.position
            if position.topic not in self.topics:
                self.topics.append(position.topic)
            rows[count] = (
                value.seq,
                self.topics.index(position.topic),
                position.partition,
                position.offset,
                UNKNOWN if value.time is None else value.time,
                UNKNOWN if value.clock is None else value.clock,
                value.behind,
                value.within,
                keys_of(value),
            )
            count += 1
        rows = rows[:count]
        self.order: NDArray[np.int64] = np.argsort(rows["seq"], kind="stable")
        """Places in `keys` in the order of the news."""
        self.keys: NDArray[np.uint32] = rows["keys"]
        """Shape (n, COLUMNS), as they were read."""
        self._rows = rows

    def __len__(self) -> int:
        """How many."""
        return len(self._rows)

    def __getitem__(self, name: str) -> NDArray[np.int64]:
        """A field of all of them, in the order of the news; `UNKNOWN` for None."""
        field: NDArray[np.int64] = self._rows[name][self.order]
        return field
