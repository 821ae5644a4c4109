"""How fast the steps read: the offsets that the workers acknowledge, looked at every few seconds."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from streams.console.reading import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.settings import Settings

log = structlog.get_logger(__name__)

EVERY_SECONDS = 5.0
"""Workers acknowledge every 2.8 s (Faust's own interval)."""
OVER_SECONDS = 60.0
"""A rate is that of the last minute."""
SILENT_SECONDS = 20.0
"""What was seen longer ago says nothing of now."""


class Look(NamedTuple):
    """What one look found, by topic (without the prefix), of all its partitions."""

    at: float
    """Monotonic seconds."""
    written: Mapping[str, int]
    """Records written, ever."""
    read: Mapping[str, int]
    """Acknowledged by the workers; a topic that nobody ever read is not among them."""


class Rate(NamedTuple):
    """Of a topic, in records a second."""

    written: float | None
    """None where nobody can tell yet."""
    read: float | None
    unread: int | None


class Pace:
    """Looks at the offsets, and tells how fast they go."""

    def __init__(self, settings: Settings, topics: tuple[str, ...]) -> None:
        self._settings = settings
        self._topics = topics
        self._looks: deque[Look] = deque()
        self._failed = False

    def saw(self, look: Look) -> None:
        """Take in what a look found."""
        last = self._looks[-1] if self._looks else None
        if last and any(look.written.get(topic, 0) < count for topic, count in last.written.items()):
            self._looks.clear()  # a topic was made anew
        self._looks.append(look)
        while len(self._looks) > 2 and look.at - self._looks[1].at >= OVER_SECONDS:  # noqa: PLR2004  a first and a last
            self._looks.popleft()

    def rate(self, topic: str, now: float) -> Rate:
        """How fast a topic is written and read; of None each where the last look is too old."""
        if not self._looks or now - self._looks[-1].at > SILENT_SECONDS:
            return Rate(None, None, None)
        first, last = self._looks[0], self._looks[-1]
        unread = None
        if topic in last.read:
            unread = max(0, last.written.get(topic, 0) - last.read[topic])
        seconds = last.at - first.at
        if seconds <= 0:
            return Rate(None, None, unread)
        return Rate(
            _per_second(first.written, last.written, topic, seconds),
            _per_second(first.read, last.read, topic, seconds),
            unread,
        )

    async def run(self) -> None:
        """Look until cancelled, whatever befalls the broker."""
        while True:
            try:
                await self._session()
            except Exception as error:
                if not self._failed:
                    expected = isinstance(error, KafkaError | OSError | TimeoutError)
                    log.warning(
                        "offsets not seen, trying again",
                        error=str(error) or type(error).__name__,
                        exc_info=None if expected else error,
                    )
                self._failed = True
            await asyncio.sleep(EVERY_SECONDS)

    async def _session(self) -> None:
        options = self._settings.cluster.options
        client = AIOKafkaAdminClient(**options)
        consumer = AIOKafkaConsumer(**options, enable_auto_commit=False)
        try:
            await client.start()
            await consumer.start()
            parts = await self._parts(client)
            while True:
                async with asyncio.timeout(2 * ANSWER_SECONDS):
                    read = await client.list_consumer_group_offsets(self._settings.group)
                    ends = await consumer.end_offsets(parts)
                self.saw(self._look(read, ends))
                self._failed = False
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            await _closed(client.close())
            await _closed(consumer.stop())

    async def _parts(self, client: Any) -> list[Any]:
        prefix = self._settings.topic_prefix
        described = await client.describe_topics([prefix + topic for topic in self._topics])
        return [
            TopicPartition(topic["topic"], partition["partition"])
            for topic in described
            for partition in topic["partitions"]
        ]

    def _look(self, read: Mapping[Any, Any], ends: Mapping[Any, int]) -> Look:
        prefix = self._settings.topic_prefix
        written: dict[str, int] = {}
        acknowledged: dict[str, int] = {}
        for part, end in ends.items():
            topic = part.topic.removeprefix(prefix)
            written[topic] = written.get(topic, 0) + end
            if part in read and read[part].offset >= 0:
                acknowledged[topic] = acknowledged.get(topic, 0) + read[part].offset
        return Look(time.monotonic(), written, acknowledged)


def _per_second(
    first: Mapping[str, int], last: Mapping[str, int], topic: str, seconds: float
) -> float | None:
    if topic not in last:
        return None
    return max(0.0, (last[topic] - first.get(topic, 0)) / seconds)


async def _closed(closing: Any) -> None:
    """Close a client, for a while, whatever comes of it."""
    task = asyncio.create_task(closing)
    await asyncio.wait([task], timeout=1.0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
