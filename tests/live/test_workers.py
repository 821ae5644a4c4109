"""Workers that come and go while work goes on, and articles from producers that know nothing of us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest
from kafka import KafkaProducer

from agents.mentions.watchlist import load as load_watchlist
from seeds.generate import generate
from streams.admin import create_topics
from streams.broker import Broker, BrokerError, running_broker
from streams.run.fleet import Member
from streams.settings import load
from streams.topology import RAW, TOPICS, with_watches
from streams.worker import STOP_SECONDS as LIMIT
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edition


pytestmark = pytest.mark.live

SOME = 800
PATIENCE = 240.0
"""Seconds in which a worker must get ready; two shared cores can be slow."""
STOP_SECONDS = 20.0
"""A worker needs about 3 s; after 20 its supervisor would kill it."""


def ready(member: Member) -> None:
    deadline = time.monotonic() + PATIENCE
    while not member.ready():
        assert time.monotonic() < deadline, member.log_file.read_text()
        time.sleep(0.05)


def stopped(member: Member, number: int, seconds: float = STOP_SECONDS) -> tuple[int, list[psutil.Process]]:
    """Send it a signal; its exit code, and those of its processes that outlive it."""
    family = psutil.Process(member.leash.pid).children(recursive=True)
    os.kill(member.leash.pid, number)
    code = member.leash.wait(seconds)
    return code, psutil.wait_procs(family, timeout=5)[1]


def test_workers_come_and_go_while_work_goes_on(edition: Edition) -> None:
    """A second joins in mid-run, then the first is stopped in good order.

    Every article has its true status, no alert is missing, and none is on a topic twice.
    """
    articles = list(generate(SOME, seed=31))
    first = edition.another(1)
    with first.leash:
        ready(first)
        edition.replay_generated(articles)
        edition.follow(lambda account: len(account.outcomes) > SOME // 8)
        second = edition.another(2)
        with second.leash:
            ready(second)
            edition.follow(lambda account: len(account.outcomes) > SOME // 3)
            assert stopped(first, signal.SIGTERM) == (0, [])
            account = edition.settled(SOME)
            second.check()
    edition.hold_against_truth(account, articles)


def test_articles_of_any_producer_are_live(edition: Edition) -> None:
    """Plain text without headers gives alerts with origin live; Ctrl-C then ends the worker with 0."""
    worker = edition.another(1)
    with worker.leash:
        ready(worker)
        producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
        text = "The two governments agreed a ceasefire on Monday evening, officials in the capital said."
        producer.send(edition.settings.topic_prefix + RAW, text.encode()).get(timeout=60)
        producer.close()
        account = edition.settled(1)
        assert [(alert.watch, alert.origin) for alert in account.in_order()] == [("ceasefire", "live")]
        # The alert is out before its state is written, and counted after that.
        assert until(lambda: b'newswatch_articles_total{origin="live",status="new"} 1.0' in worker.metrics())
        assert stopped(worker, signal.SIGINT) == (0, [])
    assert b"\x1b" not in worker.log_file.read_bytes()


def test_a_worker_whose_broker_is_gone_can_be_stopped(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Within its limit, with an exit code that says that it did not end in good order; no process is left."""
    ended: list[tuple[int, list[psutil.Process]]] = []
    with suppress(BrokerError), running_broker(cache=load().cache) as lost:
        variables = {"NEWSWATCH_KAFKA_BOOTSTRAP": lost.bootstrap_servers, "NEWSWATCH_NLP_PROCESSES": "1"}
        settings = load(kafka_bootstrap=lost.bootstrap_servers)
        watches = load_watchlist(settings.watchlist).watches
        create_topics(settings, with_watches(watch.name for watch in watches))
        worker = Member(1, tmp_path_factory.mktemp("worker"), variables)
        with worker.leash:
            ready(worker)
            lost.leash.kill()
            lost.leash.wait(STOP_SECONDS)
            ended.append(stopped(worker, signal.SIGTERM, seconds=LIMIT + STOP_SECONDS))
    # Outside: within the block the death of the broker would stand for any other failure.
    assert ended in ([(0, [])], [(1, [])])


def worker_without_topics(broker: Broker, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "streams", "worker", "--data-dir", str(folder), "--metrics-port", "0"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "NEWSWATCH_KAFKA_BOOTSTRAP": broker.bootstrap_servers, **variables},
    )


def test_a_worker_without_topics_names_the_command_that_makes_them(broker: Broker, tmp_path: Path) -> None:
    """Faust would ignore a missing topic for ever."""
    done = worker_without_topics(broker, tmp_path, NEWSWATCH_TOPIC_PREFIX=f"none{uuid.uuid4().hex[:8]}.")
    assert done.returncode == 1
    assert "'newswatch topics create'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_worker_with_other_partitions_names_both_numbers(edition: Edition, tmp_path: Path) -> None:
    """Declared and found."""
    done = subprocess.run(
        [sys.executable, "-m", "streams", "topics", "create"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            **os.environ,
            "NEWSWATCH_KAFKA_BOOTSTRAP": edition.settings.kafka_bootstrap,
            "NEWSWATCH_TOPIC_PREFIX": edition.settings.topic_prefix,
            "NEWSWATCH_PARTITIONS": "7",
        },
    )
    assert done.returncode == 1
    assert "news.unique has 4 partitions where 7 are declared" in done.stderr


def test_two_may_create_the_topics_at_once(broker: Broker) -> None:
    """Both come back without an error, and every topic is there."""
    settings = load(
        kafka_bootstrap=broker.bootstrap_servers, topic_prefix=f"t{uuid.uuid4().hex[:8]}.", partitions=2
    )
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: create_topics(settings, TOPICS), range(3)))
    again = create_topics(settings, TOPICS)
    assert (again.made, len(again.found)) == ((), len(TOPICS))
