"""When a reading of topics stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from streams.fetch import Batch
from streams.why.limit import GivenUp, Limit, Limited

if TYPE_CHECKING:
    from collections.abc import Iterator


class Endless:
    """Batches without end."""

    def __init__(self) -> None:
        self.given = 0

    def batches(self, *_: Any) -> Iterator[Batch]:
        """One after the other."""
        while True:
            self.given += 1
            yield Batch(self.given, self.given, plain=True, data=b"", begin=0, end=0)


def test_it_stops_between_two_batches_when_nobody_waits() -> None:
    """And not before."""
    limit, endless = Limit(60), Endless()
    found = Limited(endless, limit).batches(None, 0, 10)
    assert [next(found).first, next(found).first] == [1, 2]
    limit.give_up()
    with pytest.raises(GivenUp, match="nobody waits for it any more"):
        next(found)


def test_it_stops_after_its_time() -> None:
    """However much is still to come."""
    with pytest.raises(GivenUp, match="it took longer than 0 s"):
        list(Limited(Endless(), Limit(0)).batches(None, 0, 10))
