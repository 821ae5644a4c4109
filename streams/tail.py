"""The newest records of output topics: what went out just before a crash."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, TopicPartition

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection

    from streams.settings import Settings

FIRST_LOOK = 500
"""Records read from the end at first; more than a batch of the alert step sends."""


async def end_offset(settings: Settings, topic: str) -> int:
    """Offset after the last record of a topic of one partition."""
    async with _reading(settings, [topic]) as (consumer, (part,)):
        return int((await consumer.end_offsets([part]))[part])


async def tails(
    settings: Settings, topics: Collection[str], decode: Callable[[bytes], Any], *, since: int
) -> dict[str, list[Any]]:
    """Read the records at the end of topics of one partition whose `seq` is `since` or later.

    The alert step sends in the order of `seq`, so it looks back only until an older one is met. Topics
    without records cost next to nothing; what costs is the connection, which they share.
    """
    found: dict[str, list[Any]] = {}
    async with _reading(settings, topics) as (consumer, parts):
        begins, ends = await consumer.beginning_offsets(parts), await consumer.end_offsets(parts)
        for topic, part in zip(topics, parts, strict=True):
            begin, end, look = begins[part], ends[part], FIRST_LOOK
            while True:
                start = max(begin, end - look)
                records = await _read(consumer, part, start, end, decode)
                if start == begin or (records and records[0].seq < since):
                    found[topic] = [record for record in records if record.seq >= since]
                    break
                look *= 4
    return found


@asynccontextmanager
async def _reading(settings: Settings, topics: Collection[str]) -> AsyncIterator[tuple[Any, list[Any]]]:
    """Yield a consumer without a group, and the partitions."""
    parts = [TopicPartition(settings.topic_prefix + topic, 0) for topic in topics]
    consumer = AIOKafkaConsumer(**settings.cluster.options, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(parts)
        yield consumer, parts
    finally:
        await consumer.stop()


async def _read(
    consumer: Any, partition: Any, start: int, end: int, decode: Callable[[bytes], Any]
) -> list[Any]:
    if start == end:
        return []
    consumer.seek(partition, start)
    records: list[Any] = []
    while await consumer.position(partition) < end:
        for message in (await consumer.getmany(partition, timeout_ms=1000)).get(partition, ()):
            records += [decode(message.value)] if message.offset < end else []
    return records
