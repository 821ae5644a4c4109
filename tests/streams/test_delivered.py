"""What went out before a crash is not sent again, and is looked for only where it may be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from streams import delivered as module
from streams.delivered import Delivered, Sent
from streams.emit import Emit
from streams.settings import load

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


class Other(msgspec.Struct):
    """A record that may be sent twice."""


def identity(record: Any) -> str | None:
    return None if isinstance(record, Other) else f"{record.seq}/{record.watch}"


def emit(topic: str, seq: int, watch: str = "w") -> Emit:
    return Emit(topic, "k", Sent(seq, watch), NOW)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Topics looked at, each time; `alerts` has the second article's record, and the input ten records."""
    looked: list[list[str]] = []

    async def tails(
        _settings: object, topics: list[str], _decode: object, *, since: int
    ) -> dict[str, list[Sent]]:
        looked.append(topics)
        return {topic: [Sent(2, "w")] if topic == "alerts" and since <= 2 else [] for topic in topics}

    async def end_offset(_settings: object, _topic: str) -> int:
        return 10

    monkeypatch.setattr(module, "tails", tails)
    monkeypatch.setattr(module, "end_offset", end_offset)
    return looked


async def test_only_what_a_topic_has_is_held_back(asked: list[list[str]]) -> None:
    """The same article's other record goes out; each topic is looked at once."""
    delivered = Delivered(load({}), "news.outcomes", identity)
    await delivered.begin(1)
    emits = [emit("alerts", 1), emit("alerts", 2), emit("alerts.w", 2), emit("alerts", 2, "v")]
    assert await delivered.new(emits, 0) == [emits[0], *emits[2:]]
    assert await delivered.new(emits[:2], 5) == emits[:1]
    assert asked == [["alerts", "alerts.w"]]


async def test_nothing_is_looked_for_after_what_was_there_at_the_start(asked: list[list[str]]) -> None:
    """Nor for records that may be sent twice, nor for none."""
    delivered = Delivered(load({}), "news.outcomes", identity)
    await delivered.begin(1)
    other = [Emit("silences", "k", Other(), NOW)]
    assert await delivered.new(other, 3) == other
    assert await delivered.new([], 4) == []
    later = [emit("alerts", 2)]
    assert await delivered.new(later, 10) == later
    assert asked == []
