"""Faust's Kafka consumer, without the ways in which it loses fetched records.

When its tables are read, Faust resumes the partitions, then seeks to the committed offsets, then empties the
streams' buffers, while the task that hands records over goes on. What that task put into a buffer in between
is cleared, and the record it is just handing over sets the read offset after the seek did: the cleared ones
are fetched again, taken for old and dropped. Here the task stands still from before the first of these steps
until after the last, and whatever else may open a hole in the offsets that a step sees ends the worker, so
that the next one is given the records again. How it was found: `docs/decisions/0001-delivery.md`.
"""

from __future__ import annotations

import asyncio
from typing import Any

import faust
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.transport.drivers.aiokafka import Consumer as FaustConsumer
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth, server_list

log = structlog.get_logger(__name__)

ANSWER_MS = 5_000
"""For one look at the broker for what lies in a hole; it answers in milliseconds."""

DEFAULT_PORT = 9092


class LostRecords(Exception):  # noqa: N818  says what happened
    """Records were fetched and never given to the step that reads them; the message says which."""


class Consumer(FaustConsumer):
    """Hands over every record of its partitions, or stops the worker."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parked = asyncio.Event()
        """The task that hands records over stands still, and has nothing in hand."""
        self._parked.set()
        self._next: dict[Any, tuple[int, int]] = {}
        """By partition: the group's generation, and the offset that comes next in it."""
        # Sent before a recovery resumes anything, and awaited there.
        self.app.on_rebalance_complete.connect(self._park, weak=False)

    async def _park(self, *_: Any, **__: Any) -> None:
        self.stop_flow()
        await self._parked.wait()

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109  Faust's signature
        while not self.flow_active and not self.should_stop:
            self._parked.set()
            await self.wait(self.can_resume_flow)  # type: ignore[arg-type]  # as Faust does
        self._parked.clear()
        return await super()._wait_next_records(timeout)

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            await super()._drain_messages(fetcher)
        finally:
            self._parked.set()

    async def _getmany(self, active_partitions: Any, timeout: float) -> Any:  # noqa: ASYNC109
        """Fetch, with a copy: the set changes while a thread reads it, and an empty one stands for all."""
        return await super()._getmany(set(active_partitions), timeout)

    async def on_partitions_assigned(self, assigned: set[Any], generation_id: int = 0) -> None:
        """Forget which buffers were full: they are empty now, and a paused partition must not wake up."""
        self._buffered_partitions.clear()
        await super().on_partitions_assigned(assigned, generation_id)

    async def perform_seek(self) -> None:
        """Seek to the committed offsets, and to the beginning where there is none: aiokafka would stay."""
        await super().perform_seek()
        new = [
            TopicPartition(*tp)
            for tp in self.assignment()
            if not self._read_offset[tp] and not self._is_changelog_tp(tp)
        ]
        if new:
            await self._thread.seek_to_beginning(*new)

    def topic_partitions(self, topic: str) -> int | None:
        """Partitions of a topic, or None while the brokers have not told: Faust takes 0 for a number.

        A changelog that was made a moment ago may not be in the metadata that the group began with, and the
        first write to its table would stop the worker.
        """
        return super().topic_partitions(topic) or None

    async def _add_gap(self, tp: Any, offset_from: int, offset_to: int) -> None:
        """Take no record that did not come for one that is done; `follow` looks into holes."""

    async def follow(self, event: Any) -> None:
        """See that an event comes next in its partition, before a step works on it.

        A hole is checked against the broker: retention, compaction and transactions leave such too.

        Raises:
            LostRecords: there are records between this one and the one before, or the committed offset.
        """
        message = event.message
        tp, offset, generation = message.tp, message.offset, message.generation_id
        known, expected = self._next.get(tp, (None, 0))
        if known != generation:
            expected = self._committed_offset[tp] or 0
        self._next[tp] = generation, offset + 1
        if offset <= expected:
            return
        first = await _first_record(self._connection(), tp, expected)
        if first < offset:
            log.critical(
                "records were fetched and not delivered",
                topic=tp.topic,
                partition=tp.partition,
                expected=expected,
                found=offset,
            )
            raise LostRecords(
                f"partition {tp.partition} of {tp.topic}: offset {offset} came where {expected} was due; the "
                "worker stops, and the next one is given what is missing"
            )
        # Else Faust would wait for ever for what is not there, and commit nothing.
        self._committed_offset[tp] = offset

    def _connection(self) -> dict[str, Any]:
        """As Faust's own clients connect."""
        conf = self.app.conf
        return {
            "bootstrap_servers": list(server_list(self.transport.url, DEFAULT_PORT)),
            **credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context),
        }


class App(faust.App):
    """A Faust app with this consumer."""

    def _new_transport(self) -> Any:
        transport: Any = super()._new_transport()
        transport.Consumer = Consumer
        return transport


async def _first_record(connection: dict[str, Any], tp: Any, offset: int) -> int:
    """Offset of the first record that a partition has at `offset` or after it.

    Raises:
        KafkaError: no broker answers.
    """
    partition = TopicPartition(*tp)
    consumer = AIOKafkaConsumer(**connection, enable_auto_commit=False, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([partition])
        consumer.seek(partition, offset)
        while True:
            for record in (await consumer.getmany(partition, timeout_ms=ANSWER_MS)).get(partition, ()):
                return int(record.offset)
    finally:
        await consumer.stop()
