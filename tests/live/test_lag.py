"""How far readers are behind, asked of a real broker."""

from __future__ import annotations

import gc
import shutil
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from kafka import TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from seeds.generate import generate
from streams.admin import create_topics
from streams.broker import running_broker
from streams.connect import admin
from streams.console.measure import ConsoleMetrics
from streams.health import SILENT_SECONDS
from streams.label_sets import closed
from streams.lag.observer import Observer
from streams.metrics_page import described, registries
from streams.settings import load
from streams.topology import ALERTS, RAW, TOPICS, watch_topic
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Edition
    from prometheus_client import Metric

    from streams.lag.seen import Lag

pytestmark = pytest.mark.live

PROMTOOL = shutil.which("promtool")
MANY = 40


class Clock:
    """One that goes, and that a test can put forward."""

    ahead = 0.0

    def monotonic(self) -> float:
        """Seconds."""
        return time.monotonic() + self.ahead

    def wall(self) -> float:
        """Unix seconds."""
        return time.time() + self.ahead


def observer(edition: Edition, clock: Clock, **more: bool) -> Observer:
    return Observer(edition.settings, clock=clock.monotonic, wall=clock.wall, **more)


def lags(seen_by: Observer, client: Any) -> dict[tuple[str, int], Lag]:
    """What a look finds, of the edition's own group."""
    seen_by.look(client)
    assert seen_by.seen is not None
    return {(lag.topic, lag.partition): lag for lag in seen_by.seen.lags if lag.group.endswith(".newswatch")}


@pytest.fixture
def client(edition: Edition) -> Iterator[Any]:
    """An administration client, once the broker knows groups: it makes their topic when first asked."""

    def known() -> bool:
        try:
            return bool(asking.list_group_offsets({"nobody": None}) is not None)
        except KafkaError:
            return False

    with admin(edition.settings.cluster) as asking:
        assert until(known)
        yield asking


def families(text: str) -> dict[str, Metric]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def scraped(url: str | None, accept: str) -> str:
    request = urllib.request.Request(f"{url}/metrics", headers={"Accept": accept})  # noqa: S310  http
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
        return str(answer.read().decode())


@pytest.mark.timeout(600)
def test_what_a_stopped_worker_leaves_grows_older_until_the_next_has_read_it(
    edition: Edition, client: Any
) -> None:
    """In records and in seconds since they were written, though their dates are of the past.

    Who looks only now is told the age by the records themselves.
    """
    clock = Clock()
    watching = observer(edition, clock)
    assert {lag.records for lag in lags(watching, client).values()} == {0}
    edition.replay_generated(list(generate(MANY, seed=5)))
    fresh = lags(watching, client)[RAW, 0]
    assert fresh.records == MANY
    assert fresh.seconds < 30
    clock.ahead = 600
    assert 600 <= lags(watching, client)[RAW, 0].seconds < 660
    newcomer = observer(edition, clock)
    assert 600 <= lags(newcomer, client)[RAW, 0].seconds < 660
    with edition.workers() as fleet:
        edition.settled(MANY)

        def all_read() -> bool:
            return all(lag[3:] == (0, 0.0) for lag in lags(watching, client).values())

        assert until(all_read)
        [member] = fleet.members
        text = ""

        def shown() -> bool:
            nonlocal text
            text = member.metrics().decode()
            found = families(text).get("newswatch_lag_records")
            return bool(found and found.samples) and not any(sample.value for sample in found.samples)

        assert until(shown)
        assert {
            (sample.labels["topic"], int(sample.labels["partition"]))
            for sample in families(text)["newswatch_lag_seconds"].samples
        } == lags(watching, client).keys()
        _hold_against_the_contract(text)
        if PROMTOOL is not None:
            plain = scraped(member.url, "text/plain;version=0.0.4")
            checked = subprocess.run(
                [PROMTOOL, "check", "metrics"], input=plain, capture_output=True, text=True, check=False
            )
            assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def _hold_against_the_contract(text: str) -> None:
    """Each metric is on the page, and each value of a label is in its set."""
    told = {metric.name: metric for metric in described(registries()["worker"])}
    for name, family in families(text).items():
        for sample in family.samples:
            assert sample.labels.keys() <= {*told[name].labels, "le"}
            for label, value in sample.labels.items():
                values = closed(name, label)
                assert values is None or value in values, (name, label, value)
    assert families(text)["faust_messages_active"].samples[0].value == 0
    received = families(text)["faust_messages_received"].samples
    assert {sample.labels["topic"]: sample.value for sample in received}[RAW] == MANY
    assert families(text)["newswatch_worker_ready"].samples[0].value == 1
    for family in ("newswatch_pool_processes", "newswatch_pool_cpu_seconds"):
        pools = {sample.labels["pool"]: sample.value for sample in families(text)[family].samples}
        assert pools.keys() == {"parsers", "pipeline"}
        assert all(pools.values())
    latency = families(text)["newswatch_alert_latency_seconds"]
    assert [sample for sample in latency.samples if sample.exemplar]


