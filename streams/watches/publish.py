"""The publisher's side of the topic `watchlist`: what is there, changing it, and where it is in force."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from kafka import TopicPartition
from kafka.errors import KafkaError

from agents.mentions.watchlist import WatchlistError
from streams.admin import create_topics
from streams.connect import KafkaUnusable, consumer, partitions, producer
from streams.topology import WATCHLIST, WORKERS, with_watches
from streams.watches.applied import Applied, running
from streams.watches.entries import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.mentions.watch import Watch
    from streams.settings import Settings
    from streams.watches.changes import Changes

POLL_SECONDS = 0.2
SEND_SECONDS = 30.0


def read(settings: Settings) -> tuple[Entries, dict[str, str]]:
    """The watches on the topic, and by its key what is wrong with a record that is none.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
    """
    entries, bad = Entries(), dict[str, str]()
    for key, value in _records(settings, WATCHLIST):
        name = (key or b"").decode(errors="replace")
        bad.pop(name, None)
        try:
            entries.take(key, value)
        except WatchlistError as error:
            bad[name] = str(error)
    return entries, bad


def publish(settings: Settings, changes: Changes, watches: dict[str, Watch]) -> None:
    """Make the topics of new watches, then publish the changes and wait until the brokers have them.

    Args:
        settings: broker and prefix.
        changes: what to publish.
        watches: all that are to be there afterwards.

    Raises:
        KafkaUnusable: the broker refuses a topic or a record.
        TopicsError: a topic is there in another shape.
    """
    create_topics(settings, with_watches(watches))
    client = producer(settings.cluster, acks="all")
    try:
        sent = [
            client.send(settings.topic_prefix + WATCHLIST, key=name.encode(), value=value)
            for name, value in changes.records
        ]
        for record in sent:
            record.get(timeout=SEND_SECONDS)
    except KafkaError as error:
        raise KafkaUnusable(f"the broker did not take the watchlist: {error}; try again") from error
    finally:
        client.close()


def workers(settings: Settings) -> list[Applied]:
    """The workers that live, and which watchlist each has in force.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
    """
    said = {
        key: msgspec.json.decode(value, type=Applied) for key, value in _records(settings, WORKERS) if value
    }
    return running(said.values(), datetime.now(UTC))


def wait_in_force(settings: Settings, version: str, seconds: float) -> list[Applied]:
    """Wait until every worker that lives has this version in force; what they said last.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = workers(settings)
        if all(one.version == version for one in found) or time.monotonic() > deadline:
            return found
        time.sleep(POLL_SECONDS)


def _records(settings: Settings, topic: str) -> Iterator[tuple[bytes | None, bytes | None]]:
    name = settings.topic_prefix + topic
    with consumer(settings.cluster) as client:
        if not partitions(client, name):
            raise KafkaUnusable(f"no topic {name}: make it with 'newswatch topics create'")
        part = TopicPartition(name, 0)
        client.assign([part])
        client.seek_to_beginning(part)
        end = client.end_offsets([part])[part]
        while client.position(part) < end:
            found: dict[Any, list[Any]] = client.poll(timeout_ms=1000)
            for record in found.get(part, ()):
                yield record.key, record.value
