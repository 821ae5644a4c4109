"""What every process says of itself."""

from __future__ import annotations

from importlib.metadata import version
from typing import get_args

import pytest
from prometheus_client import CollectorRegistry

from streams.feeds.measure import FeedMetrics
from streams.metrics import Metrics
from streams.process import Component, describe_process


@pytest.mark.parametrize("component", get_args(Component))
def test_a_process_says_what_it_is_and_what_it_takes(component: Component) -> None:
    """Its version, processor time and memory."""
    registry = CollectorRegistry()
    describe_process(registry, component)
    labels = {"component": component, "version": version("newswatch")}
    assert registry.get_sample_value("newswatch_process_info", labels) == 1
    for name in ("process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"):
        assert registry.get_sample_value(name)


def test_workers_and_pollers_say_so() -> None:
    """Each on its own registry."""
    for metrics, component in ((Metrics(), "worker"), (FeedMetrics(()), "feeds")):
        labels = {"component": component, "version": version("newswatch")}
        assert metrics.registry.get_sample_value("newswatch_process_info", labels) == 1
