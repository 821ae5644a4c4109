"""A panel before it has a place: its model, its queries and its size on Grafana's grid of 24 columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.models import dashboard

from dashboards.grafana.parts.query import REFS, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboards.grafana.parts.query import Query

Steps = tuple[tuple[float | None, str], ...]
"""From which value on which colour; the first has no value."""
GOOD, WARNING, BAD, PLAIN = "green", "orange", "red", "text"


@dataclass(frozen=True, slots=True)
class Panel:
    """What it shows, what it asks, how large it is."""

    model: dashboard.Panel
    queries: tuple[Query, ...]
    width: int
    height: int


def finish(builder: Any, width: int, height: int, title: str, description: str, *queries: Query) -> Panel:
    """What every kind of panel has: title, description, data source, lettered queries."""
    builder = builder.title(title).description(description).datasource(SOURCE)
    for ref, query in zip(REFS, queries, strict=False):
        builder = builder.with_target(query.target(ref))
    return Panel(builder.build(), queries, width, height)


def above(warning: float, bad: float) -> Steps:
    """Good below, for what must stay small."""
    return ((None, GOOD), (warning, WARNING), (bad, BAD))


def below(warning: float, good: float) -> Steps:
    """Bad below `warning`, good from `good` on, for what must stay large."""
    return ((None, BAD), (warning, WARNING), (good, GOOD))


def thresholds(steps: Steps) -> build.ThresholdsConfig:
    """As the SDK has them."""
    made = [dashboard.Threshold(value=value, color=color) for value, color in steps]
    return build.ThresholdsConfig().mode(dashboard.ThresholdsMode.ABSOLUTE).steps(made)


def fixed(color: str) -> list[dashboard.DynamicConfigValue]:
    """A series that always has this colour."""
    return [dashboard.DynamicConfigValue("color", {"mode": "fixed", "fixedColor": color})]


def link(title: str, url: str) -> build.DashboardLink:
    """From a value to another page, in a new tab."""
    return build.DashboardLink(title).type(dashboard.DashboardLinkType.LINK).url(url).target_blank(True)


def colored(builder: Any, colors: Iterable[tuple[str, str]]) -> Any:
    """Series by name that always have the same colour."""
    for name, color in colors:
        builder = builder.override_by_name(name, fixed(color))
    return builder
