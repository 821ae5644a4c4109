"""The rule files: what promtool says of them, and that they speak of what a worker shows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from streams.cli import app
from streams.feeds.measure import FeedMetrics
from streams.label_sets import INFO
from streams.lag.collector import LagCollector
from streams.metrics import Metrics

ROOT = Path(__file__).parents[3]
RULES = sorted((ROOT / "dashboards" / "prometheus" / "rules").glob("*.yml"))
TESTS = sorted(Path(__file__).parent.glob("*.yml"))
RUNBOOKS = ROOT / "docs" / "operations" / "runbooks"
SECTIONS = ["Meaning", "Impact", "Diagnosis", "Mitigation"]
ADDED = {"job", "instance", "component", "past"}
"""Labels that no process gives: those of the targets, and that of the rules for which past it is."""
WATCHDOG = "Watchdog"
"""It fires always, about nothing and without a job."""
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


ALERTS = [rule for rule in rules() if "alert" in rule]
NAMES = sorted({rule["alert"] for rule in ALERTS})
graded = pytest.mark.parametrize(
    "rule", ALERTS, ids=lambda rule: f"{rule['alert']}-{rule['labels']['severity']}"
)


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


@graded
def test_each_alert_is_tested_to_fire_with_its_text_and_not_to_fire(rule: dict[str, Any]) -> None:
    """In a file of promtool's beside this one, at each of its severities; of Watchdog, that it fires."""
    cases = [
        case
        for file in TESTS
        for test in yaml.safe_load(file.read_text())["tests"]
        for case in test.get("alert_rule_test", ())
        if case["alertname"] == rule["alert"]
    ]
    assert rule["alert"] == WATCHDOG or any(not case["exp_alerts"] for case in cases)
    severity = rule["labels"]["severity"]
    fired = [one for case in cases for one in case["exp_alerts"] if one["exp_labels"]["severity"] == severity]
    assert fired
    assert all(one["exp_annotations"].keys() == {"summary", "description", "runbook_url"} for one in fired)


@graded
def test_each_alert_says_how_grave_it_is_and_what_to_do(rule: dict[str, Any]) -> None:
    """A summary that is always the same, so that alerts can be grouped by it; a text that names the case."""
    assert "for" in rule
    assert "{{" not in rule["annotations"]["summary"]
    if rule["alert"] == WATCHDOG:
        assert rule["labels"]["severity"] == "none"
        return
    assert re.fullmatch(r"Newswatch([A-Z][a-z]+)+", rule["alert"])
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert "{{ $labels.job }}" in rule["annotations"]["description"]


def test_an_alert_with_two_severities_says_the_same_at_both() -> None:
    """Alertmanager mutes the lesser one while the graver fires, by the name; what is said has to stand."""
    for name in NAMES:
        same = [rule for rule in ALERTS if rule["alert"] == name]
        assert len({rule["labels"]["severity"] for rule in same}) == len(same)
        assert len({rule["annotations"]["runbook_url"] for rule in same}) == 1


@graded
def test_each_alert_has_its_runbook_under_the_address_it_gives(rule: dict[str, Any]) -> None:
    """Below an address that an external label sets, else the page in this repository."""
    base = "{{ with $externalLabels.runbooks }}{{ . }}{{ else }}docs/operations/runbooks{{ end }}"
    alert = rule["alert"]
    assert rule["annotations"]["runbook_url"] == f"{base}/{alert}.md"
    page = (RUNBOOKS / f"{alert}.md").read_text()
    assert page.startswith(f"# {alert}\n")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == SECTIONS
    assert all(part.strip() for part in re.split(r"^## .*$", page, flags=re.MULTILINE))


def test_no_runbook_is_left_without_its_alert() -> None:
    """A page that nobody is sent to is out of date."""
    assert sorted(page.stem for page in RUNBOOKS.glob("*.md")) == NAMES


