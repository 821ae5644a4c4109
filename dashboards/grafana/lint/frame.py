"""Rules about what is around the panels: variables, annotations, links."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from dashboards.grafana.lint import parsed
from dashboards.grafana.lint.finding import SOURCE, variables
from dashboards.grafana.parts import query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Found = Iterator[tuple[str, str]]

_ASKED = re.compile(r"label_values\((?:(.+), )?(\w+)\)")
ON_TIME_RANGE_CHANGED = 2
GRAFANAS = {"__rate_interval", "__range", "__interval", "__value", "__field"}


def datasource(dashboard: Mapping[str, Any]) -> Found:
    """One variable of that type, called `datasource`, for Prometheus."""
    found = [one for one in variables(dashboard).values() if one["type"] == "datasource"]
    if [(one["name"], one["query"], one.get("label")) for one in found] != [
        ("datasource", "prometheus", "Data source")
    ]:
        yield "variables", "there is not exactly one $datasource, 'Data source', for Prometheus"


def job(dashboard: Mapping[str, Any]) -> Found:
    """`$job`, asked of Prometheus. Not several at once, as the linter has it: editions are never added up."""
    one = variables(dashboard).get("job", {})
    if (one.get("type"), one.get("label"), one.get("datasource")) != ("query", "Job", SOURCE):
        yield "variables", "there is no $job, 'Job', that is asked of $datasource"
    elif one.get("multi") or one.get("includeAll"):
        yield "$job", "several can be chosen, and two editions never add up to anything"


def several(dashboard: Mapping[str, Any]) -> Found:
    """`$instance` and `$watch`: several or all can be chosen. Only where a panel can be narrowed by it."""
    for name in ("instance", "watch"):
        one = variables(dashboard).get(name)
        wanted = {"type": "query", "label": name.capitalize(), "datasource": SOURCE, "multi": True}
        wanted |= {"includeAll": True, "allValue": ".+"}
        if one and (wrong := [key for key, value in wanted.items() if one.get(key) != value]):
            yield f"${name}", f"{', '.join(wrong)} are not {[wanted[key] for key in wrong]}"


def label_promql(dashboard: Mapping[str, Any]) -> Found:
    """Queries of variables are `label_values(series, label)` with valid PromQL."""
    for name, one in variables(dashboard).items():
        if one["type"] != "query":
            continue
        asked = _ASKED.fullmatch(one["query"])
        if not asked:
            yield f"${name}", f"{one['query']!r} is not label_values(series, label)"
        elif asked[1]:
            try:
                parsed.tree(asked[1])
            except ValueError as error:
                yield f"${name}", f"{asked[1]!r}: {error}"


def reload(dashboard: Mapping[str, Any]) -> Found:
    """What there is to choose from is that of the time shown."""
    for name, one in variables(dashboard).items():
        if one["type"] == "query" and one.get("refresh") != ON_TIME_RANGE_CHANGED:
            yield f"${name}", "it is not asked again when the time changes"


def uneditable(dashboard: Mapping[str, Any]) -> Found:
    """What is changed by hand would be gone with the next start."""
    if dashboard.get("editable") is not False:
        yield "frame", "it can be edited"


def used(dashboard: Mapping[str, Any]) -> Found:
    """Each variable is used, and what is used is one."""
    rest = {key: value for key, value in dashboard.items() if key != "templating"}
    asked = {name for text in _texts(rest) for name in query.variables(text)} - GRAFANAS
    there = variables(dashboard)
    asked |= {
        name for one in there.values() for text in _texts(one) for name in query.variables(text)
    } - GRAFANAS
    for name in sorted(asked - there.keys() - {"__all"}):
        yield f"${name}", "it is used, and is no variable"
    for name in sorted(there.keys() - asked):
        yield f"${name}", "nothing uses it"


def alerts(dashboard: Mapping[str, Any]) -> Found:
    """Alerts of Prometheus are marked on the charts, from the chosen source."""
    found = dashboard.get("annotations", {}).get("list", ())
    if not any(one["enable"] and "ALERTS" in parsed.metrics(one["expr"]) for one in found):
        yield "annotations", "no alert of Prometheus is marked"
    for one in found:
        if one["datasource"] != SOURCE:
            yield one["name"], "it is not asked of $datasource"


def links(dashboard: Mapping[str, Any]) -> Found:
    """To the other dashboards, with what was chosen; to the console and the runbooks, by variables."""
    found = dashboard.get("links", ())
    if not any(one["type"] == "dashboards" and one["includeVars"] and one["keepTime"] for one in found):
        yield "links", "none leads to the other dashboards and keeps what was chosen"
    urls = re.findall(r'"url": "([^"]*)"', json.dumps(dashboard))
    for place in ("console", "runbooks"):
        if not any(url.startswith(f"${{{place}:raw}}") for url in urls):
            yield "links", f"none leads to ${place}"
    for url in urls:
        if not url.startswith("${"):
            yield "links", f"{url} is a fixed address"


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)
