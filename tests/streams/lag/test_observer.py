"""Looks at brokers that a test makes up; a real one is looked at in tests/live/test_lag.py."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from kafka.admin import OffsetSpec
from kafka.errors import ClusterAuthorizationFailedError, KafkaConnectionError

from streams.health import SILENT_SECONDS
from streams.lag import ask
from streams.lag.observer import READ_SECONDS, SELDOM_SECONDS, Observer
from streams.settings import load
from streams.topology import ALERTS, RAW


class Brokers:
    """Answers of an administration client: the one topic with records is `news.raw`."""

    def __init__(self) -> None:
        self.end = 0
        self.acknowledged = 0
        self.asked: list[str] = []
        self.allowed = True

    def describe_topics(self, names: list[str]) -> list[dict[str, Any]]:
        """Each is there, with one partition."""
        self.asked.append("topics")
        part = {"partition_index": 0, "leader_id": 1}
        return [{"name": name, "error_code": 0, "partitions": [part]} for name in names]

    def list_topics(self) -> list[str]:
        """Those of the edition, and another's."""
        return ["t1.news.raw", "t2.news.raw"]

    def describe_log_dirs(self, names: list[str]) -> list[dict[str, Any]]:
        """No folder; who may not ask is told."""
        self.asked.append(f"disks of {','.join(names)}")
        if not self.allowed:
            raise ClusterAuthorizationFailedError
        return []

    def list_group_offsets(self, groups: dict[str, Any]) -> dict[str, Any]:
        """What is acknowledged."""
        return {
            group: {part: SimpleNamespace(offset=self._of(part, self.acknowledged)) for part in parts or ()}
            for group, parts in groups.items()
        }

    def list_partition_offsets(self, specs: dict[Any, Any]) -> dict[Any, Any]:
        """Beginnings or ends."""
        return {
            part: SimpleNamespace(offset=self._of(part, self.end) if spec == OffsetSpec.LATEST else 0)
            for part, spec in specs.items()
        }

    @staticmethod
    def _of(part: Any, offset: int) -> int:
        return offset if part.topic == f"t1.{RAW}" else 0


class Clock:
    """Stands until a test moves it."""

    now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def observer(clock: Clock) -> Observer:
    return Observer(load({}, topic_prefix="t1."), clock=clock, wall=clock)


def raw(observer: Observer) -> tuple[int, float]:
    """Lag in records and seconds of the input."""
    assert observer.seen is not None
    [lag] = [lag for lag in observer.seen.lags if lag.topic == RAW]
    return lag.records, lag.seconds


def test_records_are_as_old_as_the_look_that_saw_them(observer: Observer, clock: Clock) -> None:
    """Until they are acknowledged."""
    brokers = Brokers()
    observer.look(brokers)
    assert raw(observer) == (0, 0.0)
    brokers.end, clock.now = 5, 1005.0
    observer.look(brokers)
    brokers.end, clock.now = 7, 1020.0
    observer.look(brokers)
    assert raw(observer) == (7, 15.0)
    brokers.acknowledged, clock.now = 5, 1025.0
    observer.look(brokers)
    assert raw(observer) == (2, 5.0)
    brokers.acknowledged = 7
    observer.look(brokers)
    assert raw(observer) == (0, 0.0)


def test_records_from_before_the_first_look_are_asked_once_in_a_while(
    observer: Observer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they say holds for those behind them, until these are asked."""
    brokers, asked = Brokers(), []

    def arrivals(_cluster: Any, _prefix: str, records: list[tuple[Any, int]]) -> dict[Any, float]:
        asked.append([offset for _, offset in records])
        return {(part, offset): 400.0 + 100 * offset for part, offset in records}

    monkeypatch.setattr(ask, "arrivals", arrivals)
    brokers.end = 9
    observer.look(brokers)
    assert raw(observer) == (9, 600.0)
    brokers.acknowledged, clock.now = 2, 1010.0
    observer.look(brokers)
    assert raw(observer) == (7, 610.0)
    clock.now += READ_SECONDS
    observer.look(brokers)
    assert raw(observer) == (7, 440.0)
    observer.look(brokers)
    assert asked == [[0], [2]]


def test_what_was_seen_is_told_for_a_while(observer: Observer, clock: Clock) -> None:
    """Then brokers are down, and their last word is worth nothing."""
    assert (observer.up, observer.seen) == (None, None)
    observer.look(Brokers())
    clock.now += SILENT_SECONDS
    assert (observer.up, observer.seen is None) == (True, False)
    clock.now += 1
    assert (observer.up, observer.seen) == (False, None)


def test_who_may_not_ask_about_disks_has_lag_all_the_same_and_is_told_once(
    observer: Observer, clock: Clock
) -> None:
    """Of this edition alone is asked, once a minute."""
    brokers = Brokers()
    brokers.allowed = False
    with structlog.testing.capture_logs() as logged:
        for _ in range(3):
            observer.look(brokers)
            assert raw(observer) == (0, 0.0)
            clock.now += SELDOM_SECONDS
    assert len(logged) == 1
    assert brokers.asked.count("disks of t1.news.raw") == 3


def test_alerts_are_read_where_there_is_a_webhook(clock: Clock) -> None:
    """By a worker's own settings."""
    for url, read in ((None, False), ("https://example.org/", True)):
        observer = Observer(load({}, webhook_url=url), clock=clock, wall=clock)
        observer.look(Brokers())
        assert observer.seen is not None
        assert (ALERTS in {lag.topic for lag in observer.seen.lags}) == read


def test_a_look_without_an_answer_raises_and_changes_nothing(observer: Observer) -> None:
    """The thread tries again; what was seen stays until it is too old."""
    observer.look(Brokers())
    before = observer.seen
    silent = Brokers()
    silent.describe_topics = lambda _: (_ for _ in ()).throw(KafkaConnectionError())  # type: ignore[method-assign]
    with pytest.raises(KafkaConnectionError):
        observer.look(silent)
    assert observer.seen == before
