"""The dashboards: their files are what the code makes, and they ask for what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dashboards.grafana.__main__ import GENERATED, main
from dashboards.grafana.boards import BOARDS, asked
from dashboards.grafana.lint import lint, parsed
from dashboards.grafana.lint.finding import all_panels, shown
from dashboards.grafana.parts.query import filled
from streams.metrics_page import described, registries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.grafana.parts.board import Board

ROOT = Path(__file__).parents[3]
RULES = sorted((ROOT / "dashboards" / "prometheus" / "rules").glob("*.yml"))
PROMTOOL = shutil.which("promtool")
SERIES = {"counter": ("{}_total",), "histogram": ("{}_bucket", "{}_sum", "{}_count"), "info": ("{}_info",)}
ADDED = {"job", "instance", "component"}
"""Labels that Prometheus adds."""
PROMETHEUS_OWN = {"up", "ALERTS"}
KMINION = {
    "kminion_kafka_topic_high_water_mark_sum",
    "kminion_kafka_consumer_group_topic_lag",
    "kminion_kafka_consumer_group_members",
}
"""As its documentation has them; it does not run here."""
VALUES = {
    "job": "newswatch",
    "instance": ".+",
    "watch": ".+",
    "__rate_interval": "5m",
    "__range": "3h",
}
by_board = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.file)


def rules() -> Iterator[dict[str, Any]]:
    for file in RULES:
        for group in yaml.safe_load(file.read_text())["groups"]:
            yield from group["rules"]


def shown_by_processes() -> dict[str, set[str]]:
    """Names of all series that workers, console and feeds show, and their labels."""
    found: dict[str, set[str]] = {}
    for registry in registries().values():
        for metric in described(registry):
            for name in SERIES.get(metric.type, ("{}",)):
                found.setdefault(name.format(metric.name), set()).update({*metric.labels, "le"})
    return found


@by_board
def test_the_file_is_what_the_code_makes(board: Board) -> None:
    """A changed panel without `make docs` is a failure."""
    assert (GENERATED / board.file).read_text(encoding="utf-8") == board.text()


def test_no_file_is_left_of_a_dashboard_that_has_gone() -> None:
    """Grafana would show it for ever."""
    assert {path.name for path in GENERATED.iterdir()} == {board.file for board in BOARDS}


def test_grafana_finds_the_files() -> None:
    """They lie in a folder that is mounted where the provider looks, which looks into folders, too."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text().replace("${WORKERS}", "1"))
    provisioning = ROOT / "dashboards" / "grafana" / "provisioning" / "dashboards" / "newswatch.yml"
    (provider,) = yaml.safe_load(provisioning.read_text())["providers"]
    mounts = dict(volume.split(":")[:2] for volume in compose["services"]["grafana"]["volumes"])
    (mounted,) = [path for path, target in mounts.items() if target == provider["options"]["path"]]
    assert GENERATED.is_relative_to((ROOT / mounted).resolve())


@by_board
def test_the_rules_have_nothing_against_it(board: Board) -> None:
    """Grafana's linter's and ours; the schema of the SDK."""
    found = lint(json.loads((GENERATED / board.file).read_text(encoding="utf-8")))
    assert not found, "\n".join(map(str, found))


def test_dashboards_are_told_apart() -> None:
    """By what links name, and by what people see."""
    assert len({board.uid for board in BOARDS}) == len({board.title for board in BOARDS}) == len(BOARDS) == 3


@by_board
def test_each_metric_is_one_that_somebody_shows(board: Board) -> None:
    """In panels, in what can be chosen, in what is marked."""
    known = {*shown_by_processes()} | {rule["record"] for rule in rules() if "record" in rule}
    made = json.loads(board.text())
    expressions = [query.expr for _, query in board.asked()]
    expressions += [one["expr"] for one in made["annotations"]["list"]]
    expressions += [
        one["query"].removeprefix("label_values(").rpartition(",")[0]
        for one in made["templating"]["list"]
        if one["type"] == "query"
    ]
    names = {name for expr in expressions for name in parsed.metrics(expr)}
    assert names - known - PROMETHEUS_OWN - KMINION == set()


