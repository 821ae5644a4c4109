"""The deployment, less its containers and Grafana: the same programs on the same files, up to who is woken.

Other than there are the addresses, and how long things wait: Prometheus asks every second and repeats what
fires every two, Alertmanager waits for one, and the alerts of `WAITS` for seconds in place of minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest
import yaml
from kafka import KafkaProducer

from dashboards.grafana.boards import BOARDS, asked
from dashboards.grafana.parts.query import filled
from dashboards.grafana.rows import faust, kminion
from seeds import ARTICLES as SEEDS
from seeds.generate import generate
from streams.topology import RAW
from tests import alertmanager as alerting
from tests import prometheus as monitoring
from tests.alertmanager import alertmanager, held, hook, states
from tests.console import TOKEN, console
from tests.live.test_feeds import Site, environment
from tests.live.test_rules import NAMING, RUNBOOK, number, prepared
from tests.live.test_rules import states as rule_states
from tests.past import past
from tests.prometheus import FILES, backfill, deployed, free_address, prometheus
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Edition

    from streams.run.fleet import Member
    from tests.alertmanager import Hook
    from tests.prometheus import Prometheus

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(monitoring.PROGRAM is None or monitoring.PROMTOOL is None, reason=monitoring.MISSING),
    pytest.mark.skipif(alerting.PROGRAM is None, reason=alerting.MISSING),
]

ROOT = Path(__file__).parents[2]
PATIENCE = 240.0
"""Seconds in which every panel must have data; two shared cores can be slow."""
WAITS = {"NewswatchWatchCoverageLost": "2s", "NewswatchWorkersDown": "3s", "NewswatchWorkerDown": "6s"}
ANSWER = {
    ("newswatch", "worker"),
    ("newswatch", "feeds"),
    ("newswatch", "console"),
    ("prometheus", ""),
    ("alertmanager", ""),
}
"""Job and component of each target. Grafana and kminion do not run here."""
VALUES = {
    "job": "newswatch",
    "instance": ".+",
    "watch": ".+",
    "__rate_interval": "4s",
    "__range": "10m",
}
UNTRIED = {kminion.OFF, faust.STEADY}
"""Reasons that hold here. No other does: there is news of all kinds, a past, and an alert that fires."""
SOURCES = ("valley.example", "hill.example", "coast.example")
"""An alert is sent again at the third outlet. No watch spells out one of them."""
LEAST = 96
"""Records; a source that no watch spells out has a series of its own after 20 articles."""


class Stack(NamedTuple):
    """What runs."""

    server: Prometheus
    alertmanager: str
    """Its address."""
    hook: Hook
    """Where Alertmanager posts to."""
    worker: Member


@contextmanager
def polled(edition: Edition, site: Site) -> Iterator[str]:
    """Poll a feed that is well and one that is not there; where its metrics are."""
    path, log = edition.folder / "feeds.yaml", edition.folder / "feeds.log"
    feeds = "".join(
        f"- {{url: {site.url}/{name}, name: {name}, source: Example}}\n" for name in ("rss", "gone")
    )
    path.write_text(f"delay: 0s\nfeeds:\n{feeds}")
    command = [sys.executable, "-m", "streams", "feeds", str(path), "--metrics-port", "0"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=environment(edition), stderr=file)
    try:
        assert until(lambda: '"url"' in log.read_text() or process.poll() is not None, PATIENCE)
        (url,) = [entry["url"] for entry in map(json.loads, log.read_text().splitlines()) if "url" in entry]
        yield url.removeprefix("http://")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def running(edition: Edition, folder: Path) -> Iterator[Stack]:
    """All of it, with weeks before that are made up."""
    variables = prepared(edition, folder)
    own = folder / "alertmanager"
    own.mkdir()
    with ExitStack() as stack:
        enter = stack.enter_context
        receiver = enter(hook())
        told = enter(alertmanager(own, ALERTMANAGER_WEBHOOK_URL=receiver.url))
        worker = edition.another(
            1, **variables, NEWSWATCH_WEBHOOK_URL=told, NEWSWATCH_WEBHOOK_FORMAT="alertmanager"
        )
        enter(worker.leash)
        site = enter(Site().serving())
        targets = {
            "feeds": [enter(polled(edition, site))],
            "console": [enter(console(edition.settings, NEWSWATCH_CONSOLE_TOKEN=TOKEN)).url],
            "alertmanager": [told],
            "localhost": [free_address()],
        }
        assert until(worker.ready, PATIENCE)
        targets["worker"] = [str(worker.url)]
        targets = {name: [url.removeprefix("http://") for url in urls] for name, urls in targets.items()}
        backfill(folder, past(int(time.time()), targets["worker"][0]))
        server = prometheus(
            folder,
            deployed(folder, targets, WAITS),
            "--enable-feature=exemplar-storage",
            # What fires before Alertmanager has been found, in the first 5 s, is told a minute later.
            "--rules.alert.resend-delay=2s",
            address=targets["localhost"][0],
            token=TOKEN,
        )
        yield Stack(enter(server), told, receiver, worker)


def send(edition: Edition, seed: int) -> int:
    """Live news, copies among it, from three sources; somebody who is named; and what is no article."""
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    records = [
        msgspec.structs.replace(article, source=SOURCES[place % 3])
        for place, article in enumerate(generate(30, seed=seed))
    ]
    raws = [*map(msgspec.json.encode, records), msgspec.json.encode({"text": f"{NAMING} ({seed})"}), b"{"]
    for raw in raws:
        producer.send(edition.settings.topic_prefix + RAW, raw)
    producer.flush(timeout=60)
    producer.close()
    return len(raws)


def recorded() -> Iterator[str]:
    """Names of the recording rules."""
    for file in (FILES / "rules").glob("*.yml"):
        for group in yaml.safe_load(file.read_text())["groups"]:
            yield from (rule["record"] for rule in group["rules"] if "record" in rule)


def answering(server: Prometheus) -> set[tuple[str, str]]:
    return {(labels["job"], labels.get("component", "")) for labels, _ in server.query("up == 1")}


def fill(edition: Edition, server: Prometheus) -> None:
    """Send news, more when it is done with, until every query of a panel and every rule has had data."""
    queries = {filled(one.expr, VALUES) for one in asked() if one.empty not in UNTRIED} | set(recorded())
    sent = 0

    def all_had() -> bool:
        nonlocal sent
        if number(server, 'newswatch_articles_total{origin="live"}') == sent:
            sent += send(edition, sent)
        queries.difference_update([query for query in queries if server.query(query)])
        return sent >= LEAST and not queries

    assert until(all_had, PATIENCE), sorted(queries)


def alert(stack: Stack, name: str) -> dict[str, dict[str, str]]:
    """One of them as Alertmanager has it, once it does."""
    assert until(lambda: name in states(stack.alertmanager)), states(stack.alertmanager)
    found: dict[str, dict[str, str]] = next(
        one for one in held(stack.alertmanager) if one["labels"]["alertname"] == name
    )
    return found


def assert_told(stack: Stack, name: str, receiver: str, *grouped: str) -> None:
    """To this receiver first, and grouped by these labels."""
    assert until(lambda: bool(stack.hook.posts(name))), stack.hook.got
    post = stack.hook.posts(name)[0]
    assert (post["receiver"], set(post["groupLabels"])) == (receiver, set(grouped))


def assert_runbook(annotations: dict[str, str], name: str) -> None:
    """A page of ours."""
    assert annotations["summary"]
    assert annotations["runbook_url"] == f"docs/operations/runbooks/{name}.md"
    assert (ROOT / annotations["runbook_url"]).is_file()


@pytest.mark.timeout(900)
def test_from_an_article_to_who_is_woken(edition: Edition, tmp_path: Path) -> None:
    """Targets answer, panels and rules have data, alerts of both kinds arrive where they should."""
    with running(edition, tmp_path) as stack:
        server = stack.server
        assert until(lambda: answering(server) == ANSWER), answering(server)
        assert len(server.query("newswatch_watch_articles_total == 0")) == 3
        seeds = edition.replay(SEEDS).acknowledged
        replayed = 'newswatch_articles_total{origin="replay"}'
        assert until(lambda: number(server, replayed) == seeds > 0)
        fill(edition, server)
        assert_rules_right(server)
        assert_dashboards_right(server)
        assert_told_of_news_and_rules(stack)
        stack.worker.leash.kill()
        assert_told_of_the_worker(stack)


def assert_rules_right(server: Prometheus) -> None:
    """What they say of this news; the first article counts, since the series was there before it."""
    assert until(lambda: number(server, 'watch:newswatch_articles:increase1h{watch="truce"}') > 0)
    assert until(lambda: number(server, "entity:newswatch_articles:increase1h") > 0)
    named = {*SOURCES, "silent.example", "*.example", "other"}
    counted = "count by (source) (newswatch_source_articles_total)"
    assert until(lambda: {labels["source"] for labels, _ in server.query(counted)} == named)
    quiet = server.query("source:newswatch_articles:quiet_hours")
    assert [labels["source"] for labels, _ in quiet] == ["silent.example"]
    found = rule_states(server)
    assert found["NewswatchMatcherMissed"] == found["NewswatchMatcherUnchecked"] == "inactive"
    firing = {name for name, state in found.items() if state == "firing"}
    assert firing == {"Watchdog", "NewswatchWatchCoverageLost"}
    assert number(server, "job:newswatch_workers_up:count") == 1
    assert number(server, "newswatch_oracle_articles_total") > 0
    assert number(server, "newswatch_matcher_missed_total") == 0


def assert_dashboards_right(server: Prometheus) -> None:
    """Variables have something to choose, an alert says what it is about, a chart leads to articles."""
    (alerts,) = {one.expr for one in asked() if one.panel == "Alerts of Prometheus"}
    told = {labels["alertname"]: labels for labels, _ in server.query(filled(alerts, VALUES))}
    assert told["NewswatchWatchCoverageLost"]["severity"] == "warning"
    assert told["NewswatchWatchCoverageLost"]["about"].split() == ["truce", "silent.example"]
    for board in BOARDS:
        for variable in json.loads(board.text())["templating"]["list"]:
            if variable["type"] == "query":
                series, _, label = variable["query"][len("label_values(") : -1].rpartition(", ")
                found = server.query(f"count by ({label}) ({filled(series, VALUES)})")
                assert any(labels.get(label) for labels, _ in found), variable["name"]
    marked = {
        name
        for board in BOARDS
        for _, query in board.asked()
        if query.exemplars
        for labels in server.exemplars(filled(query.expr, VALUES))
        for name in labels
    }
    assert marked == {"article_id"}
    # What may be empty is asked of Prometheus, too: what it does not take raises here.
    for one in asked():
        server.query(filled(one.expr, VALUES))


def assert_told_of_news_and_rules(stack: Stack) -> None:
    """By the worker itself of its news, and by Prometheus of what the rules see in it; of no replay."""
    news = alert(stack, "truce")
    assert (news["labels"]["watch"], news["labels"]["severity"]) == ("truce", "critical")
    assert news["annotations"]["runbook_url"] == RUNBOOK
    assert_told(stack, "truce", "news-critical", "watch", "story_id")
    assert alert(stack, "ceasefire")["labels"]["severity"] == "warning"
    assert_told(stack, "ceasefire", "news", "watch")
    assert number(stack.server, 'newswatch_webhook_alerts_total{outcome="replayed"}') > 0
    assert {one["annotations"].get("origin", "live") for one in held(stack.alertmanager)} == {"live"}

    watchdog = alert(stack, "Watchdog")
    assert watchdog["labels"] == {"alertname": "Watchdog", "severity": "none", "monitor": "newswatch"}
    assert_runbook(watchdog["annotations"], "Watchdog")
    assert_told(stack, "Watchdog", "watchdog", "alertname")
    lost = alert(stack, "NewswatchWatchCoverageLost")
    assert lost["labels"].items() >= {"job": "newswatch", "watch": "truce", "severity": "warning"}.items()
    assert_runbook(lost["annotations"], "NewswatchWatchCoverageLost")
    assert_told(stack, "NewswatchWatchCoverageLost", "warning", "alertname", "job", "watch")


def assert_told_of_the_worker(stack: Stack) -> None:
    """Of the cause; what follows from it is held, and told to nobody."""
    down = alert(stack, "NewswatchWorkersDown")
    assert down["labels"].items() >= {"job": "newswatch", "severity": "critical"}.items()
    assert_runbook(down["annotations"], "NewswatchWorkersDown")
    assert_told(stack, "NewswatchWorkersDown", "critical", "alertname", "job")
    follow = ("NewswatchWorkerDown", "NewswatchWatchCoverageLost")
    assert until(lambda: [states(stack.alertmanager).get(name) for name in follow] == ["suppressed"] * 2)
    assert stack.hook.posts("NewswatchWorkerDown") == []
    assert states(stack.alertmanager)["NewswatchWorkersDown"] == "active"
    assert answering(stack.server) == ANSWER - {("newswatch", "worker")}
