"""The rules in a real Prometheus that scrapes a real worker, which works off live news."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import yaml
from kafka import KafkaProducer

from agents.mentions.watchlist import load
from seeds.generate import generate
from streams.admin import create_topics
from streams.topology import RAW, with_watches
from tests.prometheus import MISSING, PROGRAM, PROMTOOL, backfill, prometheus
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Edition

    from tests.prometheus import Prometheus

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(PROGRAM is None or PROMTOOL is None, reason=MISSING),
]

RULES = Path(__file__).parents[2] / "dashboards" / "prometheus" / "rules"
ARTICLES = 44
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
CONFIG = """
global: {{scrape_interval: 1s}}
rule_files: ["{rules}/*.yml"]
scrape_configs: [{{job_name: newswatch, static_configs: [{{targets: ["{target}"]}}]}}]
"""


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


def send(edition: Edition) -> None:
    """As any producer does, so they are live: half of them from a source that no watch spells out."""
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    topic = edition.settings.topic_prefix + RAW
    for number, article in enumerate(generate(ARTICLES, seed=5)):
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


def test_every_rule_has_data_from_a_worker_and_the_oracle_s_is_quiet(
    edition: Edition, tmp_path: Path
) -> None:
    """The files as they are, but asked every second; the weeks before are made up, the last minute is not."""
    (tmp_path / "rules").mkdir()
    for file in RULES.glob("*.yml"):
        text = re.sub(r"interval: \d+m", "interval: 1s", file.read_text())
        (tmp_path / "rules" / file.name).write_text(text)
    watchlist = tmp_path / "watches.yaml"
    watchlist.write_text(WATCHES)
    names = [watch.name for watch in load(watchlist).watches]
    create_topics(edition.settings, with_watches(names))
    with edition.workers(NEWSWATCH_WATCHLIST=str(watchlist), NEWSWATCH_ORACLE_SHARE="1") as fleet:
        target = str(fleet.members[0].url).removeprefix("http://")
        backfill(tmp_path, past(int(time.time()), target))
        with prometheus(tmp_path, CONFIG.format(rules=tmp_path / "rules", target=target)) as server:
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

            rules = [rule for group in server.get("rules")["groups"] for rule in group["rules"]]
            assert {rule["health"] for rule in rules} == {"ok"}
            states = {rule["name"]: rule["state"] for rule in rules if rule["type"] == "alerting"}
            assert states["NewswatchMatcherMissed"] == states["NewswatchMatcherUnchecked"] == "inactive"
            assert states["NewswatchWatchCoverageLost"] == "pending"
            assert server.query("newswatch_matcher_missed_total")[0][1] == 0
