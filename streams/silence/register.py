"""Silences on the wire: asked for on the alert step's own input, so that each has its place in the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from kafka import TopicPartition
from kafka.errors import KafkaError

from streams.connect import KafkaUnusable, consumer, partitions, producer
from streams.records import Silence
from streams.subscribe.follow import records, watches_there
from streams.topology import ARTICLES, OUTCOMES, SILENCES

if TYPE_CHECKING:
    from streams.settings import Settings

SECONDS = 10
"""For the broker to acknowledge."""


def next_seq(settings: Settings) -> int:
    """`seq` that the next article will have.

    Raises:
        KafkaUnusable: no broker answers, or it has no such topic.
    """
    with consumer(settings.cluster) as client:
        part = TopicPartition(_there(client, settings.topic_prefix + ARTICLES), 0)
        return int(client.end_offsets([part])[part])


def publish(settings: Settings, silence: Silence) -> None:
    """Ask the alert step for a silence, or with `expired` for its end; returns when the broker has it.

    Raises:
        KafkaUnusable: no broker answers, or it does not take the record.
    """
    client = producer(settings.cluster, acks="all", max_block_ms=SECONDS * 1000)
    try:
        client.send(
            settings.topic_prefix + OUTCOMES,
            key=silence.silence_id.encode(),
            value=msgspec.json.encode(silence),
            timestamp_ms=int(silence.created.timestamp() * 1000),
        ).get(timeout=SECONDS)
    except KafkaError as error:
        raise KafkaUnusable(f"the broker did not take the silence: {error}") from error
    finally:
        client.close(timeout=SECONDS)


def silences(settings: Settings) -> dict[str, Silence]:
    """Those that the alert step has taken up, by id, as they are now.

    Raises:
        KafkaUnusable: no broker answers, or it has no such topic.
    """
    with consumer(settings.cluster) as client:
        topic = _there(client, settings.topic_prefix + SILENCES)
        found = [msgspec.json.decode(value, type=Silence) for value in records(client, topic)]
    return {item.silence_id: item for item in found}


def known_watches(settings: Settings) -> set[str]:
    """Names of the watches that have a topic to alert on.

    Raises:
        KafkaUnusable: no broker answers.
    """
    with consumer(settings.cluster) as client:
        return watches_there(client, settings.topic_prefix)


def _there(client: object, topic: str) -> str:
    if not partitions(client, topic):
        raise KafkaUnusable(f"no topic {topic}: make it with 'newswatch topics create'")
    return topic
