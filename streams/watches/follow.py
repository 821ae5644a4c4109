"""A worker's side: keeps the watchlist in force the one that is on the topic, and says which that is."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition

from agents.mentions.watchlist import WatchlistError
from streams.admin import TopicsError, create_topics
from streams.connect import KafkaUnusable
from streams.emit import Emit
from streams.topology import WATCHLIST, WORKERS, with_watches
from streams.watches.applied import EVERY_SECONDS, Applied
from streams.watches.entries import Entries

if TYPE_CHECKING:
    from agents.mentions.in_force import InForce
    from agents.mentions.watchlist import Watchlist
    from streams.health import Health
    from streams.wire import Wire

log = structlog.get_logger(__name__)

QUIET_MS = 200
"""Without a record for so long, a change is complete."""
RETRY_SECONDS = 5.0
GOODBYE_SECONDS = 2.0


class Follower:
    """Reads the topic `watchlist` outside of the group, since each worker needs all of it."""

    def __init__(self, wire: Wire, in_force: InForce, health: Health) -> None:
        self._wire = wire
        self._in_force = in_force
        self._health = health
        self._file = in_force.watchlist
        self._entries = Entries()
        self._source: Literal["file", "topic"] = "file"
        self._refused: str | None = None
        self._bad: dict[bytes | None, str] = {}
        self._partition = TopicPartition(wire.settings.topic_prefix + WATCHLIST, 0)
        self._task: asyncio.Task[None] | None = None
        self._told: tuple[Applied, float] | None = None
        wire.app.timer(interval=1.0)(self._tell)

    async def start(self) -> None:
        """Read the topic to its end, put what it holds in force, then follow it.

        Raises:
            KafkaUnusable: a watch's topic can't be made.
        """
        consumer = AIOKafkaConsumer(**self._wire.settings.cluster.options, enable_auto_commit=False)
        await consumer.start()
        consumer.assign([self._partition])
        await consumer.seek_to_beginning(self._partition)
        end = (await consumer.end_offsets([self._partition]))[self._partition]
        while await consumer.position(self._partition) < end:
            self._take(await consumer.getmany(timeout_ms=1000))
        await self._apply()
        self._task = asyncio.create_task(self._follow(consumer))

    def close(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()

    async def _follow(self, consumer: Any) -> None:
        stale = False
        try:
            while True:
                found = await consumer.getmany(timeout_ms=QUIET_MS if stale else 1000)
                if found:
                    self._take(found)
                    stale = True
                elif stale:
                    stale = not await self._apply()
                    if stale:
                        await asyncio.sleep(RETRY_SECONDS)
        finally:
            await consumer.stop()

    def _take(self, found: dict[Any, list[Any]]) -> None:
        for message in found.get(self._partition, ()):
            self._bad.pop(message.key, None)
            try:
                self._entries.take(message.key, message.value)
            except WatchlistError as error:
                self._bad[message.key] = str(error)
                self._wire.metrics.watchlist_refused.inc()
                log.error("a watch can't be taken", error=str(error))  # noqa: TRY400  it is no fault of ours

    async def _apply(self) -> bool:
        """Put what the topic holds in force, or leave all as it is and say why; whether that was done."""
        try:
            watchlist = self._entries.watchlist()
            source: Literal["file", "topic"] = "file" if watchlist is None else "topic"
            watchlist = watchlist or self._file
            if watchlist.version != self._in_force.watchlist.version:
                await self._change(watchlist)
            self._source = source
            self._refused = next(iter(self._bad.values()), None)
            named = self._wire.settings.watchlist.name if source == "file" else f"topic {WATCHLIST}"
            self._wire.metrics.watchlist.info({"version": watchlist.version, "source": named})
        except (WatchlistError, TopicsError, KafkaUnusable) as error:
            self._refused = str(error)
            self._wire.metrics.watchlist_refused.inc()
            log.error("the watchlist stays as it was", error=str(error))  # noqa: TRY400  no fault of ours
            return not isinstance(error, KafkaUnusable)
        finally:
            self._health.facts["watchlist"] = self._in_force.watchlist.version
        return True

    async def _change(self, watchlist: Watchlist) -> None:
        names = [watch.name for watch in watchlist.watches]
        await asyncio.to_thread(create_topics, self._wire.settings, with_watches(names))
        await self._wire.learn_topics()
        await self._in_force.change(watchlist)
        log.info("watchlist in force", version=watchlist.version, watches=len(names))

    async def tell_stopped(self) -> None:
        """Say that this worker ends in good order; soon or not at all."""
        now = datetime.now(UTC)
        said = self.applied(now, stopped=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(
                self._wire.deliver([Emit(WORKERS, said.worker, said, now)]), GOODBYE_SECONDS
            )

    async def _tell(self) -> None:
        """Say which watchlist is in force, when that changes and every so often."""
        now = datetime.now(UTC)
        said = self.applied(now)
        if self._told is not None:
            before, at = self._told
            same = (before.version, before.source, before.refused) == (
                said.version,
                said.source,
                said.refused,
            )
            if same and asyncio.get_running_loop().time() - at < EVERY_SECONDS:
                return
        self._told = said, asyncio.get_running_loop().time()
        await self._wire.deliver([Emit(WORKERS, said.worker, said, now)])

    def applied(self, now: datetime, *, stopped: bool = False) -> Applied:
        """What there is to say."""
        watchlist = self._in_force.watchlist
        return Applied(
            worker=f"{socket.gethostname()}:{self._health.port}",
            version=watchlist.version,
            watches=len(watchlist.watches),
            source=self._source,
            refused=self._refused,
            time=now,
            stopped=stopped,
        )