def test_every_link_of_a_runbook_leads_somewhere() -> None:
    """To a page, and to a heading of it."""
    links = [
        (page, *found)
        for page in RUNBOOKS.glob("*.md")
        for found in re.findall(r"\]\(([^)#]+)(?:#([^)]+))?\)", page.read_text())
    ]
    assert links
    for page, path, anchor in links:
        target = (page.parent / path).resolve()
        assert target.is_file(), (page.name, path)
        headings = re.findall(r"^#+ (.*)$", target.read_text(), re.MULTILINE)
        assert anchor in {"", *(heading.lower().replace(" ", "-") for heading in headings)}, (
            page.name,
            anchor,
        )


def test_every_word_of_the_program_that_is_named_is_one() -> None:
    """In what alerts say and in their pages; who is woken types it as it stands."""
    texts = [rule["annotations"]["description"] for rule in ALERTS]
    texts += [page.read_text() for page in RUNBOOKS.glob("*.md")]
    commands: Any = vars(get_command(app))["commands"]
    for first, second in re.findall(r"\bnewswatch ([a-z]+)(?: ([a-z]+))?", " ".join(" ".join(texts).split())):
        assert first in commands, first
        below = vars(commands[first]).get("commands")
        assert below is None or second in {"", *below}, (first, second)


def test_the_pages_about_the_alerts_have_all_of_them() -> None:
    """Each with its severities, and in the table of what to do; files that are spoken of are there."""
    page = (ROOT / "docs" / "operations" / "rules.md").read_text()
    rows = re.findall(r"^\| \[(\w+)\]\(runbooks/\1\.md\) \| ([\w, ]+) \|", page, re.MULTILINE)
    told = {(alert, severity) for alert, severities in rows for severity in severities.split(", ")}
    assert told == {(rule["alert"], rule["labels"]["severity"]) for rule in ALERTS}
    there = {file.name for file in (*TESTS, *(ROOT / "dashboards").rglob("*.yml"))}
    assert set(re.findall(r"`(\w+\.yml)`", page)) <= there
    guide = (ROOT / "docs" / "operations.md").read_text()
    rows = re.findall(r"^\| (\w+) \| \[.*\]\(operations/runbooks/(\w+)\.md\) \|$", guide, re.MULTILINE)
    assert [alert for alert, _ in rows] == NAMES
    assert all(alert == runbook for alert, runbook in rows)


def exported() -> dict[str, set[str]]:
    """Every sample that a process can show, with its labels, and what Prometheus makes of a target."""
    found: dict[str, set[str]] = {"up": set(), "process_start_time_seconds": set()}
    metrics = [*vars(Metrics()).values(), *vars(FeedMetrics(())).values()]
    families = [
        (family, set(getattr(metric, "_labelnames", ())))
        for metric in metrics
        for family in (metric.describe() if hasattr(metric, "describe") else ())
    ]
    families += [(family, set(family._labelnames)) for family in LagCollector(_Nobody()).describe()]
    for family, labels in families:
        endings = {
            "counter": ("_total",),
            "gauge": ("",),
            "info": ("_info",),
            "histogram": ("_bucket", "_count", "_sum"),
        }[family.type]
        found |= {
            family.name + ending: labels | ({"le"} if ending == "_bucket" else set()) for ending in endings
        }
    return {name: labels | set(INFO.get(name.removesuffix("_info"), ())) for name, labels in found.items()}


class _Nobody:
    """Who has not looked at any broker."""

    seen = None
    up = None


@pytest.mark.parametrize(
    "rule",
    [rule for rule in rules() if rule.get("alert") != WATCHDOG],
    ids=lambda rule: rule.get("record") or rule["alert"],
)
def test_a_rule_speaks_only_of_what_a_process_shows_or_another_rule_records(rule: dict[str, Any]) -> None:
    """Metrics and labels; one that is misspelt never fires."""
    known, recorded = exported(), {other["record"] for other in rules() if "record" in other}
    expression = rule["expr"]
    spoken = re.findall(
        r"(?<![:\w])(\w+:[\w:]+|newswatch_\w+|process_\w+|up(?=[{ ]))(?:\{([^}]*)\})?", expression
    )
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
        re.fullmatch(r"(job|watch|entity|source|topic|partition|step):newswatch_[a-z_]+:[a-z0-9_]+", name)
        for name in recorded
    )
