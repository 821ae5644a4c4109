"""One real broker for the whole session, and editions of their own on it: topics apart by a prefix."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.mentions.watchlist import load as load_watchlist
from streams.admin import create_topics
from streams.broker import Broker, running_broker
from streams.connect import consumer
from streams.replay.run import run as replay
from streams.run.account import Account
from streams.run.collect import Collector, read_topic
from streams.run.fleet import Fleet, Member
from streams.settings import Settings, load
from streams.topology import ALERTS, RAW, watch_topic, with_watches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from seeds.generate import GeneratedArticle
    from streams.replay.report import Report

PATIENCE = 240.0
"""Seconds in which a condition must come true; two shared cores can be slow."""


class Edition:
    """An edition of the pipeline on the session's broker."""

    def __init__(self, broker: Broker, folder: Path) -> None:
        """Create its topics."""
        self.settings: Settings = load(
            kafka_bootstrap=broker.bootstrap_servers, topic_prefix=f"t{uuid.uuid4().hex[:8]}."
        )
        self.folder = folder
        self.topics = with_watches(watch.name for watch in load_watchlist(self.settings.watchlist).watches)
        create_topics(self.settings, self.topics)

    @contextmanager
    def workers(self, count: int = 1, **variables: str) -> Iterator[Fleet]:
        """Run workers, ready when the block begins, stopped in good order when it ends."""
        with Fleet(count, self.folder, self._variables(variables)) as fleet:
            fleet.wait_ready(PATIENCE)
            yield fleet

    def another(self, number: int, **variables: str) -> Member:
        """Start a worker; the same number has the same data folder. The caller ends it."""
        return Member(number, self.folder, self._variables(variables))

    def _variables(self, more: dict[str, str]) -> dict[str, str]:
        return {
            "NEWSWATCH_KAFKA_BOOTSTRAP": self.settings.kafka_bootstrap,
            "NEWSWATCH_TOPIC_PREFIX": self.settings.topic_prefix,
            "NEWSWATCH_NLP_PROCESSES": "1",
            # Thousands of articles pass here for their order and their verdicts; the network, of which a core
            # reads six of the seeds a second, is tried where entities are what a test is about.
            "NEWSWATCH_SPACY_MODEL": "newswatch-rules",
            **more,
        }

    def replay(self, *paths: Path) -> Report:
        """Replay files and folders."""
        return replay(
            [str(path) for path in paths],
            bootstrap=self.settings.kafka_bootstrap,
            topic=self.settings.topic_prefix + RAW,
            quiet=True,
        )

    def replay_generated(self, articles: Sequence[GeneratedArticle]) -> Report:
        """Write generated articles to a file and replay it."""
        return self.replay(self.write(articles))

    def replay_paced(self, articles: Sequence[GeneratedArticle], speed: str) -> subprocess.Popen[bytes]:
        """Write generated articles to a file and begin to replay it at a speed, in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "streams", "replay", str(self.write(articles)), "--speed", speed],
            env={**os.environ, **self._variables({})},
            stderr=subprocess.DEVNULL,
        )

    def write(self, articles: Sequence[GeneratedArticle]) -> Path:
        """Generated articles as a file of the edition."""
        path = self.folder / "generated.jsonl"
        path.write_bytes(b"".join(msgspec.json.encode(article) + b"\n" for article in articles))
        return path

    def hold_against_truth(self, account: Account, articles: Sequence[GeneratedArticle]) -> None:
        """Each article has its true status, each cluster of copies one alert for each watch it mentions.

        No revision of an alert is on a topic twice.
        """
        statuses = {outcome.name: outcome.status for outcome in account.outcomes.values()}
        assert {article.id: article.truth.status for article in articles} == statuses
        expected = {(article.truth.cluster, watch) for article in articles for watch in article.truth.watches}
        first: dict[str | None, str | None] = {}
        for outcome in account.articles_in_order():
            first.setdefault(outcome.article_id, outcome.name)  # an update has the id of what it updates
        found = [(first[alert.story_id], alert.watch) for alert in account.in_order()]
        assert expected == set(found)
        assert len(found) == len(set(found))
        for topic in (ALERTS, *(watch_topic(watch) for watch in {watch for _, watch in expected})):
            ids = Counter((alert["alert_id"], alert["revision"]) for alert in self.read(topic))
            assert [key for key, count in ids.items() if count > 1] == []

    def follow(self, until: Callable[[Account], bool], patience: float = PATIENCE) -> Account:
        """Count what comes out until a condition holds, or fail."""
        account = Account()
        deadline = time.monotonic() + patience
        with consumer(self.settings.kafka_bootstrap) as client:
            collector = Collector(client, self.settings)
            while not until(account):
                assert time.monotonic() < deadline, f"not in {patience} s: {account.statuses}"
                for record in collector.poll(0.2):
                    account.add(record)
        return account

    def settled(self, articles: int, patience: float = PATIENCE) -> Account:
        """Count until so many articles add up."""
        return self.follow(lambda account: not account.missing(articles), patience)

    def read(self, topic: str) -> list[dict[str, object]]:
        """Every record of a topic, as JSON."""
        return [msgspec.json.decode(value) for value in read_topic(self.settings, topic)]


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """The session's broker."""
    with running_broker(cache=load().cache) as running:
        yield running


@pytest.fixture(scope="session")
def new_edition(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Edition]:
    """Make editions, each with a folder of its own."""
    return lambda: Edition(broker, tmp_path_factory.mktemp("edition"))


@pytest.fixture
def edition(new_edition: Callable[[], Edition]) -> Edition:
    """An edition of its own for a test."""
    return new_edition()
