"""Faust's own numbers, on a monitor driven as Faust drives it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from faust.types import TP
from prometheus_client import CollectorRegistry

from streams.faust_metrics import FaustMonitor
from streams.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def monitor() -> FaustMonitor:
    """Of an edition with a prefix; its clock stands until a test moves it."""
    it = FaustMonitor(CollectorRegistry(), "t1.")
    it.now = 100.0  # type: ignore[attr-defined]
    it.time = lambda: it.now  # type: ignore[attr-defined]
    return it


def value(monitor: FaustMonitor, name: str, **labels: str) -> float | None:
    return monitor.metrics.get_sample_value(f"faust_{name}", labels)


def send(monitor: FaustMonitor, topic: str, seconds: float) -> None:
    nothing: Any = None
    state = monitor.on_send_initiated(nothing, topic, nothing, 1, 1)
    monitor.now += seconds  # type: ignore[attr-defined]
    monitor.on_send_completed(nothing, state, nothing)


def test_records_are_counted_by_plain_topic_and_those_of_watches_together(monitor: FaustMonitor) -> None:
    """However many watches there are, they are one series."""
    for topic in ("t1.alerts", "t1.alerts.ceasefire", "t1.alerts.sanctions", "t1.alerts.suppressed"):
        send(monitor, topic, 0.01)
    counts = {
        topic: value(monitor, "messages_sent_total", topic=topic)
        for topic in ("alerts", "alerts.*", "alerts.suppressed", "alerts.ceasefire")
    }
    assert counts == {"alerts": 1, "alerts.*": 2, "alerts.suppressed": 1, "alerts.ceasefire": None}


def test_sending_is_timed_in_seconds(monitor: FaustMonitor) -> None:
    """From the hand-over to the acknowledgement."""
    send(monitor, "t1.alerts", 0.3)
    assert value(monitor, "send_duration_seconds_sum") == pytest.approx(0.3)
    assert value(monitor, "send_duration_seconds_bucket", le="0.25") == 0
    assert value(monitor, "send_duration_seconds_bucket", le="0.5") == 1


def test_records_in_hand_are_those_received_and_not_yet_done(monitor: FaustMonitor) -> None:
    """Back to 0 when all are acknowledged."""
    messages: list[Any] = [SimpleNamespace(time_in=None) for _ in range(3)]
    part = TP("t1.news.raw", 0)
    for offset, message in enumerate(messages):
        monitor.on_message_in(part, offset, message)
    assert value(monitor, "messages_received_total", topic="news.raw") == 3
    assert value(monitor, "messages_active") == 3
    for offset, message in enumerate(messages):
        monitor.on_message_out(part, offset, message)
    assert value(monitor, "messages_active") == 0
    assert value(monitor, "messages_received_total", topic="news.raw") == 3


def test_a_rebalance_is_counted_when_it_begins_and_timed_to_its_end(monitor: FaustMonitor) -> None:
    """The counter only grows; that one is under way is a number of its own."""
    app: Any = SimpleNamespace(rebalancing_count=1)
    for seconds in (1.5, 4.0):
        state = monitor.on_rebalance_start(app)
        assert value(monitor, "rebalancing") == 1
        monitor.on_rebalance_return(app, state)
        monitor.now += seconds  # type: ignore[attr-defined]
        monitor.on_rebalance_end(app, state)
    assert value(monitor, "rebalancing") == 0
    assert value(monitor, "rebalances_total") == 2
    assert value(monitor, "rebalance_duration_seconds_sum") == 5.5


def test_commits_full_buffers_assignments_and_tables_are_counted(monitor: FaustMonitor) -> None:
    """A rebalance takes none of it back."""
    nothing: Any = None
    state = monitor.on_commit_initiated(nothing)
    monitor.now += 0.02  # type: ignore[attr-defined]
    monitor.on_commit_completed(nothing, state)
    monitor.on_topic_buffer_full(TP("t1.news.raw", 0))
    monitor.on_assignment_completed(nothing, monitor.on_assignment_start(nothing))
    table: Any = SimpleNamespace(name="desk")
    monitor.on_table_get(table, b"k")
    monitor.on_table_set(table, b"k", b"v")
    app: Any = SimpleNamespace(rebalancing_count=1)
    monitor.on_rebalance_start(app)
    assert value(monitor, "commit_duration_seconds_count") == 1
    assert value(monitor, "buffer_full_total") == 1
    assert value(monitor, "assignments_total", outcome="completed") == 1
    assert value(monitor, "table_operations_total", table="desk", operation="updated") == 1
    assert value(monitor, "table_operations_total", table="desk", operation="deleted") == 0


def test_the_app_counts_with_it(tmp_path: Path) -> None:
    """In place of Faust's own, which tells Prometheus nothing."""
    from streams.app import build_app  # noqa: PLC0415  which builds all agents

    assert isinstance(build_app(Settings(data_dir=tmp_path)).monitor, FaustMonitor)
