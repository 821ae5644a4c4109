"""Alerts of Prometheus that fire, each with the way to its runbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.grafana.parts.lists import table
from dashboards.grafana.parts.promql import series
from dashboards.grafana.parts.query import Query

if TYPE_CHECKING:
    from dashboards.grafana.parts.panel import Panel

ABOUT = ("watch", "entity", "source", "step", "group", "topic", "feed", "broker", "component", "instance")
"""What an alert can be about: each has a few of these labels."""
CALM = "nothing fires"


def firing(title: str, description: str, *matchers: str, width: int, height: int) -> Panel:
    """A row for each alert, the critical ones first."""
    found = series("ALERTS", 'alertstate="firing"', 'alertname!="Watchdog"', *matchers)
    labels = ", ".join(f'"{name}"' for name in ABOUT)
    return table(
        title,
        f"{description} An alert leads to its runbook.",
        "short",
        Query(
            f'count by (alertname, severity, about) (label_join({found}, "about", " ", {labels}))',
            form="table",
            instant=True,
            empty=CALM,
        ),
        columns={"alertname": "Alert", "severity": "Severity", "about": "About"},
        sort="Severity",
        links={"Alert": ("Runbook", "${runbooks:raw}/${__value.raw}.md")},
        width=width,
        height=height,
        none=CALM,
    )
