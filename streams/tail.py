"""The newest records of an output topic: what went out just before a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, TopicPartition

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.settings import Settings

FIRST_LOOK = 500
"""Records read from the end at first; more than a batch of the alert step sends."""


async def tail(settings: Settings, topic: str, decode: Callable[[bytes], Any], *, since: int) -> list[Any]:
    """Read the records at the end of a topic of one partition whose `seq` is `since` or later.

    The alert step sends in the order of `seq`, so it looks back only until an older one is met.
    """
    partition = TopicPartition(settings.topic_prefix + topic, 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka_bootstrap, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign([partition])
        begin = (await consumer.beginning_offsets([partition]))[partition]
        end = (await consumer.end_offsets([partition]))[partition]
        look = FIRST_LOOK
        while True:
            start = max(begin, end - look)
            records = await _read(consumer, partition, start, end, decode)
            if start == begin or (records and records[0].seq < since):
                return [record for record in records if record.seq >= since]
            look *= 4
    finally:
        await consumer.stop()


async def _read(
    consumer: Any, partition: Any, start: int, end: int, decode: Callable[[bytes], Any]
) -> list[Any]:
    consumer.seek(partition, start)
    records: list[Any] = []
    while await consumer.position(partition) < end:
        for message in (await consumer.getmany(timeout_ms=1000)).get(partition, ()):
            records += [decode(message.value)] if message.offset < end else []
    return records
