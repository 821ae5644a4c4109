"""The history as it is on the topics now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiokafka.partitioner import DefaultPartitioner
from kafka import TopicPartition

from streams.connect import KafkaUnusable
from streams.topology import OUTCOMES
from streams.why.history import Block, Record, contains

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.why.limit import Batches


class Topics:
    """Reads an edition by a consumer without a group, which knows the offsets, and a fetcher."""

    def __init__(self, client: Any, fetcher: Batches, prefix: str) -> None:
        """Look at the edition.

        Raises:
            KafkaUnusable: it has no topics.
        """
        self._client, self._fetcher, self._prefix = client, fetcher, prefix
        if not client.partitions_for_topic(prefix + OUTCOMES):
            raise KafkaUnusable(f"no topic {prefix}{OUTCOMES}: make it with 'newswatch topics create'")

    def scan(self, topic: str, *needles: bytes, since: int = 0, until: int | None = None) -> Iterator[Record]:
        """Records that contain one of the needles, partition after partition, up to the end of now.

        Raises:
            KafkaUnusable: the broker stops answering.
        """
        yield from self._scan(self._parts(topic), needles, since, until)

    def keyed(self, topic: str, key: str, *needles: bytes) -> Iterator[Record]:
        """Records of the partition that the workers send a key to.

        Raises:
            KafkaUnusable: the broker stops answering.
        """
        parts = self._parts(topic)
        numbers = [part.partition for part in parts]
        own = DefaultPartitioner()(key.encode(), numbers, numbers) if parts else None
        return self._scan([part for part in parts if part.partition == own], needles, 0, None)

    def _parts(self, topic: str) -> list[Any]:
        name = self._prefix + topic
        return [TopicPartition(name, n) for n in sorted(self._client.partitions_for_topic(name) or ())]

    def _scan(
        self, parts: list[Any], needles: tuple[bytes, ...], since: int, until: int | None
    ) -> Iterator[Record]:
        for part in parts:
            begin, end = self._bounds(part, since, until)
            for batch in self._fetcher.batches(part, begin, end):
                for offset, value in batch.records() if batch.contains(needles) else ():
                    if begin <= offset < end and contains(value, needles):
                        yield Record(f"{part.topic}:{part.partition}:{offset}", offset, value)

    def blocks(self, topic: str, *, since: int, until: int) -> Iterator[Block]:
        """Batches as they came, where nothing else is in them.

        Raises:
            KafkaUnusable: the broker stops answering.
        """
        for part in self._parts(topic):
            begin, end = self._bounds(part, since, until)
            for batch in self._fetcher.batches(part, begin, end):
                if batch.plain and begin <= batch.first and batch.last < end:
                    yield Block(batch.data, batch.begin, batch.end, batch.records)
                else:
                    yield Block.of([(at, value) for at, value in batch.records() if begin <= at < end])

    def _bounds(self, part: Any, since: int, until: int | None) -> tuple[int, int]:
        begin = max(since, self._client.beginning_offsets([part])[part])
        end = self._client.end_offsets([part])[part]
        return begin, end if until is None else min(end, until)

    def at(self, topic: str, offset: int) -> Record | None:
        """The record at an offset."""
        return next(self.scan(topic, since=offset, until=offset + 1), None)

    def first(self, topic: str) -> Record | None:
        """The oldest record that is left."""
        parts = self._parts(topic)
        begins = self._client.beginning_offsets(parts)
        return self.at(topic, begins[parts[0]]) if parts else None
