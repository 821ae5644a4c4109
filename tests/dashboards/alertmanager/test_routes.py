"""Who is told what: Alertmanager's configuration, read by its own tool and by itself."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest
import yaml

from tests.alertmanager import (
    AMTOOL,
    CONFIG,
    FOLDER,
    MISSING,
    PROGRAM,
    alertmanager,
    held,
    hook,
    start,
    states,
)
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

RULES = FOLDER.parent / "prometheus" / "rules"
needs_alertmanager = pytest.mark.skipif(AMTOOL is None or PROGRAM is None, reason=MISSING)

NEWS = {"watch": "ceasefire", "alertname": "ceasefire", "story_id": "s1", "alert_id": "a1"}
LAG = {"job": "newswatch", "alertname": "NewswatchLagRising", "group": "newswatch", "topic": "news.unique"}
MACHINE = {"job": "newswatch", "alertname": "NewswatchWatchBursting", "watch": "ceasefire"}
_loopback = build_opener(ProxyHandler({}))


def amtool(*arguments: str) -> str:
    done = subprocess.run([str(AMTOOL), *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_alertmanager
def test_amtool_takes_it() -> None:
    """`amtool check-config`."""
    assert "SUCCESS" in amtool("check-config", str(CONFIG))


@needs_alertmanager
@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        ({"alertname": "Watchdog", "severity": "none"}, "watchdog"),
        ({**NEWS, "severity": "critical"}, "news-critical"),
        ({**NEWS, "severity": "warning"}, "news"),
        ({**NEWS, "severity": "info"}, "quiet"),
        ({**MACHINE, "severity": "critical"}, "critical"),
        ({**MACHINE, "severity": "warning"}, "warning"),
        ({"job": "newswatch", "alertname": "NewswatchMatcherMissed", "severity": "critical"}, "critical"),
        ({"job": "newswatch", "alertname": "NewswatchSourceQuiet", "severity": "info"}, "quiet"),
        ({"job": "newswatch", "alertname": "NewswatchWorkersDown", "severity": "critical"}, "critical"),
        ({**LAG, "severity": "critical"}, "critical"),
        ({**LAG, "severity": "warning"}, "warning"),
        (
            {"job": "newswatch", "alertname": "NewswatchFeedFailing", "feed": "one", "severity": "warning"},
            "warning",
        ),
        ({"alertname": "SomebodyElses"}, "quiet"),
    ],
    ids=lambda value: (
        value if isinstance(value, str) else value["alertname"] + "-" + value.get("severity", "")
    ),
)
def test_each_alert_goes_to_its_receiver(labels: dict[str, str], receiver: str) -> None:
    """`amtool config routes test`."""
    given = [f"{name}={value}" for name, value in labels.items()]
    amtool("config", "routes", "test", f"--config.file={CONFIG}", f"--verify.receivers={receiver}", *given)


def rules() -> list[dict[str, Any]]:
    """All alerts that Prometheus may send."""
    return [
        rule
        for file in RULES.glob("*.yml")
        for group in yaml.safe_load(file.read_text())["groups"]
        for rule in group["rules"]
        if "alert" in rule
    ]


def test_every_severity_of_the_rules_has_a_route() -> None:
    """A rule with another one would end with what is not urgent; Watchdog has a route by its name."""
    route = yaml.safe_load(CONFIG.read_text())["route"]
    routed = {matcher for child in route["routes"] for matcher in child["matchers"]}
    severities = {rule["labels"]["severity"] for rule in rules() if rule["alert"] != "Watchdog"}
    assert severities
    assert [name for name in severities if f'severity="{name}"' not in routed] == []
    assert 'alertname="Watchdog"' in routed


def test_whatever_mutes_or_is_muted_by_its_name_is_an_alert() -> None:
    """Each name and each beginning of one; one that no rule has would mute nothing, or never be muted."""
    read = yaml.safe_load(CONFIG.read_text())
    matchers = [
        matcher
        for inhibited in read["inhibit_rules"]
        for matcher in (*inhibited["source_matchers"], *inhibited["target_matchers"])
    ]
    spoken = [
        found for matcher in matchers for found in re.findall(r'^alertname(?:=|!=|=~|!~)"(.*)"$', matcher)
    ]
    names = {rule["alert"] for rule in rules()}
    assert len(spoken) > len(read["inhibit_rules"])
    for pattern in spoken:
        beginning, _, grouped = pattern.partition("(")
        inside, _, rest = grouped.partition(")")
        parts = [beginning + part + rest for part in inside.split("|")] if grouped else pattern.split("|")
        for part in parts:
            assert any(re.fullmatch(part, name) for name in names), part


def filled_in(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    command = start(folder, program="/bin/true", **variables)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@needs_alertmanager
def test_without_an_address_nothing_is_posted(tmp_path: Path) -> None:
    """The receivers stay, and are empty."""
    assert filled_in(tmp_path).returncode == 0
    assert "webhook" not in (tmp_path / "filled.yml").read_text()
    assert "6 receivers" in amtool("check-config", str(tmp_path / "filled.yml"))


def test_an_address_is_put_in_as_it_is(tmp_path: Path) -> None:
    """With what a shell or sed would take for its own, from a variable or a file that nobody else reads."""
    url = r"https://hooks.example.org/a?b=1&c=\2|x"
    file = tmp_path / "url"
    file.write_text(url + "\n")
    for given in ({"ALERTMANAGER_WEBHOOK_URL": url}, {"ALERTMANAGER_WEBHOOK_URL_FILE": str(file)}):
        assert filled_in(tmp_path, **given).returncode == 0
        read = yaml.safe_load((tmp_path / "filled.yml").read_text())
        assert {hook["url"] for receiver in read["receivers"] for hook in receiver["webhook_configs"]} == {
            url
        }
        assert (tmp_path / "filled.yml").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"ALERTMANAGER_WEBHOOK_URL": "hooks.example.org"}, "is no address"),
        ({"ALERTMANAGER_WEBHOOK_URL": "http://a/'b"}, "has a quote or a space in it"),
        ({"ALERTMANAGER_WEBHOOK_URL_FILE": "/no/file"}, "_FILE=/no/file can't be read"),
        (
            {"ALERTMANAGER_WEBHOOK_URL": "http://a", "ALERTMANAGER_WEBHOOK_URL_FILE": "/no/file"},
            "are both set",
        ),
    ],
)
def test_an_address_that_is_none_is_named(tmp_path: Path, given: dict[str, str], says: str) -> None:
    """Before Alertmanager starts, in one line."""
    done = filled_in(tmp_path, **given)
    assert done.returncode == 1
    assert says in done.stderr


def send(url: str, *alerts: dict[str, str]) -> None:
    body = json.dumps([{"labels": labels} for labels in alerts]).encode()
    asked = Request(url + "/api/v2/alerts", body, {"Content-Type": "application/json"})  # noqa: S310  http
    _loopback.open(asked, timeout=30).close()


@needs_alertmanager
def test_a_broker_that_is_down_is_all_that_is_told_of_the_machine(tmp_path: Path) -> None:
    """By a real Alertmanager to a real receiver; news that was already found still goes out, and Watchdog."""
    down = {"alertname": "NewswatchBrokerDown", "job": "newswatch", "severity": "critical"}
    with hook() as server, alertmanager(tmp_path, ALERTMANAGER_WEBHOOK_URL=server.url) as url:
        send(url, down)
        assert until(lambda: bool(server.receivers("NewswatchBrokerDown")))
        follows = {"alertname": "NewswatchIngestStalled", "job": "newswatch", "severity": "critical"}
        other = {"alertname": "NewswatchMatcherMissed", "job": "another", "severity": "critical"}
        send(url, down, follows, other, {**NEWS, "severity": "critical"}, {"alertname": "Watchdog"})
        for name, receiver in (
            ("NewswatchMatcherMissed", "critical"),
            ("ceasefire", "news-critical"),
            ("Watchdog", "watchdog"),
        ):
            assert until(lambda name=name: bool(server.receivers(name)))  # type: ignore[misc]
            assert server.receivers(name)[0] == receiver
        assert until(lambda: states(url).get("NewswatchIngestStalled") == "suppressed")
        assert server.receivers("NewswatchIngestStalled") == []


@needs_alertmanager
def test_what_follows_from_something_graver_is_muted_and_what_does_not_is_told(tmp_path: Path) -> None:
    """By a real Alertmanager: of the same edition, topic and severity, and the cause of it all stays."""
    job = {"job": "newswatch"}
    first = {**job, "instance": "a"}
    lag = {"alertname": "NewswatchLagRising", **job, "group": "newswatch"}
    broker = {"alertname": "NewswatchBrokerDiskFilling", "broker": "1"}
    alerts = {
        "critical lag": {**lag, "topic": "news.unique", "severity": "critical"},
        "lag": {**lag, "topic": "news.unique", "severity": "warning"},
        "other lag": {**lag, "topic": "news.raw", "severity": "warning"},
        "feeds": {"alertname": "NewswatchFeedsFailing", **job, "severity": "critical"},
        "feed": {"alertname": "NewswatchFeedFailing", **job, "feed": "one", "severity": "warning"},
        "quiet": {"alertname": "NewswatchNewsQuiet", **job, "severity": "warning"},
        "quiet elsewhere": {"alertname": "NewswatchNewsQuiet", "job": "fourth", "severity": "warning"},
        "unreachable": {
            "alertname": "NewswatchBrokerUnreachable",
            **job,
            "instance": "a",
            "severity": "warning",
        },
        "waits": {"alertname": "NewswatchWorkerNotReady", **first, "severity": "warning"},
        "hangs": {"alertname": "NewswatchWorkerNotReady", **job, "instance": "b", "severity": "warning"},
        "fallback": {"alertname": "NewswatchModelFallback", **job, "severity": "warning"},
        "models": {"alertname": "NewswatchModelsDiffer", **job, "severity": "warning"},
        "refused": {"alertname": "NewswatchWatchlistRefused", **job, "severity": "warning"},
        "watchlists": {"alertname": "NewswatchWatchlistsDiffer", **job, "severity": "warning"},
        "down": {"alertname": "NewswatchWorkersDown", "job": "another", "severity": "critical"},
        "late": {"alertname": "NewswatchAlertsLate", "job": "another", "severity": "critical"},
        "loop": {"alertname": "NewswatchRestarting", "job": "another", "severity": "warning"},
        "broker": {"alertname": "NewswatchBrokerDown", "job": "third", "severity": "critical"},
        "disk": {**broker, "job": "third", "severity": "critical"},
        "model": {"alertname": "NewswatchModelFallback", "job": "third", "severity": "warning"},
    }
    with alertmanager(tmp_path) as url:
        send(url, *alerts.values())

        def muted() -> set[str]:
            found = [alert["labels"] for alert in held(url) if alert["status"]["inhibitedBy"]]
            return {name for name, labels in alerts.items() if labels in found}

        expected = {"lag", "feed", "late", "model", "quiet", "waits", "models", "watchlists"}
        assert until(lambda: muted() == expected), muted()
