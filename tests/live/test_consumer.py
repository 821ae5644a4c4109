"""Every record that is fetched is given to its step, or the step fails: on the real broker."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.cluster import ClusterMetadata
from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from streams.batches import for_each_batch
from streams.connect import consumer
from streams.consumer import App, LostRecords

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from streams.broker import Broker

pytestmark = pytest.mark.live

PATIENCE = 60.0
SEEK_SECONDS = 2.0
"""In which records would be handed over; the task that does it may sleep for the first of them."""
KEYS = 200
"""Of the table, so that its changelog takes a moment to read."""


class Failing(App):
    """Keeps what a step failed of, and does not start it again."""

    failure: BaseException | None = None

    async def _on_agent_error(self, _agent: Any, error: BaseException) -> None:
        self.failure = error
        await asyncio.Event().wait()


class Worker:
    """An app with one step, which notes the offsets that it is given."""

    def __init__(self, broker: Broker, topic: str, folder: Path, *, buffer: int, pause: float = 0.0) -> None:
        self.seen: list[int] = []
        self.app = app = Failing(
            topic,
            broker=f"kafka://{broker.bootstrap_servers}",
            store="rocksdb://",
            datadir=folder,
            autodiscover=False,
            web_enabled=False,
            topic_disable_leader=True,
            consumer_auto_offset_reset="earliest",
            broker_commit_interval=0.2,
            stream_buffer_maxsize=buffer,
            stream_recovery_delay=0.0,
            stream_wait_empty=False,
            worker_redirect_stdouts=False,
        )
        raw: dict[str, Any] = {"key_type": bytes, "value_type": bytes}
        table = app.Table("offsets", partitions=1, **raw)

        @app.agent(app.topic(topic, key_serializer="raw", value_serializer="raw", **raw), name="note")
        async def note(stream: Any) -> None:
            async def work(events: list[Any]) -> None:
                await asyncio.sleep(pause)
                for event in events:
                    table[b"%d" % (event.message.offset % KEYS)] = b"%d" % event.message.offset
                    self.seen.append(event.message.offset)

            await for_each_batch(stream, work, size=20)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Worker]:
        """Run it for as long as the block lasts."""
        await self.app.start()
        try:
            yield self
        finally:
            await self.app.stop()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait, or fail."""
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110  what it waits for has no event
                await asyncio.sleep(0.02)


def committed(broker: Broker, topic: str) -> int | None:
    with consumer(broker.bootstrap_servers, group_id=topic) as client:
        offset: int | None = client.committed(TopicPartition(topic, 0))
        return offset


@pytest.fixture
def topic(broker: Broker) -> str:
    """With one partition and a name of its own."""
    name = f"t{uuid.uuid4().hex[:8]}"
    with closing(KafkaAdminClient(bootstrap_servers=broker.bootstrap_servers)) as admin:
        admin.create_topics([NewTopic(name, 1, 1)])
    return name


def fill(broker: Broker, topic: str, count: int) -> None:
    with closing(KafkaProducer(bootstrap_servers=broker.bootstrap_servers, linger_ms=20)) as producer:
        for number in range(count):
            producer.send(topic, b"%d" % number)


def without_holes(seen: list[int]) -> bool:
    """Each offset was met before, or follows the one met last."""
    most = -1
    for offset in seen:
        if offset > most + 1:
            return False
        most = max(most, offset)
    return True


@pytest.mark.parametrize("buffer", [64, 4096])
async def test_a_recovery_loses_none_of_a_backlog(
    broker: Broker, topic: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buffer: int
) -> None:
    """A second worker reads the changelog, then goes on; looking up the committed offsets takes its time.

    Faust's own consumer hands records over meanwhile, clears them and takes the next delivery for an old one.
    """
    fill(broker, topic, 6_000)
    async with Worker(broker, topic, tmp_path / "first", buffer=buffer, pause=0.01).running() as first:
        await first.until(lambda: len(first.seen) > 500)
    seek_to_committed = AIOKafkaConsumer.seek_to_committed

    async def slowly(self: AIOKafkaConsumer) -> Any:
        await asyncio.sleep(SEEK_SECONDS)
        return await seek_to_committed(self)

    monkeypatch.setattr(AIOKafkaConsumer, "seek_to_committed", slowly)
    async with Worker(broker, topic, tmp_path / "second", buffer=buffer, pause=0.002).running() as second:
        await second.until(lambda: second.app.failure is not None or 5_999 in second.seen)
        assert second.app.failure is None
        await second.until(lambda: committed(broker, topic) == 6_000)
    assert without_holes(first.seen)
    assert without_holes([*range(second.seen[0]), *second.seen])
    assert second.seen[0] <= len(first.seen)


