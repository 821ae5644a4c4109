"""What brokers answer, as it is understood; what they really say is tried in tests/live/test_lag.py."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from kafka import TopicPartition
from kafka.errors import GroupAuthorizationFailedError

from streams.lag import ask
from streams.lag.seen import Disk


def folder(free: int, *topics: tuple[str, int], error: int = 0) -> dict[str, Any]:
    return {
        "error_code": error,
        "usable_bytes": free,
        "total_bytes": 100,
        "topics": [{"name": name, "partitions": [{"partition_size": size}]} for name, size in topics],
    }


def test_the_folder_with_the_least_left_speaks_for_a_broker() -> None:
    """A broker stops at the first that is full; topics are added up over folders and brokers."""
    dirs = [
        {"broker": 1, "log_dirs": [folder(30, ("t1.news.raw", 5)), folder(20, ("t1.alerts.a", 1))]},
        {"broker": 2, "log_dirs": [folder(90, ("t1.news.raw", 5), ("t1.alerts.b", 2))]},
    ]
    left, sizes = ask.disks(SimpleNamespace(describe_log_dirs=lambda _: dirs), [], "t1.")
    assert left == (Disk(1, 20, 100), Disk(2, 90, 100))
    assert sizes == (("alerts.*", 3), ("news.raw", 10))


def test_a_broker_that_does_not_tell_has_no_disk() -> None:
    """An old one gives -1; a folder that has failed says nothing."""
    dirs = [{"broker": 1, "log_dirs": [folder(-1, ("news.raw", 5)), folder(10, error=56)]}]
    assert ask.disks(SimpleNamespace(describe_log_dirs=lambda _: dirs), [], "") == ((), (("news.raw", 5),))


def test_topics_that_are_missing_or_led_by_nobody_are_left_out() -> None:
    """The others are asked all the same."""

    def topic(name: str, leader: int, error: int = 0) -> dict[str, Any]:
        parts = [{"partition_index": 0, "leader_id": leader}] if not error else []
        return {"name": name, "error_code": error, "partitions": parts}

    topics = [topic("a", 1), topic("b", -1), topic("c", 1, error=3)]
    client = SimpleNamespace(describe_topics=lambda _: topics)
    assert ask.partitions(client, {"a", "b", "c"}) == [TopicPartition("a", 0)]


def test_an_offset_of_minus_one_is_none() -> None:
    """So brokers say that a group has acknowledged nothing there."""
    part, other = TopicPartition("a", 0), TopicPartition("a", 1)
    offsets = {"g": {part: SimpleNamespace(offset=-1), other: SimpleNamespace(offset=0)}}
    client = SimpleNamespace(list_group_offsets=lambda _: offsets)
    assert ask.committed(client, {"g": [part, other], "h": []}) == {"g": {other: 0}}


def test_groups_that_may_not_be_seen_or_read_something_else_are_passed_over() -> None:
    """On a cluster that others use too."""
    reads = {"pager": "t1.alerts.a", "billing": "invoices", "other edition": "t2.alerts"}

    def offsets(wanted: dict[str, None]) -> dict[str, Any]:
        [group] = wanted
        if group == "secret":
            raise GroupAuthorizationFailedError
        return {group: {TopicPartition(reads[group], 0): None}}

    groups = [{"group_id": name} for name in (*reads, "secret", "t1.newswatch")]
    client = SimpleNamespace(list_groups=lambda: groups, list_group_offsets=offsets)
    assert ask.other_groups(client, "t1.", "t1.newswatch") == {"pager": {"t1.alerts.a"}}


@pytest.mark.parametrize(
    ("committed", "subscribed", "expected"),
    [
        (["news.raw"], [["news.raw"]], False),  # never had a webhook
        (["alerts"], [["news.raw"], ["alerts"]], True),
        (["alerts"], [["news.raw"]], False),  # had one once
        (["alerts"], [], True),  # no worker runs: the next may
    ],
)
def test_alerts_are_read_by_workers_that_have_a_webhook(
    committed: list[str], subscribed: list[list[str]], expected: bool
) -> None:
    """Where it was taken out, what is left of it is no lag."""
    offsets = {TopicPartition(topic, 0): None for topic in committed}
    members = [{"member_metadata": {"topics": topics}} for topics in subscribed]
    client = SimpleNamespace(
        list_group_offsets=lambda _: {"g": offsets}, describe_groups=lambda _: {"g": {"members": members}}
    )
    assert ask.reads(client, "g", "alerts") is expected
