"""Whole partitions as bytes: batches that hold nothing wanted are never taken apart.

kafka-python decodes each record in Python, which for the texts of 100,000 articles takes longer than an
operator waits. Here a partition comes in pieces of megabytes, the next one while this one is looked through,
and aiokafka's compiled reader opens the batches that are worth it.
"""

from __future__ import annotations

import asyncio
import logging
import struct
import threading
from concurrent.futures import TimeoutError as TimeIsUp
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import uvloop
from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError, for_code
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.record.memory_records import MemoryRecords

from streams.cluster import Cluster
from streams.connect import KafkaUnusable

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from concurrent.futures import Future

PIECE = 4 << 20
"""Bytes asked for at once; a longer record comes whole all the same."""
SECONDS = 10.0
"""For an answer."""
RETRY = 0.2
WAIT_MS = 500
SILENT = 20
"""Empty answers in a row, 10 s, after which the broker is given up."""
_HEADER = struct.Struct(">qiiBIhi")
"""Of a batch (KIP-98): base offset, length after these two, leader's epoch, magic, CRC, attributes, last
offset's delta."""
_BEFORE_LENGTH = 12
_COMPRESSION = 0x07
_MAGIC = 2


class Batch(NamedTuple):
    """Records as the broker keeps them."""

    first: int
    """Offset."""
    last: int
    plain: bool
    """Not compressed, so that what its records contain stands in its bytes."""
    data: bytes
    """That it lies in, not copied: a topic of texts has hundreds of megabytes."""
    begin: int
    end: int

    def contains(self, needles: tuple[bytes, ...]) -> bool:
        """Whether one of the needles may be in it; without needles, and where it can't be seen, always."""
        if not needles or not self.plain:
            return True
        return any(self.data.find(needle, self.begin, self.end) >= 0 for needle in needles)

    def records(self) -> Iterator[tuple[int, bytes]]:
        """Offset and value of each record that has one."""
        held = MemoryRecords(self.data[self.begin : self.end])
        while (batch := held.next_batch()) is not None:
            for record in () if batch.is_control_batch else batch:
                if record.value is not None:
                    yield record.offset, record.value


class Fetcher:
    """A connection of its own, served by a thread; a context manager."""

    def __init__(self, cluster: Cluster | str) -> None:
        """Make it; nothing is connected yet."""
        self._cluster = Cluster.at(cluster)
        self._loop = uvloop.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._client: Any = None

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._client = self._wait(self._run(self._connect()))
        except KafkaUnusable:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._wait(self._run(self._client.close()))
        finally:
            self._end()

    def _end(self) -> None:
        """End the thread: a console goes on when the broker has gone."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def batches(self, part: Any, begin: int, end: int) -> Iterator[Batch]:
        """The batches of a partition that hold what lies from `begin` to before `end`.

        A single record costs its own batch, not a piece.

        Raises:
            KafkaUnusable: the broker does not answer, or has no such records.
        """
        piece = PIECE if end - begin > 1 else 1
        coming, silent = self._ask(part, begin, piece) if begin < end else None, 0
        try:
            while coming is not None:
                found = list(split(self._wait(coming)))
                silent = 0 if found else silent + 1
                if silent == SILENT:
                    raise KafkaUnusable(
                        f"the broker sends nothing of {part.topic} from offset {begin} on; try again"
                    )
                begin = found[-1].last + 1 if found else begin
                coming = self._ask(part, begin, piece) if begin < end else None
                yield from found
        finally:
            # Of what nobody reads to its end.
            if coming is not None:
                coming.cancel()

    async def _connect(self) -> Any:
        # Said once, by the error that comes of it.
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        client = AIOKafkaClient(**self._cluster.options)
        await client.bootstrap()
        return client

    def _ask(self, part: Any, offset: int, piece: int) -> Future[bytes]:
        return self._run(self._fetch(part, offset, piece))

    async def _fetch(self, part: Any, offset: int, piece: int) -> bytes:
        """Ask until there is an answer: a partition's leader may be moving."""
        while True:
            try:
                return await self._fetch_once(part, offset, piece)
            except KafkaError as error:
                if not error.retriable:
                    raise
            await asyncio.sleep(RETRY)
            await self._client.force_metadata_update()

    async def _fetch_once(self, part: Any, offset: int, piece: int) -> bytes:
        client = self._client
        await client.add_topic(part.topic)
        node = client.cluster.leader_for_partition(part)
        request = FetchRequest(WAIT_MS, 1, piece, 0, [(part.topic, [(part.partition, offset, piece)])])
        response = await client.send(node, request)
        ((_, ((_, code, *_, data),)),) = response.topics
        if code:
            raise for_code(code)(f"{part.topic} from offset {offset} on")
        return data or b""

    def _run(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _wait(self, coming: Future[Any]) -> Any:
        try:
            return coming.result(SECONDS)
        except (KafkaError, TimeIsUp, OSError) as error:
            coming.cancel()
            raise KafkaUnusable(
                f"the broker does not answer ({type(error).__name__}: {error}); try again"
            ) from error


def split(data: bytes) -> Iterator[Batch]:
    """The whole batches in what a broker sent; the last one may be cut off, and is left out."""
    at = 0
    while at + _HEADER.size <= len(data):
        first, length, _, magic, _, attributes, delta = _HEADER.unpack_from(data, at)
        after = at + _BEFORE_LENGTH + length
        if after > len(data):
            return
        if magic != _MAGIC:
            raise KafkaUnusable(f"offset {first} is in a format of before Kafka 0.11, which is not read here")
        yield Batch(first, first + delta, not attributes & _COMPRESSION, data, at, after)
        at = after
