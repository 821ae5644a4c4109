"""Rankings and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grafana_foundation_sdk.builders import bargauge
from grafana_foundation_sdk.builders import common as parts
from grafana_foundation_sdk.builders import table as tables
from grafana_foundation_sdk.models import common
from grafana_foundation_sdk.models.dashboard import DataTransformerConfig, DynamicConfigValue

from dashboards.grafana.parts.charts import HEIGHT
from dashboards.grafana.parts.panel import finish, link, thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboards.grafana.parts.panel import Panel
    from dashboards.grafana.parts.query import Query

SEVERITY: list[DynamicConfigValue] = [
    DynamicConfigValue("custom.cellOptions", {"type": "color-text"}),
    DynamicConfigValue(
        "mappings",
        [
            {
                "type": "value",
                "options": {
                    "critical": {"color": "red", "index": 0},
                    "warning": {"color": "orange", "index": 1},
                    "info": {"color": "blue", "index": 2},
                },
            }
        ],
    ),
]
"""A column of severities, each in its colour."""


def ranking(
    title: str,
    description: str,
    unit: str,
    query: Query,
    *,
    width: int = 12,
    height: int = HEIGHT,
    to: tuple[str, str] | None = None,
    none: str = "no data",
) -> Panel:
    """The largest first, as bars with their names on the left."""
    made = (
        bargauge.Panel()
        .unit(unit)
        .min(0)
        .decimals(0)
        .no_value(none)
        .orientation(common.VizOrientation.HORIZONTAL)
        .display_mode(common.BarGaugeDisplayMode.BASIC)
        .name_placement(common.BarGaugeNamePlacement.LEFT)
        .show_unfilled(False)
        .thresholds(thresholds(((None, "blue"),)))
        .reduce_options(parts.ReduceDataOptions().calcs(["lastNotNull"]))
    )
    if to:
        made = made.data_links([link(*to)])
    return finish(made, width, height, title, description, query)


def table(
    title: str,
    description: str,
    unit: str,
    query: Query,
    *,
    columns: Mapping[str, str],
    sort: str,
    descending: bool = False,
    links: Mapping[str, tuple[str, str]] | None = None,
    width: int = 12,
    height: int = HEIGHT,
    none: str = "nothing",
) -> Panel:
    """A row for each series.

    Args:
        title: of the panel.
        description: of the panel.
        unit: of the value, Grafana's name of it.
        query: has `form` table and is instant.
        columns: label, or `Value`, and what is written above it, in this order; others are left out.
        sort: what is written above the column to sort by.
        descending: the largest first.
        links: what is written above a column, and title and address of its cells' link.
        width: columns.
        height: rows.
        none: shown where there is no row.
    """
    chosen: dict[str, Any] = {"include": {"names": list(columns)}}
    order = {name: index for index, name in enumerate(columns)}
    order_and_names: dict[str, Any] = {
        "indexByName": order,
        "renameByName": dict(columns),
        "excludeByName": {},
    }
    made = (
        tables.Panel()
        .unit(unit)
        .decimals(0)
        .no_value(none)
        .cell_height(common.TableCellHeight.SM)
        .with_transformation(DataTransformerConfig(id_val="filterFieldsByName", options=chosen))
        .with_transformation(DataTransformerConfig(id_val="organize", options=order_and_names))
        .sort_by([parts.TableSortByFieldState().display_name(sort).desc(descending)])
    )
    for column, (name, url) in (links or {}).items():
        linked = [{"title": name, "url": url, "targetBlank": True}]
        made = made.override_by_name(column, [DynamicConfigValue("links", linked)])
    if "severity" in columns:
        made = made.override_by_name(columns["severity"], SEVERITY)
    return finish(made, width, height, title, description, query)
