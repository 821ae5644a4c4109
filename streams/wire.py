"""The wire as an agent sees it: topics to read, records to send and see delivered."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from streams.emit import Emit
    from streams.metrics import Metrics
    from streams.settings import Settings

TABLE_OPTIONS = {"block_cache_size": 64 << 20}
"""Of RocksDB, for each table. With Faust's cache of 2 GiB a worker would grow with what it has read, and the
operating system keeps the files' pages anyway."""

encoder = msgspec.json.Encoder()


def decoder(record: Any) -> Callable[[bytes], Any]:
    """Make the parser of a topic's record type (or union of them)."""
    return msgspec.json.Decoder(record).decode


class Pool(Protocol):
    """Processes that work beside the event loop."""

    async def start(self) -> None:
        """Start them and wait until they are ready."""

    def close(self) -> None:
        """End them."""


class Wire:
    """A Faust app's topics by their plain names, and sending that waits for the brokers."""

    def __init__(self, app: Any, settings: Settings, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics
        self._topics: dict[str, Any] = {}
        self.beside: dict[str, tuple[Pool, Callable[[], None]]] = {}
        self._joined = False
        self._assigned: set[Any] = set()
        self._assignments: Counter[str] = Counter()
        app.on_partitions_assigned.connect(self._on_assigned, weak=False)

    def topic(self, *names: str) -> Any:
        """Faust's topic for one or several names, as raw bytes; parsing is the step's own business."""
        key = ",".join(names)
        if key not in self._topics:
            self._topics[key] = self.app.topic(
                *(self.settings.topic_prefix + name for name in names),
                key_type=bytes,
                value_type=bytes,
                key_serializer="raw",
                value_serializer="raw",
            )
        return self._topics[key]

    def table(self, name: str, *, version: int | None = None) -> Any:
        """A table on RocksDB with raw keys and values, for a step whose input has one partition.

        Args:
            name: also the metric's label.
            version: another one is another table, which begins empty.
        """
        table = self.app.Table(
            name if version is None else f"{name}-{version}",
            partitions=1,
            key_type=bytes,
            value_type=bytes,
            options=dict(TABLE_OPTIONS),
        )
        self.metrics.table_bytes.labels(name).set_function(lambda: _size(table))
        return table

    @staticmethod
    def write(table: Any, writes: Mapping[str, bytes | None]) -> None:
        """Set the keys, or delete those whose value is None."""
        for name, value in writes.items():
            key = name.encode()
            if value is not None:
                table[key] = value
            elif key in table:
                del table[key]

    def run_beside(self, name: str, pool: Pool, started: Callable[[], None] = lambda: None) -> None:
        """Start a pool before the agents get their first event, and end it after the last.

        The worker is ready only once `name` is; `started` is called then.
        """
        self.beside[name] = pool, started

    def owns(self, topic: str) -> bool:
        """Whether this worker reads the (only) partition of a topic now."""
        return any(tp.topic == self.settings.topic_prefix + topic for tp in self._assigned)

    def has(self, topic: str, partition: int) -> bool:
        """Whether this worker reads a partition now."""
        return (self.settings.topic_prefix + topic, partition) in self._assigned

    def assignments(self, topic: str) -> int:
        """How often this worker was given a topic's only partition; memory may be stale when it grew."""
        return self._assignments[self.settings.topic_prefix + topic]

    @property
    def joined(self) -> bool:
        """Whether the group has given this worker its share, be it an empty one."""
        return self._joined

    async def _on_assigned(self, _app: Any, assigned: set[Any], **_: Any) -> None:
        self._joined = True
        # Also one that it had: a worker that stood still too long may have lost it in between.
        for tp in assigned:
            self._assignments[tp.topic] += 1
        self._assigned = set(assigned)

    async def learn_topics(self) -> None:
        """Have the producer look at all topics again; to be awaited after a topic was made.

        When it is first sent to a topic that it does not know, aiokafka 0.14 asks for that topic alone and
        forgets all others, so that what waits to be sent to them at that moment is never sent.
        """
        producer = self.app.producer._producer  # noqa: SLF001  Faust has no other way to it
        if producer is not None:
            await producer.client.force_metadata_update()

    async def deliver(self, emits: Sequence[Emit]) -> None:
        """Send the records and wait until the brokers have all of them.

        Raises:
            Exception: a record wasn't taken. The worker stops at this: what wasn't acknowledged is delivered
                again.
        """
        pending = [
            await self.topic(emit.topic).send(
                key=emit.key.encode(),
                value=encoder.encode(emit.value),
                timestamp=emit.time.timestamp(),
            )
            for emit in emits
        ]
        await asyncio.gather(*pending)


def _size(table: Any) -> int:
    """Bytes of a table's files; what RocksDB deletes meanwhile counts for nothing."""
    folder: Path = table.data.partition_path(0)
    size = 0
    for file in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):
            size += file.stat().st_size
    return size
