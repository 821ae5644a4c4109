"""Rules that a dashboard's JSON has to keep.

Most are those of Grafana's dashboard-linter under their own names, by what its documentation says; the others
are of this project. What is left out of a rule has its reason beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.grafana.lint import frame, grid, panels, schema, targets
from dashboards.grafana.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

RULES: dict[str, Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]] = {
    "template-datasource-rule": frame.datasource,
    "template-job-rule": frame.job,
    "template-instance-rule": frame.several,
    "template-label-promql-rule": frame.label_promql,
    "template-on-time-change-reload-rule": frame.reload,
    "template-uneditable-rule": frame.uneditable,
    "template-used": frame.used,
    "annotation-alerts": frame.alerts,
    "links": frame.links,
    "panel-datasource-rule": panels.datasource,
    "panel-title-description-rule": panels.title_description,
    "panel-units-rule": panels.units,
    "panel-no-targets-rule": panels.no_targets,
    "panel-ids": panels.ids,
    "grid": grid.whole,
    "top-row": grid.top,
    "target-ref-ids": targets.ref_ids,
    "target-promql-rule": targets.promql,
    "target-rate-interval-rule": targets.rate_interval,
    "target-job-rule": targets.job,
    "target-instance-rule": targets.instance,
    "target-counter-agg-rule": targets.counter_agg,
    "target-histogram-rule": targets.histogram,
}
"""Name of a rule, and what it finds: where, and what is wrong."""


def lint(dashboard: Mapping[str, Any]) -> list[Finding]:
    """All that the rules have against a dashboard; of one that Grafana can't read, only that."""
    title = dashboard.get("title")
    unread = [Finding("schema", f"{title}: {where}", what) for where, what in schema.modelled(dashboard)]
    return unread or [
        Finding(rule, f"{title}: {where}", what)
        for rule, find in RULES.items()
        for where, what in find(dashboard)
    ]
