"""What every process says of itself."""

from __future__ import annotations

import subprocess
import sys
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


@pytest.mark.parametrize(
    "made",
    [
        "from streams.metrics import Metrics as made",
        "from streams.feeds.measure import FeedMetrics; made = lambda: FeedMetrics(())",
    ],
)
def test_nobody_tells_when_a_series_was_made(made: str) -> None:
    """Whatever else a process has loaded: hence one of its own."""
    told = "from prometheus_client import generate_latest; print(generate_latest(made().registry).decode())"
    done = subprocess.run(
        [sys.executable, "-c", f"{made}; {told}"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "newswatch_" in done.stdout
    assert "_created" not in done.stdout
