"""What the console gives Prometheus."""

from __future__ import annotations

from streams.console.metrics import ConsoleMetrics
from streams.settings import load


def test_a_console_that_asked_nobody_yet_says_what_it_is_and_no_more() -> None:
    """No lag, and no broker that is down."""
    metrics = ConsoleMetrics(load({}))
    kind, body = metrics.text("")
    assert kind.startswith("application/openmetrics-text")
    assert b'newswatch_process_info{component="console"' in body
    assert b"\nnewswatch_broker_up" not in body
    assert metrics.lags is None
