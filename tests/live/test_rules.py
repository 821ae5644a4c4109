"""The rules in a real Prometheus that scrapes a real worker, which works off live news."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
import pytest
import yaml
from kafka import KafkaProducer

from agents.mentions.watchlist import load
from seeds.generate import generate
from streams.admin import create_topics
from streams.topology import RAW, with_watches
from tests.console import TOKEN, console
from tests.prometheus import FILES, MISSING, PROGRAM, PROMTOOL, backfill, deployed, prometheus
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Edition

    from tests.prometheus import Prometheus

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(PROGRAM is None or PROMTOOL is None, reason=MISSING),
]

RULES = FILES / "rules"
ARTICLES = 44
VALLEY = ARTICLES // 2 + 1
"""Of them and of the one that names somebody, those of 'valley.example'."""
WATCHES = """
watches:
  - {name: truce, terms: [truce, ceasefire], scope: {sources: [silent.example, "*.example"]}}
  - {name: never, terms: [zyzzyva], scope: {entities: ["person:Marco Rubio"]}}
"""
NAMING = (
    "Secretary of State Marco Rubio told reporters in Geneva on Monday that a truce in the border province "
    "would hold through the winter. The talks went on for nine hours, and both delegations left without a "
    "word to the press."
)
HOUR = 3600
USUAL = {
    ("job", ""): 31,
    ("watch", 'watch="truce",'): 2,
    ("watch", 'watch="never",'): 0,
    ("entity", 'entity="person:Marco Rubio",'): 0,
    ("source", 'source="silent.example",'): 30,
    ("source", 'source="valley.example",'): 1,
}
"""Articles an hour."""


def past(now: int, target: str) -> Iterator[str]:
    """What Prometheus would have of the last weeks: without them there is nothing that is usual."""
    weeks_and_days = {
        hour for begin in (24, 48, 72, 168, 336, 504, 672) for hour in range(begin - 2, begin + 3)
    }
    day = set(range(1, 26))
    for operation, hours, times in (
        ("increase1h", weeks_and_days | day, 1),
        ("increase6h", day, 6),
        ("increase1h_usual", day, 1),
        ("increase6h_usual", day, 6),
    ):
        for (level, label), value in USUAL.items():
            name = f"{level}:newswatch_articles:{operation}"
            yield f"# TYPE {name} gauge\n"
            for hour in sorted(hours, reverse=True):
                # Around each whole hour: the test takes a minute, and a sample counts for five.
                for at in range(now - hour * HOUR - 600, now - hour * HOUR + 600, 120):
                    yield f'{name}{{{label}job="newswatch"}} {value * times} {at}\n'
    yield "# TYPE newswatch_articles counter\n"
    labels = f'job="newswatch",instance="{target}",origin="live",status="new"'
    for at in range(now - HOUR - 600, now - HOUR + 600, 60):
        yield f"newswatch_articles_total{{{labels}}} 0 {at}\n"


def send(edition: Edition, seed: int = 5) -> None:
    """As any producer does, so they are live: half of them from a source that no watch spells out."""
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    topic = edition.settings.topic_prefix + RAW
    for number, article in enumerate(generate(ARTICLES, seed=seed)):
        source = "valley.example" if number % 2 else "Harbour Courier"
        producer.send(topic, msgspec.json.encode(msgspec.structs.replace(article, source=source)))
    producer.send(topic, msgspec.json.encode({"text": NAMING, "source": "valley.example"})).get(timeout=60)
    producer.close()


def recorded() -> list[str]:
    return [
        rule["record"]
        for file in RULES.glob("*.yml")
        for group in yaml.safe_load(file.read_text())["groups"]
        for rule in group["rules"]
        if "record" in rule
    ]


def number(server: Prometheus, expression: str) -> float:
    return sum(value for _, value in server.query(expression))


def states(server: Prometheus) -> dict[str, str]:
    """Of all alerts, none of whose rules is broken; of one with two severities that of the lesser."""
    rules = [rule for group in server.get("rules")["groups"] for rule in group["rules"]]
    assert {rule["health"] for rule in rules} == {"ok"}
    return {rule["name"]: rule["state"] for rule in rules if rule["type"] == "alerting"}


def prepared(edition: Edition, folder: Path) -> dict[str, str]:
    """A worker's variables for the watches."""
    watchlist = folder / "watches.yaml"
    watchlist.write_text(WATCHES)
    names = [watch.name for watch in load(watchlist).watches]
    create_topics(edition.settings, with_watches(names))
    return {"NEWSWATCH_WATCHLIST": str(watchlist), "NEWSWATCH_ORACLE_SHARE": "1"}


