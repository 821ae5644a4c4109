"""A topic of alerts followed: read to its end, then as records come, through whatever befalls the broker."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from streams.connect import KafkaUnusable
from streams.console.log import BLOCK, Log, Record, read
from streams.console.reading import Older, bounds, reading, topic_id

if TYPE_CHECKING:
    from streams.settings import Settings

log = structlog.get_logger(__name__)

ASK_SECONDS = 5.0
"""Between two questions to the broker where the topic begins and ends."""
SILENT_SECONDS = 15.0
"""A broker that has not answered for so long is gone; a worker says so after as long."""
RETRY_SECONDS = 1.0


class Feed:
    """One topic, its state in memory and the way to what is older."""

    def __init__(self, settings: Settings, topic: str) -> None:
        self._settings = settings
        self._part = TopicPartition(settings.topic_prefix + topic, 0)
        self._older = Older(settings, self._part, self._heard)
        self._answered = time.monotonic()
        self._news = asyncio.Event()
        self._trouble: Exception | None = None
        self.log = Log()
        self.life = ""
        """Of the topic: one that was made anew has another."""
        self.closing = False
        """Whether its readers are to end."""
        self.caught_up = asyncio.Event()
        """Set once the topic was read to its end."""

    @property
    def unmet(self) -> list[str]:
        """What is wanting before it is ready: `broker`, or the topic's name."""
        silent = time.monotonic() - self._answered > SILENT_SECONDS
        return ["broker"] * silent + [self._part.topic] * (not self.caught_up.is_set())

    async def run(self) -> None:
        """Follow the topic until cancelled."""
        try:
            while True:
                try:
                    await self._session()
                except Exception as error:  # noqa: BLE001  whatever befell it, there is nothing but to read on
                    self._complain(error)
                await asyncio.sleep(RETRY_SECONDS)
        finally:
            await self._older.close()

    def close(self) -> None:
        """Have all who wait for more end."""
        self.closing = True
        self.caught_up.set()
        self._tell()

    async def more(self, position: int) -> None:
        """Wait until there may be a record at an offset, or the topic is another; at once if there is."""
        if self.log.end <= position:
            await self._news.wait()

    async def after(self, low: int) -> tuple[list[Record], int]:
        """The next alerts from an offset on, oldest first, and the offset after them.

        Raises:
            KafkaUnusable: they are on the topic only, and the broker does not answer.
        """
        if low < self.log.kept:
            return await self._older.after(low, self.log.kept)
        found = self.log.after(low)
        return found, found[-1].offset + 1 if found else max(low, self.log.end)

    async def before(self, high: int) -> tuple[list[Record], int]:
        """The last alerts below an offset, newest first, and the offset that they go down to.

        Raises:
            KafkaUnusable: they are on the topic only, and the broker does not answer.
        """
        if high <= self.log.kept:
            return await self._older.before(self.log.listed, high)
        found = self.log.before(high)
        return found, found[-1].offset if len(found) == BLOCK else self.log.kept

    async def revisions(self, alert_id: str) -> list[Record]:
        """Every revision of an alert that is on the topic, oldest first; none if there is no such alert.

        Raises:
            KafkaUnusable: one is on the topic only, and the broker does not answer.
        """
        found: list[Record] = []
        for offset in self.log.offsets(alert_id):
            records, _ = await self.after(offset)
            found += [record for record in records[:1] if record.alert_id == alert_id]
        return found

    async def _session(self) -> None:
        async with reading(self._settings, self._part) as consumer:
            begin, end = await bounds(consumer, self._part)
            life = await asyncio.to_thread(topic_id, self._settings.cluster, self._part.topic)
            if life != self.life or self.log.end > end:
                self._begin_anew(life, begin)
            self._heard(begin)
            consumer.seek(self._part, max(self.log.end, begin))
            asked = time.monotonic()
            while True:
                if not self.caught_up.is_set() and await consumer.position(self._part) >= end:
                    self.caught_up.set()
                    log.info("topic read", topic=self._part.topic, alerts=len(self.log), end=end)
                got: dict[Any, list[Any]] = await consumer.getmany(timeout_ms=1000, max_records=BLOCK)
                self._take(got.get(self._part, []))
                if time.monotonic() - asked > ASK_SECONDS:
                    begin, end = await bounds(consumer, self._part)
                    if end < self.log.end:
                        return  # not the topic that it was
                    self._heard(begin)
                    asked = time.monotonic()

    def _complain(self, error: Exception) -> None:
        """Say it once, however often it is met until the topic is read again."""
        if self._trouble is None:
            expected = isinstance(error, KafkaError | KafkaUnusable | OSError | TimeoutError)
            log.warning(
                "topic not read, trying again",
                topic=self._part.topic,
                error=str(error) or type(error).__name__,
                exc_info=None if expected else error,
            )
        self._trouble = error

    def _heard(self, begin: int) -> None:
        self._answered = time.monotonic()
        self.log.forget(begin)
        if self._trouble is not None:
            self._trouble = None
            log.info("the broker answers again", topic=self._part.topic)

    def _begin_anew(self, life: str, begin: int) -> None:
        if self.life:
            log.warning("the topic was made anew", topic=self._part.topic)
        self.log, self.life = Log(begin), life
        self.caught_up.clear()
        self._tell()

    def _take(self, messages: list[Any]) -> None:
        for message in messages:
            if record := read(message.offset, message.value):
                self.log.add(record)
            else:
                self.log.skip(message.offset)
                log.warning("no alert, passed over", topic=self._part.topic, offset=message.offset)
        if messages:
            self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


async def follow(feeds: list[Feed]) -> None:
    """Follow several topics until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        for feed in feeds:
            tasks.create_task(feed.run())


async def stop(task: asyncio.Task[None]) -> None:
    """Stop following, and wait until the connections are closed."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
