"""Topics on a cluster: create those declared, and tell what doesn't fit (kafka-python)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka.errors import KafkaError, TopicAlreadyExistsError

from streams.connect import KafkaUnusable, admin
from streams.topology import compare, partition_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from streams.settings import Settings
    from streams.topology import Topic


AT_ONCE = 500
"""Topics made by one request: a controller takes 10,000 records at once, and a topic is nine."""

NAMED = 5
"""Topics that a message names."""


class TopicsError(Exception):
    """Topics that are missing, or that exist in another shape than declared; the message names them."""


@dataclass(frozen=True, slots=True)
class Created:
    """What `create_topics` did: full names of the topics made, and of those that were there."""

    made: tuple[str, ...]
    found: tuple[str, ...]


def create_topics(settings: Settings, topics: Sequence[Topic]) -> Created:
    """Create the topics that are missing; nothing is changed if any has another number of partitions.

    Raises:
        KafkaUnusable: no broker answers, or it refuses a topic.
        TopicsError: a topic has another number of partitions than declared.
    """
    wanted = partition_counts(topics, prefix=settings.topic_prefix, many=settings.partitions)
    with admin(settings.cluster) as client:
        missing = _missing(client, wanted)
        new = {
            settings.topic_prefix + topic.name: {
                "num_partitions": wanted[settings.topic_prefix + topic.name],
                "replication_factor": settings.replication,
                "configs": topic.config(),
            }
            for topic in topics
            if settings.topic_prefix + topic.name in missing
        }
        try:
            for names in batched(list(new), AT_ONCE):
                # Made by another at the same moment; those that it didn't make were made all the same.
                with suppress(TopicAlreadyExistsError):
                    client.create_topics({name: new[name] for name in names})
                client.wait_for_topics(names)
            if new:
                _missing(client, wanted)
        except KafkaError as error:
            raise KafkaUnusable(f"the broker did not create {named(new)}: {str(error)[:500]}") from error
    return Created(tuple(missing), tuple(name for name in wanted if name not in missing))


def check_topics(settings: Settings, topics: Sequence[Topic]) -> None:
    """See that every topic is there as declared: a worker would ignore a missing one for ever.

    Raises:
        KafkaUnusable: no broker answers.
        TopicsError: a topic is missing, or has another number of partitions than declared.
    """
    wanted = partition_counts(topics, prefix=settings.topic_prefix, many=settings.partitions)
    with admin(settings.cluster) as client:
        if missing := _missing(client, wanted):
            raise TopicsError(f"no topic {named(missing)}: make them with 'newswatch topics create'")


def batched(names: list[str], size: int) -> list[list[str]]:
    """Lists of at most `size` names, in order."""
    return [names[start : start + size] for start in range(0, len(names), size)]


def named(topics: Iterable[str]) -> str:
    """Topics for a message: a watchlist may have thousands."""
    names = list(topics)
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _missing(client: Any, wanted: dict[str, int]) -> list[str]:
    present = set(client.list_topics()) & wanted.keys()
    found = {topic["name"]: len(topic["partitions"]) for topic in client.describe_topics(sorted(present))}
    missing, wrong = compare(wanted, found)
    if wrong:
        raise TopicsError("; ".join(map(str, wrong)))
    return missing
