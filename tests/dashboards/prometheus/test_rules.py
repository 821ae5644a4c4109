"""The rule files: what promtool says of them, and that they speak of what a worker shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.metrics import Metrics

ROOT = Path(__file__).parents[3]
RULES = sorted((ROOT / "dashboards" / "prometheus" / "rules").glob("*.yml"))
TESTS = sorted(Path(__file__).parent.glob("*.yml"))
RUNBOOKS = ROOT / "docs" / "operations" / "runbooks"
SECTIONS = ["Meaning", "Impact", "Diagnosis", "Mitigation"]
ADDED = {"job", "instance", "past"}
"""Labels that no worker gives: Prometheus' own, and that of the rules for which past it is."""
PROMTOOL = shutil.which("promtool")
needs_promtool = pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not installed; Debian has it in the package prometheus"
)


def rules() -> list[dict[str, Any]]:
    return [
        rule
        for file in RULES
        for group in yaml.safe_load(file.read_text())["groups"]
        for rule in group["rules"]
    ]


ALERTS = {rule["alert"]: rule for rule in rules() if "alert" in rule}


def promtool(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [str(PROMTOOL), *arguments], cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_promtool
def test_promtool_has_nothing_to_say_against_the_rules() -> None:
    """With every lint it has."""
    said = promtool("check", "rules", "--lint=all", *map(str, RULES), folder=ROOT)
    assert said.count("SUCCESS") == len(RULES)


@needs_promtool
@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_promtool_finds_the_rules_do_what_they_should(file: Path) -> None:
    """`promtool test rules`."""
    assert "SUCCESS" in promtool("test", "rules", file.name, folder=file.parent)


@pytest.mark.parametrize("alert", ALERTS)
def test_each_alert_is_tested_to_fire_with_its_text_and_not_to_fire(alert: str) -> None:
    """In a file of promtool's beside this one."""
    cases = [
        case
        for file in TESTS
        for test in yaml.safe_load(file.read_text())["tests"]
        for case in test.get("alert_rule_test", ())
        if case["alertname"] == alert
    ]
    assert any(not case["exp_alerts"] for case in cases)
    fired = [one for case in cases for one in case["exp_alerts"]]
    assert fired
    assert all(one["exp_annotations"].keys() == {"summary", "description", "runbook_url"} for one in fired)


@pytest.mark.parametrize("alert", ALERTS)
def test_each_alert_says_how_grave_it_is_and_what_to_do(alert: str) -> None:
    """A summary that is always the same, so that alerts can be grouped by it; a text that names the case."""
    rule = ALERTS[alert]
    assert re.fullmatch(r"Newswatch([A-Z][a-z]+)+", alert)
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert "for" in rule
    assert "{{" not in rule["annotations"]["summary"]
    assert "{{ $labels.job }}" in rule["annotations"]["description"]


@pytest.mark.parametrize("alert", ALERTS)
def test_each_alert_has_its_runbook_under_the_address_it_gives(alert: str) -> None:
    """Below an address that an external label sets, else the page in this repository."""
    base = "{{ with $externalLabels.runbooks }}{{ . }}{{ else }}docs/operations/runbooks{{ end }}"
    assert ALERTS[alert]["annotations"]["runbook_url"] == f"{base}/{alert}.md"
    page = (RUNBOOKS / f"{alert}.md").read_text()
    assert page.startswith(f"# {alert}\n")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == SECTIONS
    assert all(part.strip() for part in re.split(r"^## .*$", page, flags=re.MULTILINE))


def test_no_runbook_is_left_without_its_alert() -> None:
    """A page that nobody is sent to is out of date."""
    assert {page.stem for page in RUNBOOKS.glob("*.md")} == ALERTS.keys()


def test_the_page_about_the_rules_has_all_of_them() -> None:
    """Each alert with its severity; files that it speaks of are there."""
    page = (ROOT / "docs" / "operations" / "rules.md").read_text()
    rows = dict(re.findall(r"^\| \[(\w+)\]\(runbooks/\1\.md\) \| (\w+) \|", page, re.MULTILINE))
    assert rows == {alert: rule["labels"]["severity"] for alert, rule in ALERTS.items()}
    assert set(re.findall(r"`(\w+\.yml)`", page)) <= {file.name for file in RULES}


def exported() -> dict[str, set[str]]:
    """Every sample that a worker can show, with its labels."""
    found: dict[str, set[str]] = {}
    for metric in vars(Metrics()).values():
        labels = set(getattr(metric, "_labelnames", ()))
        for family in metric.describe() if hasattr(metric, "describe") else ():
            endings = {
                "counter": ("_total",),
                "gauge": ("",),
                "info": ("_info",),
                "histogram": ("_bucket", "_count", "_sum"),
            }[family.type]
            found |= {
                family.name + ending: labels | ({"le"} if ending == "_bucket" else set())
                for ending in endings
            }
    return found


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.get("record") or rule["alert"])
def test_a_rule_speaks_only_of_what_a_worker_shows_or_another_rule_records(rule: dict[str, Any]) -> None:
    """Metrics and labels; one that is misspelt never fires."""
    known, recorded = exported(), {other["record"] for other in rules() if "record" in other}
    expression = rule["expr"]
    spoken = re.findall(r"(?<![:\w])(\w+:[\w:]+|newswatch_\w+)(?:\{([^}]*)\})?", expression)
    assert spoken
    every_label = set().union(*known.values()) | ADDED
    for name, matchers in spoken:
        assert name in known or name in recorded
        labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))
        assert labels <= (known.get(name, every_label) | ADDED)
    grouped = re.findall(r"\b(?:by|on|ignoring|without)\s*\(([^)]*)\)", expression)
    assert {label.strip() for labels in grouped for label in labels.split(",")} <= every_label


def test_what_a_rule_records_is_named_for_level_metric_and_operation() -> None:
    """And no two rules record the same."""
    recorded = [rule["record"] for rule in rules() if "record" in rule]
    assert len(recorded) == len(set(recorded))
    assert all(
        re.fullmatch(r"(job|watch|entity|source):newswatch_[a-z_]+:[a-z0-9_]+", name) for name in recorded
    )
