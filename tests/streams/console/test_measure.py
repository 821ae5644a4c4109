"""The console's metrics."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from streams.console.measure import ConsoleMetrics
from streams.lag.seen import Lag, Seen
from tests.streams.console.conftest import made_feed, take
from tests.streams.console.test_api import client_of, made_api

if TYPE_CHECKING:
    from tests.streams.console.conftest import MakeAlert


class Brokers:
    """As last seen."""

    seen = Seen(lags=(Lag("newswatch", "news.raw", 0, 7, 1.5),))
    up = True


def test_what_is_counted(alert: MakeAlert) -> None:
    """Streams and memory as they are, and what was seen of the brokers."""
    registry = CollectorRegistry()
    feeds = {"live": made_feed(), "shadow": made_feed()}
    ConsoleMetrics(feeds, lambda: 3, Brokers(), registry)
    take(feeds["live"], alert(1), alert(2))
    feeds["shadow"].caught_up.clear()
    value = registry.get_sample_value
    assert value("newswatch_console_streams") == 3
    assert value("newswatch_console_alerts_in_memory", {"stage": "live"}) == 2
    assert value("newswatch_console_ready", {"stage": "live"}) == 1
    assert value("newswatch_console_ready", {"stage": "shadow"}) == 0
    labels = {"group": "newswatch", "topic": "news.raw", "partition": "0"}
    assert value("newswatch_lag_records", labels) == 7
    assert value("newswatch_process_info", {"component": "console", "version": version("newswatch")}) == 1


def test_prometheus_gets_openmetrics() -> None:
    """Where it asks for it; anyone else the older text."""
    client = client_of(made_api())
    asked = {"accept": "application/openmetrics-text; version=1.0.0"}
    response = client.get("/metrics", headers=asked)
    assert response.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    names = {family.name for family in text_string_to_metric_families(response.text)}
    assert "newswatch_console_streams" in names
    assert client.get("/metrics").headers["content-type"].startswith("text/plain")
