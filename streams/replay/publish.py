"""Items onto a topic, each with an acknowledgement waited for."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from kafka.errors import KafkaError, RetriableError

from streams.connect import producer
from streams.replay.report import Problem

if TYPE_CHECKING:
    from types import TracebackType

    from streams.cluster import Cluster
    from streams.records import Origin
    from streams.replay.read import Item

REQUEST_MAX = 64 << 20
"""Bytes of a record: as many as `news.raw` takes, so that ingest is the one to refuse a long text."""
IN_FLIGHT_MAX = 32 << 20
"""Bytes sent and not yet acknowledged; kafka-python 3 has no `buffer_memory` that would bound them."""
BATCH_BYTES = 256 << 10
"""One batch is under way at a time for each partition."""
LINGER_MS = 5
DELIVERY_MS = 60_000
"""After this long without an acknowledgement a record counts as failed, and the broker as lost."""


class Publisher:
    """One producer on one topic, partition 0: the order of the log is the order of the news.

    Idempotent with `acks=all`: a retry neither repeats nor reorders. `acknowledged` and `failed` grow while
    it works; `lost` is the error once the broker has stopped answering.

    Raises:
        KafkaUnusable: no broker answers.
    """

    def __init__(self, bootstrap: Cluster | str, topic: str, origin: Origin) -> None:
        self.topic = topic
        self.sent = 0
        self.acknowledged = 0
        self.failed: list[Problem] = []
        self.lost: Exception | None = None
        self._origin = origin.encode()
        self._in_flight = 0
        self._changed = threading.Condition()
        self._producer = producer(
            bootstrap,
            acks="all",
            enable_idempotence=True,
            max_request_size=REQUEST_MAX,
            batch_size=BATCH_BYTES,
            linger_ms=LINGER_MS,
            delivery_timeout_ms=DELIVERY_MS,
            max_block_ms=DELIVERY_MS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What matters was waited for in settle(); a lost broker must not hold the exit.
        with suppress(KafkaError):
            self._producer.close(timeout=1)

    def send(self, item: Item, payload: bytes) -> None:
        """Hand a record over; blocks while `IN_FLIGHT_MAX` bytes wait for their acknowledgement.

        Its timestamp is the time of publication, as far as that lies between 1970 and now: the broker refuses
        one before, and the whole batch with a record too far ahead; the text keeps its own date.
        """
        size = len(payload)
        with self._changed:
            self._changed.wait_for(lambda: not self._in_flight or self._in_flight + size <= IN_FLIGHT_MAX)
            self._in_flight += size
        now = time.time()
        stamp = min(max(item.published.timestamp(), 0.0), now) if item.published else now
        try:
            future = self._producer.send(
                self.topic,
                payload,
                headers=self._headers(item, now),
                partition=0,
                timestamp_ms=int(stamp * 1000),
            )
        except (KafkaError, ValueError) as error:
            self.sent += 1
            self._refused(item.name, size, error)
            return
        self.sent += 1
        future.add_callback(self._taken, size)
        future.add_errback(lambda error: self._refused(item.name, size, error))

    def settle(self, seconds: float = DELIVERY_MS / 1000 + 5) -> None:
        """Wait until each record sent is acknowledged or failed, or the broker is lost."""
        with self._changed:
            if not self._changed.wait_for(self._settled, timeout=seconds):
                self.lost = TimeoutError(f"no acknowledgement within {seconds:.0f} s")

    def _settled(self) -> bool:
        return self.lost is not None or self.sent <= self.acknowledged + len(self.failed)

    def _headers(self, item: Item, now: float) -> list[tuple[str, bytes]]:
        headers = [
            ("origin", self._origin),
            ("name", item.name.encode("utf-8", "replace")),
            ("arrived", f"{now:.6f}".encode()),
        ]
        return [*headers, ("uri", item.uri.encode("utf-8", "replace"))] if item.uri else headers

    def _taken(self, size: int, _metadata: Any) -> None:
        with self._changed:
            self.acknowledged += 1
            self._in_flight -= size
            self._changed.notify_all()

    def _refused(self, name: str, size: int, error: Exception) -> None:
        with self._changed:
            self.failed.append(Problem(name, str(error)))
            self._in_flight -= size
            if isinstance(error, RetriableError):
                # The retries have been used up: it is the broker, not this record.
                self.lost = self.lost or error
            self._changed.notify_all()
