"""Following the counted topics."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from streams.records import Start
from streams.settings import load

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")


class Client:
    """A consumer that gives one record a poll."""

    def __init__(self, name: str, *values: bytes) -> None:
        self.name, self.values = name, values
        self.read = 0
        self.assigned: list[Any] = []

    def assign(self, partitions: list[Any]) -> None:
        """As kafka-python's."""
        self.assigned = partitions

    def seek_to_beginning(self, *partitions: Any) -> None:
        """As kafka-python's."""
        assert list(partitions) == self.assigned

    def end_offsets(self, partitions: list[Any]) -> dict[Any, int]:
        """How many records each has."""
        return {part: len(self.values) if part.topic == self.name else 0 for part in partitions}

    def position(self, partition: Any) -> int:
        """Of the next record of a partition."""
        return self.read if partition.topic == self.name else 0

    def poll(self, **_: Any) -> dict[Any, Any]:
        """The next record of the topic that was named."""
        messages = [SimpleNamespace(value=value) for value in self.values[self.read : self.read + 1]]
        self.read += len(messages)
        return {part: messages for part in self.assigned if part.topic == self.name}


def test_records_come_as_their_types() -> None:
    """Of the edition's own topics, by the topic they are on."""
    from streams.run.collect import Collector  # noqa: PLC0415  kafka-python warns on import

    client = Client("t.news.outcomes", msgspec.json.encode(Start(seq=4)))
    assert [Start(seq=4)] == list(Collector(client, load({}, topic_prefix="t.")).poll(0.1))
    assert {part.topic for part in client.assigned} == {
        "t.news.outcomes",
        "t.news.dead-letters",
        "t.alerts",
        "t.alerts.suppressed",
    }


def test_what_is_left_is_read_to_its_end() -> None:
    """However many polls that takes."""
    from streams.run.collect import Collector  # noqa: PLC0415  kafka-python warns on import

    entries = [Start(seq=seq) for seq in range(5)]
    collector = Collector(Client("news.outcomes", *map(msgspec.json.encode, entries)), load({}))
    assert list(collector.poll(0.1)) == entries[:1]
    assert list(collector.rest()) == entries[1:]
    assert list(collector.rest()) == []