def test_each_label_that_is_asked_for_is_one_that_the_metric_has() -> None:
    """A misspelt one would match nothing, for ever."""
    labels = shown_by_processes()
    for one in asked():
        for selector in parsed.selectors(one.expr):
            if selector.name in labels:
                given = {matcher.name for matcher in selector.matchers.matchers}
                assert given - ADDED <= labels[selector.name], (one.panel, selector.name)


def test_each_alert_that_is_asked_for_is_one_that_the_rules_have() -> None:
    """By name, or by how it begins."""
    alerts = {rule["alert"] for rule in rules() if "alert" in rule}
    for one in asked():
        for selector in parsed.selectors(one.expr):
            for matcher in selector.matchers.matchers:
                if matcher.name == "alertname":
                    assert any(re.fullmatch(matcher.value, alert) for alert in alerts), one.panel


@by_board
def test_each_column_is_a_label_that_the_query_gives(board: Board) -> None:
    """Or its value. A column that nothing fills is left out by Grafana without a word."""
    tables = [panel for panel in shown(json.loads(board.text())) if panel["type"] == "table"]
    assert tables
    for panel in tables:
        (target,) = panel["targets"]
        given = re.search(r"by \(([^)]*)\)", target["expr"])
        assert given
        columns = panel["transformations"][0]["options"]["include"]["names"]
        assert set(columns) <= {"Value", *given[1].split(", ")}
        assert (target["format"], target["instant"]) == ("table", True)


@by_board
def test_each_label_in_a_legend_is_one_that_the_query_gives(board: Board) -> None:
    """Else Grafana shows nothing in its place."""
    for panel, query in board.asked():
        for label in re.findall(r"{{(\w+)}}", query.legend):
            assert re.search(rf"by \([^)]*\b{label}\b[^)]*\)|:newswatch_articles:", query.expr), panel


def test_details_are_closed_and_what_is_asked_first_is_not() -> None:
    """Faust, Kafka's exporter, feeds and the webhook are opened by who asks about them."""
    closed = {
        row["title"]
        for board in BOARDS
        for row in all_panels(json.loads(board.text()))
        if row["type"] == "row" and row["collapsed"]
    }
    assert {"Faust", "Kafka, by kminion", "Feeds", "Webhook"} <= closed
    assert not closed & {"What is watched", "What comes in", "What is wrong", "Lag", "Processes"}


def test_a_panel_that_may_be_empty_says_why() -> None:
    """In words, for whoever checks the panels against a real Prometheus."""
    reasons = {one.empty for one in asked() if one.empty}
    assert all(len(reason.split()) > 1 for reason in reasons)


@by_board
def test_the_page_tells_of_the_dashboard_and_of_what_can_be_chosen(board: Board) -> None:
    """A new variable without a word about it is a failure."""
    page = (ROOT / "docs" / "dashboards.md").read_text(encoding="utf-8")
    assert f"\n| {board.title.removeprefix('Newswatch / ')} |" in page
    for variable in json.loads(board.text())["templating"]["list"]:
        assert re.search(rf"\n\| [^|]*\b{variable['label']}\b", page), variable["label"]
    assert board.since.removeprefix("now-").removesuffix("h") + " hours" in page


@pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not installed; Debian has it in the package prometheus"
)
def test_prometheus_takes_each_query(tmp_path: Path) -> None:
    """As a rule that records it: promtool's own parser, which knows types of values as well."""
    recorded = [
        {"record": f"panel:number_{number}:query", "expr": filled(one.expr, VALUES)}
        for number, one in enumerate(asked())
    ]
    assert len(recorded) > 50
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": recorded}]}))
    done = subprocess.run(
        [str(PROMTOOL), "check", "rules", "--lint=none", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"{len(recorded)} rules found" in done.stdout


def test_addresses_can_be_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For an edition whose console and runbooks are elsewhere; a slash at the end is taken off."""
    main(["--console", "https://news.example.org/", "--runbooks", "https://wiki/x", "--out", str(tmp_path)])
    printed = capsys.readouterr().out.split()
    assert printed == [str(tmp_path / board.file) for board in BOARDS]
    for board in BOARDS:
        made = json.loads((tmp_path / board.file).read_text())
        values = {one["name"]: one["query"] for one in made["templating"]["list"]}
        assert values["console"] == "https://news.example.org"
        assert values["runbooks"] == "https://wiki/x"
