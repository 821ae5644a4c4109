"""Connections by kafka-python, with errors an operator can act on."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from streams.cluster import Cluster
from streams.refused import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_MS = 10_000
"""For the first answer of a broker; a local one that is still starting takes about 3 s."""
FRAME_MAX = 100_000_000
"""Bytes of an answer, a 64 MiB record among them; kafka-python's own limit."""
_QUIET = {"allow_auto_create_topics": False, "metrics_enabled": False}
ADDRESS = re.compile(r"(?:\[[0-9a-fA-F:]+\]|[^\s:\[\]]+)(?::\d{1,5})?")
"""A host name, IPv4 or bracketed IPv6 address, and a port."""


class KafkaUnusable(Exception):  # noqa: N818  says what the program met
    """The broker or a topic cannot be used; the message says which, and the way out."""


@contextmanager
def consumer(cluster: Cluster | str, **options: Any) -> Iterator[Any]:
    """A consumer without a group: it commits nothing and disturbs no one.

    Raises:
        KafkaUnusable: no broker answers.
    """
    client = _connect(
        KafkaConsumer,
        cluster,
        # A plain poll must see a record that is longer than the rest of its batch.
        {**_QUIET, "enable_auto_commit": False, "max_partition_fetch_bytes": FRAME_MAX // 2, **options},
    )
    try:
        yield client
    finally:
        client.close(autocommit=False)


def producer(cluster: Cluster | str, **options: Any) -> Any:
    """A producer; the caller closes it.

    Raises:
        KafkaUnusable: no broker answers.
    """
    return _connect(KafkaProducer, cluster, {**_QUIET, **options})


@contextmanager
def admin(cluster: Cluster | str) -> Iterator[KafkaAdminClient]:
    """An administration client.

    Raises:
        KafkaUnusable: no broker answers.
    """
    client = _connect(KafkaAdminClient, cluster, {})
    try:
        yield client
    finally:
        client.close()


def _connect(kind: Any, cluster: Cluster | str, options: dict[str, Any]) -> Any:
    cluster = Cluster.at(cluster)
    # Each refused connection is a warning there; what comes of it is said once, here.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    # Before the client is made: one that fails at this leaves its sockets open.
    if not all(map(ADDRESS.fullmatch, cluster.servers)):
        raise KafkaUnusable(f"{cluster.bootstrap!r} is not host:port, or several of them with commas between")
    # Said at once, after a single login: a password that is tried for ten seconds may lock an account.
    if cluster.protocol != "PLAINTEXT" and (refused := refusal(cluster)) and refused.certain:
        raise KafkaUnusable(refused.text)
    try:
        return kind(
            **cluster.options,
            bootstrap_timeout_ms=PATIENCE_MS,
            **options,
        )
    except (KafkaError, OSError) as error:
        if refused := refusal(cluster):
            raise KafkaUnusable(refused.text) from error
        raise KafkaUnusable(
            f"no Kafka broker answers at {cluster.bootstrap} (tried for {PATIENCE_MS // 1000} s): start one "
            "with 'newswatch broker', or name another with --bootstrap or NEWSWATCH_KAFKA_BOOTSTRAP"
        ) from error


def partitions(client: Any, topic: str) -> set[int] | None:
    """Partitions of a topic, or None when there is no such topic."""
    found = client.partitions_for_topic(topic)
    return set(found) if found else None
