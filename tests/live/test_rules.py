"""The rules in a real Prometheus that scrapes a real worker, which works off live news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from kafka import KafkaProducer

from agents.mentions.watchlist import load
from seeds.generate import generate
from streams.admin import create_topics
from streams.topology import RAW, with_watches
from tests.console import TOKEN, console
from tests.prometheus import MISSING, PROGRAM, PROMTOOL, deployed, prometheus
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edition

    from tests.prometheus import Prometheus

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(PROGRAM is None or PROMTOOL is None, reason=MISSING),
]

ARTICLES = 44
VALLEY = ARTICLES // 2 + 1
"""Of them and of the one that names somebody, those of 'valley.example'."""
RUNBOOK = "https://wiki.example.org/truce"
WATCHES = f"""
watches:
  - name: truce
    terms: [truce, ceasefire]
    scope: {{sources: [silent.example, "*.example"]}}
    severity: critical
    runbook_url: {RUNBOOK}
  - {{name: ceasefire, terms: [ceasefire]}}
  - {{name: never, terms: [zyzzyva], scope: {{entities: ["person:Marco Rubio"]}}}}
"""
NAMING = (
    "Secretary of State Marco Rubio told reporters in Geneva on Monday that a truce in the border province "
    "would hold through the winter. The talks went on for nine hours, and both delegations left without a "
    "word to the press."
)


def send(edition: Edition, seed: int = 5) -> None:
    """As any producer does, so they are live: half of them from a source that no watch spells out."""
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    topic = edition.settings.topic_prefix + RAW
    for number, article in enumerate(generate(ARTICLES, seed=seed)):
        source = "valley.example" if number % 2 else "Harbour Courier"
        producer.send(topic, msgspec.json.encode(msgspec.structs.replace(article, source=source)))
    producer.send(topic, msgspec.json.encode({"text": NAMING, "source": "valley.example"})).get(timeout=60)
    producer.close()


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
            assert until(lambda: len(server.query("newswatch_watch_articles_total == 0")) == 6)
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
        with prometheus(tmp_path, deployed(tmp_path, targets), token=TOKEN) as server:
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
