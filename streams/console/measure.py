"""The console's own numbers, and what it sees of the brokers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import choose_encoder

from streams.lag.collector import LagCollector
from streams.process import describe_process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streams.console.feed import Feed
    from streams.lag.collector import Sight
    from streams.records import Stage


class ConsoleMetrics:
    """What `/metrics` gives; all of it is read when it is asked for."""

    def __init__(
        self,
        feeds: Mapping[Stage, Feed],
        streams: Callable[[], int],
        sight: Sight,
        registry: CollectorRegistry | None = None,
    ) -> None:
        """Make them.

        Args:
            feeds: the topics of alerts; looked into at each scrape.
            streams: how many clients have a stream.
            sight: of the brokers.
            registry: where to; None for one of its own.
        """
        self.registry = registry or CollectorRegistry()
        describe_process(self.registry, "console")
        self.registry.register(LagCollector(sight))
        Gauge(
            "console_streams", "Clients that have a stream.", namespace="newswatch", registry=self.registry
        ).set_function(streams)
        in_memory = Gauge(
            "console_alerts_in_memory",
            "Alerts and revisions in the console's memory; older ones are read from the topic.",
            ["stage"],
            namespace="newswatch",
            registry=self.registry,
        )
        ready = Gauge(
            "console_ready",
            "1 where it has read the topic of a stage and the broker answers, else 0.",
            ["stage"],
            namespace="newswatch",
            registry=self.registry,
        )
        for stage, feed in feeds.items():
            in_memory.labels(stage).set_function(partial(_in_memory, feed))
            ready.labels(stage).set_function(partial(_ready, feed))

    def text(self, accept: str) -> tuple[bytes, str]:
        """The metrics in the format that is accepted (OpenMetrics where it is), and its content type."""
        encoder, content_type = choose_encoder(accept)
        return encoder(self.registry), content_type


def _in_memory(feed: Feed) -> int:
    return len(feed.log)


def _ready(feed: Feed) -> bool:
    return not feed.unmet
