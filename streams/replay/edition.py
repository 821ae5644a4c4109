"""May a replay go into this edition? Not beside live traffic: two clocks would mix."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition

from streams.cluster import Cluster
from streams.connect import KafkaUnusable, consumer, partitions

if TYPE_CHECKING:
    from collections.abc import Iterable

NEWEST = 200
"""Records looked at from the end of each partition: a minute's worth of all the world's news, and more."""
PATIENCE = 10.0
"""Seconds for reading them."""


class LiveTraffic(Exception):  # noqa: N818  says what was found
    """The edition takes live articles."""


def is_live(headers: Iterable[tuple[str, bytes]]) -> bool:
    """Whether a record is live: as ingest has it, each that does not say that it is a replay."""
    return ("origin", b"replay") not in list(headers)


def check_edition(bootstrap: Cluster | str, topic: str, *, into_live: bool) -> None:
    """Look whether `topic` is there, and unless `into_live` whether its newest records are live ones.

    Raises:
        KafkaUnusable: no broker answers, or there is no such topic.
        LiveTraffic: one of the newest records is live.
    """
    with consumer(bootstrap) as client:
        numbers = partitions(client, topic)
        if numbers is None:
            raise KafkaUnusable(
                f"there is no topic {topic} at {Cluster.at(bootstrap).bootstrap}: make it with "
                "'newswatch topics create'"
            )
        if not into_live and any(is_live(record.headers) for record in _newest(client, topic, numbers)):
            raise LiveTraffic(
                f"{topic} takes live articles, and a replay among them would mix two clocks: give "
                "--into-live if that is wanted, or an edition of its own by NEWSWATCH_TOPIC_PREFIX"
            )


def _newest(client: Any, topic: str, numbers: Iterable[int]) -> Iterable[Any]:
    parts = [TopicPartition(topic, number) for number in numbers]
    client.assign(parts)
    first, end = client.beginning_offsets(parts), client.end_offsets(parts)
    for part in parts:
        client.seek(part, max(first[part], end[part] - NEWEST))
    deadline = time.monotonic() + PATIENCE
    while any(client.position(part) < end[part] for part in parts) and time.monotonic() < deadline:
        for records in client.poll(timeout_ms=500).values():
            yield from records
