"""The history as it is on the topics now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafka import TopicPartition

from streams.connect import KafkaUnusable
from streams.topology import OUTCOMES
from streams.why.history import Record, contains

if TYPE_CHECKING:
    from collections.abc import Iterator

POLL_MS = 500
SILENT_POLLS = 20
"""Empty polls in a row, 10 s, after which the broker is given up."""
AT_ONCE = 5_000
"""Records a poll."""


class Topics:
    """Reads an edition by a consumer without a group."""

    def __init__(self, client: Any, prefix: str) -> None:
        """Look at the edition.

        Raises:
            KafkaUnusable: it has no topics.
        """
        self._client, self._prefix = client, prefix
        if not client.partitions_for_topic(prefix + OUTCOMES):
            raise KafkaUnusable(f"no topic {prefix}{OUTCOMES}: make it with 'newswatch topics create'")

    def scan(self, topic: str, *needles: bytes, since: int = 0, until: int | None = None) -> Iterator[Record]:
        """Records that contain one of the needles, partition after partition, up to the end of now.

        Raises:
            KafkaUnusable: the broker stops answering.
        """
        name = self._prefix + topic
        for number in sorted(self._client.partitions_for_topic(name) or ()):
            part = TopicPartition(name, number)
            self._client.assign([part])
            begin = max(since, self._client.beginning_offsets([part])[part])
            end = self._client.end_offsets([part])[part]
            end = end if until is None else min(end, until)
            self._client.seek(part, begin)
            for record in self._read(part, end):
                if contains(record.value, needles):
                    yield record

    def at(self, topic: str, offset: int) -> Record | None:
        """The record at an offset."""
        return next(self.scan(topic, since=offset, until=offset + 1), None)

    def first(self, topic: str) -> Record | None:
        """The oldest record that is left."""
        return next(self.scan(topic), None)

    def _read(self, part: Any, end: int) -> Iterator[Record]:
        silent = 0
        while self._client.position(part) < end:
            found = self._client.poll(timeout_ms=POLL_MS, max_records=AT_ONCE).get(part, ())
            silent = 0 if found else silent + 1
            if silent == SILENT_POLLS:
                raise KafkaUnusable(f"the broker does not answer while {part.topic} is read; try again")
            for message in found:
                if message.offset < end and message.value is not None:
                    where = f"{part.topic}:{part.partition}:{message.offset}"
                    yield Record(where, message.offset, message.value)