def test_every_rule_has_data_from_a_worker_and_the_oracle_s_is_quiet(
    edition: Edition, tmp_path: Path
) -> None:
    """The files as they are, but asked every second; the weeks before are made up, the last minute is not."""
    variables = prepared(edition, tmp_path)
    with edition.workers(**variables) as fleet:
        target = str(fleet.members[0].url).removeprefix("http://")
        backfill(tmp_path, past(int(time.time()), target))
        with prometheus(tmp_path, deployed(tmp_path, {"worker": [target]})) as server:
            zero = f'newswatch_watch_articles_total{{instance="{target}"}} == 0'
            assert until(lambda: len(server.query(zero)) == 2)
            send(edition)
            assert until(lambda: number(server, "newswatch_oracle_articles_total") > ARTICLES)
            assert until(lambda: all(server.query(name) for name in recorded())), [
                name for name in recorded() if not server.query(name)
            ]
            # The first article counts, since the series was there before it.
            assert until(lambda: number(server, 'watch:newswatch_articles:increase1h{watch="truce"}') > 0)
            assert until(lambda: number(server, "entity:newswatch_articles:increase1h") > 0)
            sources = {labels["source"] for labels, _ in server.query("newswatch_source_articles_total")}
            assert sources == {"silent.example", "*.example", "valley.example", "harbour courier", "other"}
            quiet = server.query("source:newswatch_articles:quiet_hours")
            assert [labels["source"] for labels, _ in quiet] == ["silent.example"]

            found = states(server)
            assert found["NewswatchMatcherMissed"] == found["NewswatchMatcherUnchecked"] == "inactive"
            assert found["NewswatchWatchCoverageLost"] == "pending"
            assert {name for name, state in found.items() if state == "firing"} == {"Watchdog"}
            assert number(server, "job:newswatch_workers_up:count") == 1
            assert [labels["component"] for labels, _ in server.query("up == 1")] == ["worker"]
            assert server.query("newswatch_matcher_missed_total")[0][1] == 0


def test_nothing_is_lost_or_counted_twice_when_the_partition_moves(edition: Edition, tmp_path: Path) -> None:
    """The worker that counts stops, the other goes on; which sources have a place it knows from the table."""
    variables = prepared(edition, tmp_path)
    # Only the first is asked for a pipeline that is not there, and does with the one that comes along.
    first = edition.another(1, **variables, NEWSWATCH_SPACY_MODEL="no_such_pipeline")
    second = edition.another(2, **variables)
    with first.leash, second.leash:
        assert until(first.ready) or until(first.ready)  # on a busy machine a network takes its time to load
        assert until(second.ready)
        targets = [str(member.url).removeprefix("http://") for member in (first, second)]
        with prometheus(tmp_path, deployed(tmp_path, {"worker": targets})) as server:
            assert until(lambda: len(server.query("newswatch_watch_articles_total == 0")) == 4)
            assert until(lambda: states(server)["NewswatchModelsDiffer"] == "pending")
            (fallback,) = [
                alert["labels"]
                for alert in server.get("alerts")["alerts"]
                if alert["labels"]["alertname"] == "NewswatchModelFallback"
            ]
            assert fallback["instance"] == targets[0]
            assert (fallback["configured"], fallback["name"]) == ("no_such_pipeline", "newswatch-default")
            assert states(server)["NewswatchWatchlistsDiffer"] == "inactive"
            send(edition)
            # What it showed last stays in Prometheus, and is added up.
            shown = "sum(max_over_time({}[10m]))".format
            named = shown('newswatch_source_articles_total{source="*.example"}')
            assert until(lambda: number(server, named) == VALLEY)
            counting = 'max by (instance) (newswatch_source_articles_total{source="*.example"}) > 0'
            (labels, _), *others = server.query(counting)
            assert others == []
            (first, second)[targets.index(labels["instance"])].leash.terminate()
            assert until(lambda: labels["instance"] not in dict(up(server)))
            send(edition, seed=6)
            assert until(lambda: number(server, named) == 2 * VALLEY)
            everything = shown('newswatch_articles_total{origin="live"}')
            assert until(lambda: number(server, everything) == 2 * (ARTICLES + 1))
            # It had its place from the start, where the first worker gave it one after 20 articles.
            valley = 'newswatch_source_articles_total{source="valley.example"}'
            assert until(lambda: number(server, valley) == VALLEY)


def test_the_console_is_asked_with_its_token_and_tells_what_no_worker_does(
    edition: Edition, tmp_path: Path
) -> None:
    """News waits and there never was a worker: both are missed, by what the console alone knows."""
    with console(edition.settings, NEWSWATCH_CONSOLE_TOKEN=TOKEN) as running:
        targets = {"console": [running.url.removeprefix("http://")]}
        with prometheus(tmp_path, deployed(tmp_path, targets, token=TOKEN)) as server:
            assert until(lambda: number(server, 'up{job="newswatch", component="console"}') == 1)
            assert until(lambda: bool(server.query("job:newswatch_lag_records:sum == 0")))
            assert states(server)["NewswatchIngestStalled"] == "inactive"
            producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
            producer.send(edition.settings.topic_prefix + RAW, b"news").get(timeout=60)
            producer.close()
            assert until(lambda: number(server, "job:newswatch_lag_records:sum") == 1)
            assert until(lambda: states(server)["NewswatchIngestStalled"] == "pending")
            assert states(server)["NewswatchWorkersDown"] == "pending"
            assert states(server)["NewswatchBrokerDown"] == "inactive"
            assert number(server, "newswatch_broker_disk_free_bytes") > 0
            (tmp_path / "console-token").write_text("another")
            assert until(lambda: number(server, 'up{job="newswatch", component="console"}') == 0)


def up(server: Prometheus) -> list[tuple[str, float]]:
    """Workers that answer."""
    return [(labels["instance"], value) for labels, value in server.query("up == 1")]
