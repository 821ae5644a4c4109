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
    """A consumer with one poll's worth of records."""

    def __init__(self, name: str, *values: bytes) -> None:
        self.name, self.values = name, values
        self.assigned: list[Any] = []

    def assign(self, partitions: list[Any]) -> None:
        """As kafka-python's."""
        self.assigned = partitions

    def seek_to_beginning(self, *partitions: Any) -> None:
        """As kafka-python's."""
        assert list(partitions) == self.assigned

    def poll(self, **_: Any) -> dict[Any, Any]:
        """Records of the topic that was named."""
        messages = [SimpleNamespace(value=value) for value in self.values]
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
