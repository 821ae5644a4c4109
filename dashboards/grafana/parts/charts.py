"""Courses over time: lines, stacked bars, heat maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grafana_foundation_sdk.builders import common as parts
from grafana_foundation_sdk.builders import heatmap as heat
from grafana_foundation_sdk.builders import timeseries
from grafana_foundation_sdk.models import common, heatmap

from dashboards.grafana.parts.panel import colored, finish, link, thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboards.grafana.parts.panel import Panel
    from dashboards.grafana.parts.query import Query

HEIGHT = 8


def lines(
    title: str,
    description: str,
    unit: str,
    *queries: Query,
    width: int = 12,
    height: int = HEIGHT,
    step: str = "",
    limit: float | None = None,
    share: bool = False,
    colors: Iterable[tuple[str, str]] = (),
    to: tuple[str, str] | None = None,
    none: str = "no data",
) -> Panel:
    """A line for each series, from zero.

    Args:
        title: of the panel.
        description: of the panel.
        unit: Grafana's name of it.
        queries: what is drawn.
        width: columns.
        height: rows.
        step: the shortest time between two points; Grafana's choice, if not given.
        limit: value at which a dashed red line is drawn.
        share: whether values are shares, so that the axis ends at 1.
        colors: name of a series and its colour.
        to: title and address of a link from a value.
        none: shown where there is no value.
    """
    made = _drawn(unit, none).draw_style(common.GraphDrawStyle.LINE).fill_opacity(8)
    if step:
        made = made.interval(step)
    if share:
        made = made.max(1)
    if limit is not None:
        dashed = parts.GraphThresholdsStyleConfig().mode(common.GraphThresholdsStyleMode.DASHED)
        made = made.thresholds(thresholds(((None, "transparent"), (limit, "red")))).thresholds_style(dashed)
        made = made.axis_soft_max(limit)
    if to:
        made = made.data_links([link(*to)])
    return finish(colored(made, colors), width, height, title, description, *queries)


def bars(
    title: str,
    description: str,
    unit: str,
    *queries: Query,
    width: int = 12,
    height: int = HEIGHT,
    step: str = "",
    colors: Iterable[tuple[str, str]] = (),
    to: tuple[str, str] | None = None,
    none: str = "no data",
) -> Panel:
    """Series that add up to something, as stacked bars; the rest is as in `lines`."""
    stacked = parts.StackingConfig().mode(common.StackingMode.NORMAL).group("A")
    made = (
        _drawn(unit, none)
        .draw_style(common.GraphDrawStyle.BARS)
        .fill_opacity(70)
        .line_width(0)
        .stacking(stacked)
    )
    if step:
        made = made.interval(step)
    if to:
        made = made.data_links([link(*to)])
    return finish(colored(made, colors), width, height, title, description, *queries)


def heat_map(
    title: str, description: str, unit: str, query: Query, *, width: int = 12, height: int = HEIGHT
) -> Panel:
    """How often which value was seen, from a histogram's buckets."""
    color = (
        heat.HeatmapColorOptions()
        .mode(heatmap.HeatmapColorMode.SCHEME)
        .scheme("Blues")
        .steps(32)
        .exponent(0.5)
        .fill("dark-blue")
    )
    made = (
        heat.Panel()
        .unit(unit)
        .calculate(False)
        .color(color)
        .y_axis(heat.YAxisConfig().unit(unit).axis_placement(common.AxisPlacement.LEFT))
        .cell_gap(1)
        .show_legend()
        .mode(common.TooltipDisplayMode.SINGLE)
        .exemplars_color("rgba(255,0,255,0.7)")
    )
    return finish(made, width, height, title, description, query)


def _drawn(unit: str, none: str) -> timeseries.Panel:
    legend = (
        parts.VizLegendOptions()
        .show_legend(True)
        .display_mode(common.LegendDisplayMode.LIST)
        .placement(common.LegendPlacement.BOTTOM)
    )
    tooltip = (
        parts.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI).sort(common.SortOrder.DESCENDING)
    )
    return (
        timeseries.Panel()
        .unit(unit)
        .min(0)
        .no_value(none)
        .show_points(common.VisibilityMode.NEVER)
        .legend(legend)
        .tooltip(tooltip)
    )
