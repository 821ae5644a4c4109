"""Rules about panels."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from dashboards.grafana.lint.finding import SOURCE, all_panels, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Found = Iterator[tuple[str, str]]

UNITS = {"short", "percentunit", "s", "dtdurations", "bytes"}
"""Of Grafana's list, those that are used here; a unit of one's own is a `suffix:`."""


def datasource(dashboard: Mapping[str, Any]) -> Found:
    """Each panel and each target asks the chosen source."""
    for panel in shown(dashboard):
        asked = [panel.get("datasource"), *(one.get("datasource") for one in panel.get("targets") or ())]
        if any(one != SOURCE for one in asked):
            yield str(panel.get("title")), "it does not ask $datasource"


def title_description(dashboard: Mapping[str, Any]) -> Found:
    """Each has a title of its own and a description in whole sentences."""
    for panel in shown(dashboard):
        if not panel.get("title"):
            yield f"panel {panel.get('id')}", "it has no title"
        if not (panel.get("description") or "").endswith("."):
            yield str(panel.get("title")), "it has no description in whole sentences"
    for row in all_panels(dashboard):
        if row["type"] == "row" and not row.get("title"):
            yield f"row {row.get('id')}", "it has no title"


def units(dashboard: Mapping[str, Any]) -> Found:
    """Each has a unit that Grafana knows."""
    for panel in shown(dashboard):
        unit = panel.get("fieldConfig", {}).get("defaults", {}).get("unit", "")
        if unit not in UNITS and not unit.startswith("suffix:"):
            yield str(panel.get("title")), f"its unit is {unit!r}"


def no_targets(dashboard: Mapping[str, Any]) -> Found:
    """Each asks for something."""
    for panel in shown(dashboard):
        if not panel.get("targets"):
            yield str(panel.get("title")), "it asks for nothing"


def ids(dashboard: Mapping[str, Any]) -> Found:
    """Each panel and row has an id of its own; Grafana shows two with the same one as one."""
    counts = Counter(panel.get("id") for panel in all_panels(dashboard))
    for panel in all_panels(dashboard):
        if not panel.get("id"):
            yield str(panel.get("title")), "it has no id"
        elif counts[panel["id"]] > 1:
            yield str(panel.get("title")), f"another one has its id {panel['id']}"