async def test_a_lost_record_stops_the_worker_and_goes_to_the_next(
    broker: Broker, topic: str, tmp_path: Path
) -> None:
    """A buffer is cleared in mid-stream: the step fails, and no offset behind the hole is committed."""
    fill(broker, topic, 1_000)
    async with Worker(broker, topic, tmp_path / "first", buffer=100, pause=0.01).running() as first:
        await first.until(lambda: len(first.seen) > 200)
        first.app.flow_control.clear()
        await first.until(lambda: first.app.failure is not None)
        assert isinstance(first.app.failure, LostRecords)
    assert without_holes(first.seen)
    assert (committed(broker, topic) or 0) <= len(first.seen)
    async with Worker(broker, topic, tmp_path / "second", buffer=100).running() as second:
        await second.until(lambda: 999 in second.seen)
    assert without_holes([*first.seen, *second.seen])


async def test_a_changelog_that_the_group_does_not_know_yet_stops_no_worker(
    broker: Broker, topic: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was made a moment ago: its table is written, and read by the next worker once it is known.

    Faust takes a topic that is not in the metadata for one of no partitions, and ends at the first write.
    """
    partitions_for_topic = ClusterMetadata.partitions_for_topic

    def of_a_moment_ago(self: ClusterMetadata, name: str) -> Any:
        # Only a group's own metadata have a listener.
        late = name.endswith("-changelog") and self._listeners
        return None if late else partitions_for_topic(self, name)

    fill(broker, topic, 500)
    with monkeypatch.context() as patch:
        patch.setattr(ClusterMetadata, "partitions_for_topic", of_a_moment_ago)
        async with Worker(broker, topic, tmp_path / "first", buffer=100).running() as first:
            await first.until(lambda: first.app.failure is not None or 499 in first.seen)
            assert first.app.failure is None
            await first.until(lambda: committed(broker, topic) == 500)
    fill(broker, topic, 1)
    async with Worker(broker, topic, tmp_path / "second", buffer=100).running() as second:
        await second.until(lambda: 500 in second.seen)
        kept = {bytes(key): bytes(value) for key, value in second.app.tables["offsets"].items()}
    assert second.app.failure is None
    assert second.seen == [500]
    newest = {offset % KEYS: offset for offset in range(501)}
    assert kept == {b"%d" % key: b"%d" % offset for key, offset in newest.items()}


async def test_holes_of_the_log_itself_are_passed(broker: Broker, topic: str, tmp_path: Path) -> None:
    """The head was deleted, and transactions leave marks in between; the end is committed all the same."""
    fill(broker, topic, 100)
    with closing(KafkaAdminClient(bootstrap_servers=broker.bootstrap_servers)) as admin:
        admin.delete_records({TopicPartition(topic, 0): 50})
    with closing(
        KafkaProducer(bootstrap_servers=broker.bootstrap_servers, transactional_id=topic)
    ) as producer:
        producer.init_transactions()
        for number in range(3):
            producer.begin_transaction()
            producer.send(topic, b"%d" % number)
            producer.commit_transaction()
    fill(broker, topic, 10)
    async with Worker(broker, topic, tmp_path / "only", buffer=100).running() as worker:
        await worker.until(lambda: worker.app.failure is not None or 115 in worker.seen)
        assert worker.app.failure is None
        await worker.until(lambda: committed(broker, topic) == 116)
    assert worker.seen == [*range(50, 100), 100, 102, 104, *range(106, 116)]
