"""A topic of one partition, read without a group: to follow it, and to look something up."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from streams.connect import KafkaUnusable, admin
from streams.console.log import BLOCK, Record, read, within

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from streams.cluster import Cluster
    from streams.settings import Settings

ANSWER_SECONDS = 5.0
"""For an answer of the broker; one takes about 5 ms, and a browser's reader waits for it."""
GOODBYE_SECONDS = 1.0
LOOKED_UP_BYTES = 16 << 20
"""Of older records at once; a single one can be as large."""


def topic_id(cluster: Cluster | str, topic: str) -> str:
    """The first 8 hex digits of the id that Kafka gave a topic when it was made.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
    """
    with admin(cluster) as client:
        [described] = client.describe_topics([topic])
        if described["error_code"]:
            raise KafkaUnusable(f"no topic {topic}: make it with 'newswatch topics create'")
        return str(described["topic_id"]).replace("-", "")[:8]


@asynccontextmanager
async def reading(settings: Settings, *parts: TopicPartition) -> AsyncIterator[Any]:
    """Yield a consumer of partitions, which stands nowhere yet."""
    consumer = AIOKafkaConsumer(
        **settings.cluster.options, enable_auto_commit=False, auto_offset_reset="none"
    )
    try:
        await consumer.start()
        consumer.assign(list(parts))
        yield consumer
    finally:
        # With a broker that is gone, stop is ended by the cancellation of aiokafka's own fetch (0.14.0). That
        # would pass for a cancellation of whoever is here, and leaves a client behind that tries for ever.
        await _in_a_task(consumer.stop())
        await _in_a_task(consumer._client.close())  # noqa: SLF001  a second stop does nothing


async def _in_a_task(ending: Coroutine[Any, Any, None]) -> None:
    """Do something at the end, for a while, whatever comes of it."""
    task = asyncio.create_task(ending)
    await asyncio.wait([task], timeout=GOODBYE_SECONDS)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def bounds(consumer: Any, part: TopicPartition) -> tuple[int, int]:
    """Where a partition begins and ends.

    Raises:
        TimeoutError: the broker does not answer.
    """
    async with asyncio.timeout(ANSWER_SECONDS):
        begins = await consumer.beginning_offsets([part])
        ends = await consumer.end_offsets([part])
    return int(begins[part]), int(ends[part])


class Older:
    """Looks up records that are no longer in memory, one reader after the other."""

    def __init__(self, settings: Settings, part: TopicPartition, heard: Callable[[int], None]) -> None:
        self._settings = settings
        self._part = part
        self._heard = heard
        """Told where the topic begins now."""
        self._lock = asyncio.Lock()
        self._open: Any = None
        self._consumer: Any = None

    async def after(self, low: int, high: int) -> tuple[list[Record], int]:
        """The alerts of one fetch from an offset on and below another, oldest first, and the offset after it.

        Raises:
            KafkaUnusable: the broker does not answer.
        """
        async with self._lock:
            return await self._fetch(low, high)

    async def before(self, low: int, high: int) -> tuple[list[Record], int]:
        """The last alerts below an offset, newest first, and the offset that they go down to.

        At most a block, and `LOOKED_UP_BYTES`; none from below `low`.

        Raises:
            KafkaUnusable: the broker does not answer.
        """
        low = at = max(low, high - BLOCK)
        found: list[Record] = []
        async with self._lock:
            while at < high:
                records, at = await self._fetch(at, high)
                kept = within([*found, *records], LOOKED_UP_BYTES)
                if len(kept) < len(found) + len(records):
                    low = kept[-1].offset
                found = kept[::-1]
        return found[::-1], low

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self._open is not None:
            leaving, self._open = self._open, None
            await leaving.__aexit__(None, None, None)

    async def _fetch(self, low: int, high: int) -> tuple[list[Record], int]:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                if self._open is None:
                    self._open = reading(self._settings, self._part)
                    self._consumer = await self._open.__aenter__()
                return await self._records(low, high)
        except (KafkaError, OSError, TimeoutError) as error:
            await self.close()
            raise KafkaUnusable(
                f"the broker at {self._settings.kafka_bootstrap} does not answer ({type(error).__name__})"
            ) from error

    async def _records(self, low: int, high: int) -> tuple[list[Record], int]:
        begin, _ = await bounds(self._consumer, self._part)
        self._heard(begin)
        low = max(low, begin)
        if low >= high:
            return [], high
        self._consumer.seek(self._part, low)
        found: list[Any] = []
        while not found:
            got = await self._consumer.getmany(self._part, timeout_ms=1000, max_records=BLOCK)
            found = got.get(self._part, [])
        alerts = [read(message.offset, message.value) for message in found if message.offset < high]
        return [record for record in alerts if record], min(high, found[-1].offset + 1)
