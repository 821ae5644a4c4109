"""A dashboard: its rows in the frame that all three have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import DashboardCursorSync, DashboardLinkType

from dashboards.grafana.parts.grid import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grafana_foundation_sdk.cog.builder import Builder
    from grafana_foundation_sdk.models.dashboard import AnnotationQuery, DashboardLink, VariableModel

    from dashboards.grafana.parts.grid import Row
    from dashboards.grafana.parts.query import Query

TAG = "newswatch"
"""By which the dashboards find each other."""


class Addresses(NamedTuple):
    """Where people go from a dashboard, without a slash at the end; who looks can type another one."""

    console: str = "http://127.0.0.1:8464"
    runbooks: str = "https://git.example.org/newswatch/docs/operations/runbooks"


@dataclass(frozen=True, slots=True)
class Board:
    """What is told, and in which frame."""

    uid: str
    title: str
    description: str
    since: str
    """How far it looks back when it is opened, as `now-24h`."""
    refresh: str
    variables: Callable[[Addresses], tuple[VariableModel, ...]]
    annotations: tuple[AnnotationQuery, ...]
    rows: Callable[[], tuple[Row, ...]]

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.uid.removeprefix(f'{TAG}-')}.json"

    def asked(self) -> Iterator[tuple[str, Query]]:
        """Each query of each panel, with the panel's title."""
        for row in self.rows():
            for panel in row.panels:
                for query in panel.queries:
                    yield panel.model.title or "", query

    def text(self, addresses: Addresses | None = None) -> str:
        """Its JSON, as Grafana reads it."""
        made = (
            build.Dashboard(self.title)
            .uid(self.uid)
            .description(self.description)
            .tags([TAG])
            .readonly()
            .timezone("browser")
            .tooltip(DashboardCursorSync.CROSSHAIR)
            .time(self.since, "now")
            .refresh(self.refresh)
            .links(_links())
            .build()
        )
        # Built apart: the SDK's builders place panels by themselves, and give no ids.
        made.panels = placed(self.rows())
        made.templating.list_val = list(self.variables(addresses or Addresses()))
        made.annotations.list_val = list(self.annotations)
        return json.dumps(made, cls=JSONEncoder, indent=2, ensure_ascii=False) + "\n"


def _links() -> list[Builder[DashboardLink]]:
    others = (
        build.DashboardLink("Newswatch")
        .type(DashboardLinkType.DASHBOARDS)
        .tags([TAG])
        .include_vars(True)
        .keep_time(True)
    )
    pages = (
        ("Console", "${console:raw}/", "Alerts as they come, stories, watches, why an article did not alert"),
        ("Runbooks", "${runbooks:raw}", "What to do for each alert of Prometheus"),
    )
    return [
        others,
        *(
            build.DashboardLink(title)
            .type(DashboardLinkType.LINK)
            .url(url)
            .tooltip(tooltip)
            .icon("external link")
            .target_blank(True)
            for title, url, tooltip in pages
        ),
    ]
