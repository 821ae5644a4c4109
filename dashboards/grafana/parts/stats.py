"""Figures in large type, read in five seconds. Colour means judgement; what is only told has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grafana_foundation_sdk.builders import common as parts
from grafana_foundation_sdk.builders import stat as stats
from grafana_foundation_sdk.models import common, dashboard

from dashboards.grafana.parts.panel import PLAIN, Steps, finish, link, thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboards.grafana.parts.panel import Panel
    from dashboards.grafana.parts.query import Query

HEIGHT = 4


def stat(
    title: str,
    description: str,
    unit: str,
    query: Query,
    *,
    width: int,
    judged: Steps = ((None, PLAIN),),
    none: str = "no data",
    decimals: int | None = None,
    names: bool = False,
    words: Mapping[str, str] | None = None,
    to: tuple[str, str] | None = None,
) -> Panel:
    """One figure, with its course behind it where the query has one.

    Args:
        title: of the panel.
        description: of the panel.
        unit: Grafana's name of it.
        query: gives one series.
        width: columns.
        judged: colours by value; without them the figure is only told.
        none: shown where there is no value.
        decimals: as many as fit, if None.
        names: show the names of the series, not their values.
        words: shown in place of values.
        to: title and address of a link.
    """
    judging = len(judged) > 1
    made = (
        stats.Panel()
        .unit(unit)
        .thresholds(thresholds(judged))
        .no_value(none)
        .color_mode(common.BigValueColorMode.BACKGROUND if judging else common.BigValueColorMode.VALUE)
        .graph_mode(common.BigValueGraphMode.NONE if query.instant else common.BigValueGraphMode.AREA)
        .text_mode(common.BigValueTextMode.NAME if names else common.BigValueTextMode.VALUE)
        .reduce_options(parts.ReduceDataOptions().calcs(["lastNotNull"]))
    )
    if decimals is not None:
        made = made.decimals(decimals)
    if words:
        told = {value: dashboard.ValueMappingResult(text=word) for value, word in words.items()}
        made = made.mappings([dashboard.ValueMap(options=told)])
    if to:
        made = made.data_links([link(*to)])
    return finish(made, width, HEIGHT, title, description, query)
