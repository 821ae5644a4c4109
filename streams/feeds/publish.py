"""The broker's side: articles onto `news.raw`, and what is known of each feed on `feeds.state`."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Self

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from streams.admin import check_topics
from streams.connect import KafkaUnusable
from streams.feeds.poll import Undelivered
from streams.feeds.state import FeedState
from streams.records import SCHEMA_VERSION
from streams.topology import FEEDS, RAW, TOPICS

if TYPE_CHECKING:
    from streams.feeds.article import Raw
    from streams.settings import Settings

REQUEST_MAX = 64 << 20
"""Bytes of a record: as many as `news.raw` takes."""
TIMEOUT_MS = 30_000
"""For an acknowledgement; the entry is taken up again in the next poll."""
GOODBYE_SECONDS = 5.0

_decode = msgspec.json.Decoder(FeedState).decode


def check(settings: Settings) -> None:
    """See that the topics are there.

    Raises:
        KafkaUnusable: no broker answers.
        TopicsError: a topic is missing, or of another shape.
    """
    check_topics(settings, [topic for topic in TOPICS if topic.name in {RAW, FEEDS}])


async def recall(settings: Settings) -> dict[str, FeedState]:
    """What is known of each feed, by its key; what can't be read is known no more.

    Raises:
        KafkaUnusable: a record was written by a newer version.
    """
    part = TopicPartition(settings.topic_prefix + FEEDS, 0)
    consumer = AIOKafkaConsumer(**settings.cluster.options, enable_auto_commit=False)
    await consumer.start()
    states: dict[str, FeedState] = {}
    try:
        consumer.assign([part])
        await consumer.seek_to_beginning(part)
        end = (await consumer.end_offsets([part]))[part]
        while await consumer.position(part) < end:
            for message in (await consumer.getmany(part, timeout_ms=1000)).get(part, ()):
                key = (message.key or b"").decode(errors="replace")
                states.pop(key, None)
                if (state := _read(message)) is not None:
                    states[key] = state
    finally:
        await consumer.stop()
    return states


def _read(message: Any) -> FeedState | None:
    try:
        state = _decode(message.value or b"")
    except (msgspec.MsgspecError, ValueError):
        return None
    if state.schema > SCHEMA_VERSION:
        raise KafkaUnusable(
            f"{FEEDS}/{message.offset} has schema {state.schema}, above {SCHEMA_VERSION}: update newswatch"
        )
    return state


class Publisher:
    """A producer; an asynchronous context manager."""

    def __init__(self, settings: Settings) -> None:
        """Make it; nothing is connected yet."""
        self._settings = settings
        self._producer: Any = None

    async def __aenter__(self) -> Self:
        self._producer = AIOKafkaProducer(
            **self._settings.cluster.options,
            acks="all",
            max_request_size=REQUEST_MAX,
            request_timeout_ms=TIMEOUT_MS,
        )
        await self._producer.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        # With the broker gone it would wait for what can't be sent; all that matters was waited for.
        await asyncio.wait({asyncio.create_task(self._producer.stop())}, timeout=GOODBYE_SECONDS)

    async def deliver(self, article: Raw) -> None:
        """Publish an article, and wait until the broker has it on all its replicas.

        Its timestamp is its own date, as far as that lies between 1970 and now, as a replay has it.

        Raises:
            Undelivered: it was not taken.
        """
        now = time.time()
        stamp = min(max(article.time.timestamp(), 0.0), now) if article.time else now
        headers = [
            ("origin", b"live"),
            ("name", article.name.encode("utf-8", "replace")),
            ("arrived", f"{now:.6f}".encode()),
        ]
        if article.uri:
            headers.append(("uri", article.uri.encode("utf-8", "replace")))
        await self._send(
            RAW, value=article.payload, partition=0, timestamp_ms=int(stamp * 1000), headers=headers
        )

    async def remember(self, key: str, state: FeedState) -> None:
        """Keep what is known of a feed, and wait until the broker has it.

        Raises:
            Undelivered: it was not taken.
        """
        await self._send(FEEDS, key=key.encode(), value=msgspec.json.encode(state))

    async def _send(self, topic: str, **record: Any) -> None:
        try:
            await self._producer.send_and_wait(self._settings.topic_prefix + topic, **record)
        except KafkaError as error:
            raise Undelivered(f"the broker did not take it: {_why(error)}") from error


def _why(error: KafkaError) -> str:
    """With the error's name once: its text begins with it, or has nothing else."""
    name, text = type(error).__name__, str(error)
    return text if text.startswith(name) or f" {name}" in text else f"{name}: {text}"
