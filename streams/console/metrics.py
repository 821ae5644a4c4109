"""What the console gives Prometheus: the lag of all groups, the brokers, itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from streams.exposition import exposition
from streams.lag.collector import LagCollector
from streams.lag.observer import Observer
from streams.process import describe_process

if TYPE_CHECKING:
    from streams.lag.seen import Lag
    from streams.settings import Settings


class ConsoleMetrics:
    """Looks at the brokers from a thread of its own between `start` and `stop`."""

    def __init__(self, settings: Settings) -> None:
        self.sight = Observer(settings, others=True)
        self.registry = CollectorRegistry()
        describe_process(self.registry, "console")
        self.registry.register(LagCollector(self.sight))

    def start(self) -> None:
        """Look from now on."""
        self.sight.start()

    def stop(self) -> None:
        """Look no more; waits two seconds at most."""
        self.sight.stop()

    @property
    def lags(self) -> tuple[Lag, ...] | None:
        """How far each group is behind in each partition; None where the brokers do not say."""
        seen = self.sight.seen
        return seen.lags if seen else None

    def text(self, accept: str) -> tuple[str, bytes]:
        """Content type and body of `/metrics`; takes a few ms, better not on the event loop.

        Args:
            accept: the request's header, empty where it has none.
        """
        return exposition(self.registry, accept)
