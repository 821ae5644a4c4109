"""What a look at the brokers found."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Part(Protocol):
    """A partition, as clients of Kafka name it."""

    @property
    def topic(self) -> str:
        """Full name."""

    @property
    def partition(self) -> int:
        """Number."""


class Lag(NamedTuple):
    """How far a group is behind in a partition."""

    group: str
    """As the brokers have it, with the edition's prefix."""
    topic: str
    """Without the prefix."""
    partition: int
    records: int
    """Unread: after the offset that the group has acknowledged."""
    seconds: float
    """Age of the oldest of them; 0 where there is none."""


class Disk(NamedTuple):
    """Where a broker keeps its logs: of several folders the one with the least left."""

    broker: int
    free: int
    total: int


class Seen(NamedTuple):
    """What the brokers said last."""

    lags: tuple[Lag, ...] = ()
    disks: tuple[Disk, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()
    """Topic without the prefix, and its bytes on all brokers."""
