"""Each rule finds what it is for: a dashboard that keeps all of them is broken in one place."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.grafana import engine
from dashboards.grafana.lint import RULES, lint
from dashboards.grafana.lint.finding import variables

if TYPE_CHECKING:
    from collections.abc import Callable

    Broken = Callable[[dict[str, Any]], object]

GOOD = json.loads(engine.BOARD.text())


def panel(made: dict[str, Any], title: str) -> dict[str, Any]:
    every = [*made["panels"], *(inner for row in made["panels"] for inner in row.get("panels") or ())]
    return next(one for one in every if one["title"] == title and one["type"] != "row")


def asks(title: str, expr: str) -> Broken:
    return lambda made: panel(made, title)["targets"][0].update(expr=expr)


BREAKS: list[tuple[str, Broken]] = [
    ("template-datasource-rule", lambda made: variables(made)["datasource"].update(query="loki")),
    ("template-datasource-rule", lambda made: variables(made)["datasource"].update(name="source")),
    ("template-job-rule", lambda made: variables(made)["job"].update(label="Edition")),
    ("template-job-rule", lambda made: variables(made)["job"].update(multi=True)),
    ("template-instance-rule", lambda made: variables(made)["instance"].update(multi=False)),
    ("template-instance-rule", lambda made: variables(made)["instance"].update(allValue=".*")),
    (
        "template-label-promql-rule",
        lambda made: variables(made)["job"].update(query="label_values(up{, x)"),
    ),
    ("template-label-promql-rule", lambda made: variables(made)["job"].update(query="up")),
    ("template-on-time-change-reload-rule", lambda made: variables(made)["job"].update(refresh=1)),
    ("template-uneditable-rule", lambda made: made.update(editable=True)),
    ("template-used", asks("Broker", 'min(newswatch_broker_up{job=~"$job", a=~"$watch"})')),
    ("template-used", lambda made: variables(made)["instance"].update(name="pod")),
    ("annotation-alerts", lambda made: made["annotations"]["list"][0].update(enable=False)),
    ("links", lambda made: made["links"][0].update(keepTime=False)),
    ("links", lambda made: made["links"][1].update(url="http://127.0.0.1:8464/")),
    ("panel-datasource-rule", lambda made: panel(made, "Broker")["datasource"].update(uid="prometheus")),
    (
        "panel-datasource-rule",
        lambda made: panel(made, "Broker")["targets"][0]["datasource"].update(uid="prometheus"),
    ),
    ("panel-title-description-rule", lambda made: panel(made, "Broker").update(title="")),
    ("panel-title-description-rule", lambda made: panel(made, "Broker").update(description="")),
    (
        "panel-units-rule",
        lambda made: panel(made, "Memory")["fieldConfig"]["defaults"].update(unit="megabytes"),
    ),
    ("panel-units-rule", lambda made: panel(made, "Memory")["fieldConfig"]["defaults"].pop("unit")),
    ("panel-no-targets-rule", lambda made: panel(made, "Broker").update(targets=[])),
    ("panel-ids", lambda made: panel(made, "Broker").update(id=panel(made, "Memory")["id"])),
    ("panel-ids", lambda made: panel(made, "Received, by topic").pop("id")),
    ("grid", lambda made: panel(made, "Broker")["gridPos"].update(x=3)),
    ("grid", lambda made: panel(made, "Broker")["gridPos"].update(w=2)),
    ("grid", lambda made: panel(made, "Memory")["gridPos"].update(w=4)),
    ("grid", lambda made: panel(made, "Received, by topic")["gridPos"].update(h=9)),
    ("top-row", lambda made: made["panels"].__delitem__(slice(8))),
    ("target-ref-ids", lambda made: panel(made, "Broker")["targets"][0].update(refId="")),
    (
        "target-ref-ids",
        lambda made: panel(made, "Time of a send and a commit")["targets"][1].update(refId="A"),
    ),
    ("target-promql-rule", asks("Broker", "min(newswatch_broker_up")),
    ("target-promql-rule", asks("Broker", 'rate(x_total{job=~"$job"}[$window])')),
    ("target-rate-interval-rule", asks("Broker", 'sum(rate(x_total{job=~"$job"}[5m]))')),
    ("target-rate-interval-rule", asks("Broker", 'sum(increase(x_total{job=~"$job"}[1h]))')),
    ("target-rate-interval-rule", asks("Broker", 'sum(increase(x_total{job=~"$job"}[$__range]))')),
    ("target-job-rule", asks("Broker", "min(newswatch_broker_up)")),
    ("target-job-rule", asks("Broker", 'min(newswatch_broker_up{job="newswatch"})')),
    ("target-instance-rule", asks("Memory", 'sum(process_resident_memory_bytes{job=~"$job"})')),
    ("target-counter-agg-rule", asks("Broker", 'sum(x_total{job=~"$job"})')),
    ("target-counter-agg-rule", asks("Broker", 'sum(max_over_time(x_total{job=~"$job"}[$__rate_interval]))')),
    (
        "target-histogram-rule",
        asks("Broker", 'histogram_quantile(0.9, sum(rate(x_bucket{job=~"$job"}[$__rate_interval])))'),
    ),
    ("schema", lambda made: panel(made, "Memory")["fieldConfig"]["defaults"].update(unti="bytes")),
    ("schema", lambda made: panel(made, "Memory")["gridPos"].update(w="3")),
    ("schema", lambda made: panel(made, "Memory")["options"].update(graphMode="zebra")),
    ("schema", lambda made: made.update(refresh=30)),
    ("schema", lambda made: panel(made, "Who runs")["transformations"][0].update(name="x")),
    ("schema", lambda made: made["templating"]["list"][0].update(current=5)),
]


@pytest.mark.parametrize(
    ("rule", "broken"), BREAKS, ids=[f"{rule}-{number}" for number, (rule, _) in enumerate(BREAKS)]
)
def test_a_rule_finds_what_it_is_for(rule: str, broken: Broken) -> None:
    """Once the dashboard is broken, and not before."""
    made = copy.deepcopy(GOOD)
    broken(made)
    assert rule in {found.rule for found in lint(made)}


def test_each_rule_is_tried() -> None:
    """A rule that can't find anything looks like one that is kept."""
    assert {rule for rule, _ in BREAKS} == {*RULES, "schema"}


def test_a_whole_dashboard_has_nothing_against_it() -> None:
    """Before it is broken."""
    assert lint(GOOD) == []


def test_a_finding_says_where_it_is() -> None:
    """Dashboard, panel, target."""
    made = copy.deepcopy(GOOD)
    asks("Broker", "min(newswatch_broker_up)")(made)
    assert [str(found) for found in lint(made)] == [
        'target-job-rule: Newswatch / Engine: Broker A: newswatch_broker_up has no job=~"$job"'
    ]
