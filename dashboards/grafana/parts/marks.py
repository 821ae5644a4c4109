"""What is marked on the charts."""

from __future__ import annotations

from typing import Any

from grafana_foundation_sdk.models.dashboard import AnnotationQuery

from dashboards.grafana.parts.promql import series
from dashboards.grafana.parts.query import SOURCE


class Marks(AnnotationQuery):
    """A query of Prometheus whose series are told by their labels.

    The SDK's model is that of any annotation, without three fields that Grafana's data source for Prometheus
    reads.
    """

    def __init__(
        self, *, name: str, expr: str, title: str, text: str, tags: str, color: str, on: bool
    ) -> None:
        super().__init__(name=name, datasource=SOURCE, enable=on, icon_color=color, expr=expr)
        self._told = {"titleFormat": title, "textFormat": text, "tagKeys": tags}

    def to_json(self) -> dict[str, Any]:
        """As the SDK has it, and the three."""
        return super().to_json() | self._told


ALERTS = Marks(
    name="Alerts of Prometheus",
    expr=series("ALERTS", 'alertstate="firing"', 'alertname!="Watchdog"'),
    title="{{alertname}}",
    text="{{watch}} {{entity}} {{source}} {{step}} {{instance}}",
    tags="severity",
    color="red",
    on=True,
)
WATCHLISTS = Marks(
    name="New watchlist",
    expr=f"{series('newswatch_watchlist_info')} unless {series('newswatch_watchlist_info')} offset 2m",
    title="A worker has a watchlist that is new to it",
    text="version {{version}}, {{instance}}",
    tags="",
    color="blue",
    on=False,
)
