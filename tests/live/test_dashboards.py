"""Every query of every dashboard, on a real Prometheus that asks a real worker about live news."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import msgspec
import pytest
from kafka import KafkaProducer

from dashboards.grafana.boards import BOARDS, asked
from dashboards.grafana.parts.query import filled
from dashboards.grafana.rows import faust, kminion
from seeds.generate import generate
from streams.topology import RAW
from tests.live.test_feeds import Site, environment
from tests.live.test_rules import past, prepared
from tests.live.test_webhook import Receiver
from tests.prometheus import MISSING, PROGRAM, PROMTOOL, backfill, deployed, prometheus
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

PATIENCE = 240.0
"""Seconds in which every panel must have data; two shared cores can be slow."""
PROBE = """
groups:
  - name: probe
    interval: 1s
    rules: [{alert: NewswatchNewsProbe, expr: up == 1, labels: {severity: warning}}]
"""
VALUES = {
    "job": "newswatch",
    "instance": ".+",
    "watch": ".+",
    "__rate_interval": "4s",
    "__range": "10m",
}
UNTRIED = {kminion.OFF, faust.STEADY}
"""Reasons that hold here. No other does: there is news of all kinds, a past, and an alert that fires."""
SOURCES = ("valley", "hill", "coast")
"""An alert is sent again at the third outlet."""
NAMING = (
    "Secretary of State Marco Rubio told reporters in Geneva on Monday that a truce in the border province "
    "would hold through the winter. Delegation {number} left without a word to the press."
)


def send(edition: Edition, seed: int) -> None:
    """Live news, copies among it, from three sources; somebody who is named; and what is no article."""
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    topic = edition.settings.topic_prefix + RAW
    for number, article in enumerate(generate(30, seed=seed)):
        named = msgspec.structs.replace(article, source=f"{SOURCES[number % 3]}.example")
        producer.send(topic, msgspec.json.encode(named))
    producer.send(topic, msgspec.json.encode({"text": NAMING.format(number=seed)}))
    producer.send(topic, b"{").get(timeout=60)
    producer.close()


def empty(server: Prometheus, expr: str) -> bool:
    return not server.query(filled(expr, VALUES))


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


def test_each_panel_has_data_or_a_reason_to_have_none(edition: Edition, tmp_path: Path) -> None:
    """And each variable something to choose. The weeks before are made up, and one alert that fires."""
    variables = prepared(edition, tmp_path)
    with Receiver().serving() as receiver, Site().serving() as site, ExitStack() as stack:
        fleet = stack.enter_context(edition.workers(**variables, NEWSWATCH_WEBHOOK_URL=receiver.url))
        feeds = stack.enter_context(polled(edition, site))
        target = str(fleet.members[0].url).removeprefix("http://")
        backfill(tmp_path, past(int(time.time()), target))
        config = deployed(tmp_path, {"worker": [target], "feeds": [feeds]})
        (tmp_path / "rules" / "probe.yml").write_text(PROBE)
        with prometheus(tmp_path, config, "--enable-feature=exemplar-storage") as server:
            assert until(lambda: len(server.query("up == 1")) == 2)
            needed = {one for one in asked() if one.empty not in UNTRIED}
            seed = 0

            def filled_up() -> bool:
                nonlocal seed, needed
                seed += 1
                send(edition, seed)
                needed = {one for one in needed if empty(server, one.expr)}
                return not needed

            assert until(filled_up, PATIENCE), sorted((one.dashboard, one.panel, one.expr) for one in needed)
            (alerts,) = {one.expr for one in asked() if one.panel == "Alerts of Prometheus"}
            told = {labels["alertname"]: labels for labels, _ in server.query(filled(alerts, VALUES))}
            assert told["NewswatchNewsProbe"]["severity"] == "warning"
            assert told["NewswatchNewsProbe"]["about"].split() in (["worker", target], ["feeds", feeds])
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
                for found in server.exemplars(filled(query.expr, VALUES))
                for name in found
            }
            assert marked == {"article_id"}
            # What may be empty is asked of Prometheus, too: what it does not take raises here.
            for one in asked():
                server.query(filled(one.expr, VALUES))
