"""Reads an edition's output topics from their beginning: while a run goes on, and whole when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from kafka import TopicPartition

from streams.connect import consumer
from streams.records import Alert, DeadLetter, Entry, Suppressed
from streams.topology import ALERTS, DEAD_LETTERS, OUTCOMES, RAW, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from streams.settings import Settings
    from streams.topology import Topic

COUNTED: dict[str, Any] = {OUTCOMES: Entry, DEAD_LETTERS: DeadLetter, ALERTS: Alert, SUPPRESSED: Suppressed}
"""The topics that the account of a run is made from, and what they carry."""


class Collector:
    """Follows the counted topics."""

    def __init__(self, client: Any, settings: Settings) -> None:
        """Begin at the beginning of each topic."""
        self._client = client
        self._decoders = {
            settings.topic_prefix + name: msgspec.json.Decoder(record) for name, record in COUNTED.items()
        }
        self._partitions = [TopicPartition(name, 0) for name in self._decoders]
        client.assign(self._partitions)
        client.seek_to_beginning(*self._partitions)

    def poll(self, timeout: float) -> Iterator[object]:
        """Yield what has come within `timeout` seconds."""
        for partition, messages in self._client.poll(timeout_ms=int(timeout * 1000)).items():
            decode = self._decoders[partition.topic].decode
            for message in messages:
                yield decode(message.value)

    def rest(self) -> Iterator[object]:
        """Yield what is left now."""
        ends = self._client.end_offsets(self._partitions)
        while any(self._client.position(part) < end for part, end in ends.items()):
            yield from self.poll(0.2)


def dump(settings: Settings, topics: Sequence[Topic], folder: Path) -> None:
    """Write every output topic to `folder/<topic>.jsonl`, a record a line, partition after partition."""
    folder.mkdir(parents=True, exist_ok=True)
    for topic in topics:
        if topic.name != RAW:
            with (folder / f"{topic.name}.jsonl").open("wb") as file:
                for value in read_topic(settings, topic.name):
                    file.write(value + b"\n")


def read_topic(settings: Settings, topic: str) -> Iterator[bytes]:
    """Yield all records of a topic as they are, partition after partition."""
    name = settings.topic_prefix + topic
    with consumer(settings.cluster) as client:
        partitions = [TopicPartition(name, number) for number in client.partitions_for_topic(name) or ()]
        client.assign(partitions)
        ends = client.end_offsets(partitions)
        for partition in partitions:
            client.assign([partition])
            client.seek_to_beginning(partition)
            while client.position(partition) < ends[partition]:
                for messages in client.poll(timeout_ms=1000).values():
                    for message in messages:
                        if message.offset < ends[partition]:
                            yield message.value