def test_the_console_sees_programs_that_read_alerts(edition: Edition, client: Any) -> None:
    """A group of theirs, with the topics that it reads; and the brokers' disks."""
    settings, reader = edition.settings, f"{edition.settings.topic_prefix}pager"
    topic = watch_topic("ceasefire")
    full = settings.topic_prefix + topic
    edition.replay_generated(list(generate(1, seed=5)))
    client.create_topics({full: {"num_partitions": 1, "replication_factor": 1}}, raise_errors=False)
    client.alter_group_offsets(reader, {TopicPartition(full, 0): OffsetAndMetadata(0, "", -1)})
    sight = Observer(settings, others=True)
    sight.start()
    try:
        assert until(lambda: any(lag.group == reader for lag in sight.seen.lags) if sight.seen else False)
        body, _ = ConsoleMetrics({}, lambda: 0, sight).text("application/openmetrics-text")
    finally:
        sight.stop()
    found = families(body.decode())
    assert (reader, topic) in {
        (sample.labels["group"], sample.labels["topic"]) for sample in found["newswatch_lag_records"].samples
    }
    # Without a webhook nobody is behind on the alerts themselves.
    assert ALERTS not in {sample.labels["topic"] for sample in found["newswatch_lag_records"].samples}
    [free], [total] = (found[f"newswatch_broker_disk_{name}_bytes"].samples for name in ("free", "total"))
    assert 0 < free.value < total.value
    assert {sample.labels["topic"] for sample in found["newswatch_topic_bytes"].samples} >= {RAW, "alerts.*"}


def test_topics_that_are_not_there_yet_are_not_behind(edition: Edition, client: Any) -> None:
    """The broker answers all the same; they come when they are made."""
    settings = edition.settings.model_copy(update={"topic_prefix": edition.settings.topic_prefix + "later."})
    watching = Observer(settings)
    watching.look(client)
    assert (watching.up, watching.seen and watching.seen.lags) == (True, ())
    create_topics(settings, TOPICS)
    watching.look(client)
    assert watching.seen is not None
    assert {lag.topic for lag in watching.seen.lags} >= {RAW}


def test_a_topic_made_anew_is_unread_from_its_beginning(edition: Edition, client: Any) -> None:
    """What the group acknowledged of the old one lies beyond its end."""
    settings, full = edition.settings, edition.settings.topic_prefix + RAW
    watching = Observer(settings)
    group = settings.topic_prefix + "newswatch"
    client.alter_group_offsets(group, {TopicPartition(full, 0): OffsetAndMetadata(1000, "", -1)})
    edition.replay_generated(list(generate(3, seed=5)))
    assert lags(watching, client)[RAW, 0].records == 3


# kafka-python's, of the connection that broke.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.timeout(300)
def test_a_broker_that_is_gone_is_down_and_what_it_said_is_not_told_for_ever(tmp_path: Path) -> None:
    """And when it is back, all is as before; nobody is started anew."""
    clock = Clock()
    cache = load().cache
    with running_broker(cache=cache, data_dir=tmp_path) as broker:
        settings = load(kafka_bootstrap=broker.bootstrap_servers)
        port = int(broker.bootstrap_servers.rpartition(":")[2])
        create_topics(settings, TOPICS)
        watching = Observer(settings, clock=clock.monotonic, wall=clock.wall)
        watching.start()
        assert until(lambda: watching.seen is not None)
    try:
        clock.ahead = SILENT_SECONDS + 1
        assert until(lambda: (watching.up, watching.seen) == (False, None))
        with running_broker(cache=cache, data_dir=tmp_path, port=port):
            assert until(lambda: watching.up is True and watching.seen is not None)
    finally:
        watching.stop()
        gc.collect()
