"""What is asked of the brokers, by kafka-python's administration client."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

from streams.connect import consumer
from streams.lag.arrival import arrival
from streams.lag.seen import Disk
from streams.topic_label import topic_label
from streams.topology import of_edition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from streams.cluster import Cluster

MOST_GROUPS = 50
"""Of programs that read an edition's topics; each has a series for each of its partitions."""
MOST_ASKED = 500
"""Groups of a shared cluster that are asked once a minute what they read."""
READ_SECONDS = 5.0
"""For all records that are looked at; one takes some 10 ms."""
READ_BYTES = 1 << 20


def partitions(client: Any, topics: Collection[str]) -> list[TopicPartition]:
    """Partitions of those topics that are there; one that has no leader can't be asked."""
    if not topics:
        return []
    return [
        TopicPartition(topic["name"], part["partition_index"])
        for topic in client.describe_topics(sorted(topics))
        if not topic["error_code"]
        for part in topic["partitions"]
        if part["leader_id"] >= 0
    ]


def committed(
    client: Any, groups: Mapping[str, Iterable[TopicPartition]]
) -> dict[str, dict[TopicPartition, int]]:
    """By group the offsets that it has acknowledged; a partition without one is left out."""
    asked = {group: list(parts) for group, parts in groups.items()}
    asked = {group: parts for group, parts in asked.items() if parts}
    found = client.list_group_offsets(asked) if asked else {}
    return {
        group: {part: at.offset for part, at in offsets.items() if at.offset >= 0}
        for group, offsets in found.items()
    }


def bounds(
    client: Any, parts: Collection[TopicPartition]
) -> tuple[dict[TopicPartition, int], dict[TopicPartition, int]]:
    """Where partitions begin and end: offset of the first record, and the one after the last."""
    if not parts:
        return {}, {}
    begins, ends = (
        client.list_partition_offsets(dict.fromkeys(parts, spec))
        for spec in (OffsetSpec.EARLIEST, OffsetSpec.LATEST)
    )
    return ({part: at.offset for part, at in both.items()} for both in (begins, ends))  # type: ignore[return-value]


def other_groups(client: Any, prefix: str, own: str) -> dict[str, set[str]]:
    """Other programs' groups that read topics of the edition, with these topics."""
    names = sorted(group["group_id"] for group in client.list_groups() if group["group_id"] != own)
    found: dict[str, set[str]] = {}
    for group in names[:MOST_ASKED]:
        try:
            offsets = client.list_group_offsets({group: None})[group]
        except KafkaError:
            continue  # not for us to see, or gone
        if topics := {part.topic for part in offsets if of_edition(part.topic, prefix)}:
            found[group] = topics
        if len(found) == MOST_GROUPS:
            break
    return found


def reads(client: Any, group: str, topic: str) -> bool:
    """Whether a group has read a topic, and no member says that it no longer does."""
    offsets = client.list_group_offsets({group: None})[group]
    if not any(part.topic == topic for part in offsets):
        return False
    members = client.describe_groups([group])[group]["members"]
    subscribed = [member["member_metadata"] for member in members]
    told = [metadata["topics"] for metadata in subscribed if isinstance(metadata, dict)]
    return not told or any(topic in topics for topics in told)


def disks(
    client: Any, names: Collection[str], prefix: str
) -> tuple[tuple[Disk, ...], tuple[tuple[str, int], ...]]:
    """What is left on the brokers' disks, where they tell, and the bytes of topics on all of them."""
    left, sizes = [], dict[str, int]()
    for broker in client.describe_log_dirs(sorted(names)):
        folders = [folder for folder in broker["log_dirs"] if not folder["error_code"]]
        told = [folder for folder in folders if folder.get("usable_bytes", -1) >= 0]
        if told:
            least = min(told, key=lambda folder: folder["usable_bytes"])
            left.append(Disk(broker["broker"], least["usable_bytes"], least["total_bytes"]))
        for folder in folders:
            for topic in folder["topics"]:
                label = topic_label(topic["name"], prefix)
                size = sum(part["partition_size"] for part in topic["partitions"])
                sizes[label] = sizes.get(label, 0) + size
    return tuple(left), tuple(sorted(sizes.items()))


def arrivals(
    cluster: Cluster, prefix: str, records: Iterable[tuple[TopicPartition, int]]
) -> dict[tuple[TopicPartition, int], float]:
    """Unix seconds at which records were written, as far as they say.

    Raises:
        KafkaUnusable: no broker answers.
    """
    found: dict[tuple[TopicPartition, int], float] = {}
    with consumer(
        cluster, max_partition_fetch_bytes=READ_BYTES, fetch_max_bytes=READ_BYTES, max_poll_records=1
    ) as client:
        deadline = time.monotonic() + READ_SECONDS
        for part, offset in records:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            client.assign([part])
            client.seek(part, offset)
            for message in client.poll(timeout_ms=int(left * 1000)).get(part, ()):
                name, timestamp = part.topic.removeprefix(prefix), message.timestamp / 1000
                # If that one was deleted meanwhile, the next one speaks for it.
                if (moment := arrival(name, message.value, message.headers, timestamp)) is not None:
                    found[part, offset] = moment
    return found
