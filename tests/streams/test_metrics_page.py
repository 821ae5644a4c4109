"""The contract of metrics."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from prometheus_client import exposition

from streams.label_sets import BOUNDED, CLOSED
from streams.metrics_page import described, page, registries

PROMTOOL = shutil.which("promtool")
REGISTRIES = registries()


@pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not installed; Debian has it in the package prometheus"
)
@pytest.mark.parametrize("component", REGISTRIES)
def test_promtool_finds_nothing_to_say(component: str) -> None:
    """Names, endings, units and help as Prometheus wants them."""
    text = exposition.generate_latest(REGISTRIES[component])
    run = subprocess.run(
        [str(PROMTOOL), "check", "metrics"], input=text, capture_output=True, check=False, timeout=60
    )
    assert (run.returncode, run.stdout + run.stderr) == (0, b"")


@pytest.mark.parametrize("component", REGISTRIES)
def test_each_metric_has_one_name_a_meaning_and_labels_that_something_closes(component: str) -> None:
    """The page can't be made of one that lacks it."""
    metrics = described(REGISTRIES[component])
    assert len({metric.shown for metric in metrics}) == len(metrics)
    assert all(metric.meaning for metric in metrics)
    assert all(metric.name.startswith(("newswatch_", "faust_", "process_", "python_")) for metric in metrics)
    assert page()


@pytest.mark.parametrize("component", REGISTRIES)
def test_what_is_shown_is_what_is_told(component: str) -> None:
    """The labels of each sample are those of the page."""
    told = {metric.name: {*metric.labels, "le"} for metric in described(REGISTRIES[component])}
    for family in REGISTRIES[component].collect():
        for sample in family.samples:
            assert sample.labels.keys() <= told[family.name]


def test_no_set_of_labels_is_left_of_a_metric_that_has_gone() -> None:
    """A reader must find nothing there that nobody shows."""
    known = {
        f"{metric.name}:{label}"
        for registry in REGISTRIES.values()
        for metric in described(registry)
        for label in metric.labels
    }
    labels = {name.partition(":")[2] for name in known}
    for name in (*CLOSED, *BOUNDED):
        assert name in (known if ":" in name else labels)


@pytest.mark.parametrize("component", REGISTRIES)
def test_the_page_has_each_metric(component: str) -> None:
    """By the name that Prometheus knows."""
    named = set(re.findall(r"^\| `([a-z_]+)` \| (?:counter|gauge|histogram|info)", page(), re.MULTILINE))
    assert {metric.shown for metric in described(REGISTRIES[component])} <= named


def test_no_metric_of_fausts_that_is_wrong() -> None:
    """As its own sensor has them: FaustMetrics, 0.15.3."""
    names = {metric.name for metric in described(REGISTRIES["worker"]) if metric.name.startswith("faust_")}
    wrong = ("offset", "_ms", "latency", "http", "per_topic", "total_")
    assert [name for name in names if any(part in name for part in wrong)] == []
