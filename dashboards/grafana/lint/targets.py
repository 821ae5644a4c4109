"""Rules about queries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import promql_parser

from dashboards.grafana.lint import parsed
from dashboards.grafana.lint.finding import shown, variables
from dashboards.grafana.lint.finding import targets as all_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Found = Iterator[tuple[str, str]]

SAID = {promql_parser.parse_duration("1h"): "last hour"}
"""A window that does not go with the zoom is said in the panel's description."""
NO_JOB = ("kminion_",)
"""kminion has a job of its own, and tells of the cluster, whatever edition is on it."""
PER_PROCESS = re.compile(
    r"process_.+|faust_.+"
    r"|newswatch_(?:process_info|pool_.+|model_info|table_.+|remembered_.+|evicted_.+|batch_size.*|step_.+)"
)
"""What a process tells of itself; it can be narrowed to some instances."""
OF_ALL = {"newswatch_model_info", "newswatch_batch_size_sum"}
"""Of these, such as are also looked at for the whole edition."""
RATES = {"rate", "irate", "increase"}


def ref_ids(dashboard: Mapping[str, Any]) -> Found:
    """Each target has a letter of its own; two of the same letter are answered as one."""
    for panel in shown(dashboard):
        refs = [one.get("refId") for one in panel.get("targets") or ()]
        if not all(refs) or len(set(refs)) < len(refs):
            yield str(panel.get("title")), f"its refIds are {refs}"


def promql(dashboard: Mapping[str, Any]) -> Found:
    """Each is PromQL."""
    for where, _, target in all_targets(dashboard):
        try:
            parsed.tree(target["expr"])
        except ValueError as error:
            yield where, str(error)


def rate_interval(dashboard: Mapping[str, Any]) -> Found:
    """Ranges go with the zoom, or the description says how long they are."""
    for where, panel, target in _valid(dashboard):
        for window in parsed.windows(target["expr"]) - {parsed.RATE_INTERVAL, parsed.RANGE}:
            said = SAID.get(window)
            if said is None or said not in panel["description"]:
                yield where, f"a range of {window} that the description does not tell"
        if parsed.RANGE in parsed.windows(target["expr"]) and not target.get("instant"):
            yield where, "$__range at each point of a chart"


def job(dashboard: Mapping[str, Any]) -> Found:
    """Each series is asked for its edition."""
    for where, _, target in _valid(dashboard):
        for selector in parsed.selectors(target["expr"]):
            name = selector.name or ""
            if not parsed.matches(selector, "job", "$job") and not name.startswith(NO_JOB):
                yield where, f'{name} has no job=~"$job"'


def instance(dashboard: Mapping[str, Any]) -> Found:
    """What a process tells of itself is narrowed to the chosen ones, where they can be chosen."""
    if "instance" not in variables(dashboard):
        return
    for where, _, target in _valid(dashboard):
        for selector in parsed.selectors(target["expr"]):
            name = selector.name or ""
            if (
                PER_PROCESS.fullmatch(name)
                and name not in OF_ALL
                and not parsed.matches(selector, "instance", "$instance")
            ):
                yield where, f'{name} has no instance=~"$instance"'


def counter_agg(dashboard: Mapping[str, Any]) -> Found:
    """A counter is only looked at by how it grows."""
    for where, _, target in _valid(dashboard):
        for node, above in parsed.nodes(target["expr"]):
            if isinstance(node, promql_parser.VectorSelector) and (node.name or "").endswith(
                ("_total", "_bucket", "_sum", "_count")
            ):
                call = above[-2] if len(above) > 1 else None
                if not isinstance(call, promql_parser.Call) or call.func.name not in RATES:
                    yield where, f"{node.name} is not in rate() or increase()"


def histogram(dashboard: Mapping[str, Any]) -> Found:
    """Quantiles are those of buckets added up with their `le`."""
    for where, _, target in _valid(dashboard):
        for node, _above in parsed.nodes(target["expr"]):
            if not isinstance(node, promql_parser.Call) or node.func.name != "histogram_quantile":
                continue
            inner = node.args[1]
            labels = getattr(getattr(inner, "modifier", None), "labels", [])
            names = parsed.metrics(target["expr"])
            if "le" not in labels or not all(name.endswith("_bucket") for name in names):
                yield where, "histogram_quantile of something else than buckets by le"


def _valid(dashboard: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for where, panel, target in all_targets(dashboard):
        try:
            parsed.tree(target["expr"])
        except ValueError:
            continue  # another rule says so
        yield where, panel, target
