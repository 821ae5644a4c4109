"""Keeps what is known of an edition up to date: some topics read from a day ago, then as records come."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from streams.connect import KafkaUnusable
from streams.console.known import TIMED, WHOLE, Known, day_before, moment
from streams.console.log import BLOCK
from streams.console.reading import ANSWER_SECONDS, bounds, reading
from streams.topology import ALERTS

if TYPE_CHECKING:
    from streams.settings import Settings

log = structlog.get_logger(__name__)

MOST_AT_START = 200_000
"""Records of a topic that are read to begin with; an outcome of 2 KB takes 14 µs, beside the reading."""
ALERTS_AT_START = 20_000
"""At least, so that the last alert of a quiet watch is known."""
TOGETHER = 50
"""Records worked on at once; a watch, which is read as YAML, takes 0.6 ms."""
ASK_SECONDS = 5.0
RETRY_SECONDS = 2.0


class Follower:
    """Follows the topics; whatever befalls it, it begins anew."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: Known | None = None
        self._answered = time.monotonic()
        self._trouble: Exception | None = None
        self.counted_since: datetime | None = None
        """From when on nothing is left out of the counts."""

    @property
    def known(self) -> Known:
        """What is known.

        Raises:
            KafkaUnusable: nothing is yet.
        """
        if self._known is None:
            why = f" ({self._trouble or 'a moment ago it began'})"
            raise KafkaUnusable(
                f"the topics of the last day are still being read{why}: ask again in a moment"
            )
        return self._known

    @property
    def silent_seconds(self) -> float:
        """Since the broker last answered."""
        return time.monotonic() - self._answered

    def begin_with(self, known: Known, since: datetime) -> None:
        """Know this from now on."""
        self._known, self.counted_since = known, since

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            try:
                await self._session()
            except Exception as error:
                if self._trouble is None:
                    expected = isinstance(error, KafkaError | KafkaUnusable | OSError | TimeoutError)
                    log.warning(
                        "state not read, trying again",
                        error=str(error) or type(error).__name__,
                        exc_info=None if expected else error,
                    )
                self._trouble = error
            await asyncio.sleep(RETRY_SECONDS)

    async def _session(self) -> None:
        prefix = self._settings.topic_prefix
        parts = [TopicPartition(prefix + topic, 0) for topic in (*TIMED, *WHOLE)]
        async with reading(self._settings, *parts) as consumer:
            day = day_before(datetime.now(UTC))
            starts, ends, known, since = {}, {}, Known(), day
            for part in parts:
                begin, ends[part] = await bounds(consumer, part)
                topic = part.topic.removeprefix(prefix)
                start = begin
                if topic in TIMED:
                    start = await self._first_of_day(consumer, part, day, begin, ends[part])
                    if start < ends[part] - MOST_AT_START:
                        start = ends[part] - MOST_AT_START
                        since = max(since, moment(await self._at(consumer, part, start)) or day)
                if topic == ALERTS:
                    start = max(begin, min(start, ends[part] - ALERTS_AT_START))
                starts[part] = start
            consumer.assign(parts)
            for part in parts:
                consumer.seek(part, starts[part])
            await self._follow(consumer, parts, known, ends, since)

    async def _follow(
        self, consumer: Any, parts: list[Any], known: Known, ends: dict[Any, int], since: datetime
    ) -> None:
        asked, prefix = time.monotonic(), self._settings.topic_prefix
        while True:
            if known is not self._known and await _reached(consumer, ends):
                self.begin_with(known, since)
                self._trouble = None
                log.info("state read", counted_since=since.isoformat())
            got: dict[Any, list[Any]] = await consumer.getmany(timeout_ms=1000, max_records=BLOCK)
            for part, messages in got.items():
                for number, message in enumerate(messages, 1):
                    known.take(part.topic.removeprefix(prefix), message.key, message.value)
                    if number % TOGETHER == 0:
                        await asyncio.sleep(0)  # whoever asks meanwhile is answered in between
            if time.monotonic() - asked > ASK_SECONDS:
                async with asyncio.timeout(ANSWER_SECONDS):
                    now = await consumer.end_offsets(parts)
                asked = self._answered = time.monotonic()
                for part in parts:
                    if now[part] < await consumer.position(part):
                        return  # not the topic that it was

    async def _first_of_day(self, consumer: Any, part: Any, day: datetime, low: int, high: int) -> int:
        """Offset of the first record that was written on this day or later.

        They were written one after the other, so it is looked for by halves: 20 small reads. Kafka's own
        index goes by event time, which for a replayed archive lies years back.
        """
        while low < high:
            middle = (low + high) // 2
            written = moment(await self._at(consumer, part, middle))
            if written is not None and written >= day:
                high = middle
            else:
                low = middle + 1
        return low

    async def _at(self, consumer: Any, part: Any, offset: int) -> bytes | None:
        """The first record from an offset on."""
        consumer.assign([part])
        consumer.seek(part, offset)
        async with asyncio.timeout(ANSWER_SECONDS):
            message = await consumer.getone(part)
        value: bytes | None = message.value
        return value


async def _reached(consumer: Any, ends: dict[Any, int]) -> bool:
    return all([await consumer.position(part) >= end for part, end in ends.items()])
