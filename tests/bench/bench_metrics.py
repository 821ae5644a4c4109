"""What metrics cost of a run: processor time of all that is done for them, to that of a worker at full speed.

How often each is updated the metrics say themselves; what an update costs is measured here, on objects of the
same kind. A scrape is measured at the worker that did the run, a look at the broker on the same broker; there
are as many of both as if the worker had had a core to itself, whatever else the machine was at.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import msgspec
import psutil
from faust.types import TP
from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from agents.mentions.watchlist import load as load_watchlist
from seeds.generate import generate
from streams.admin import create_topics
from streams.broker import running_broker
from streams.connect import admin, consumer
from streams.faust_metrics import FaustMonitor
from streams.lag.observer import LOOK_SECONDS, Observer
from streams.metrics import Metrics
from streams.replay.run import run as replay
from streams.run.account import Account
from streams.run.collect import Collector
from streams.run.fleet import Fleet
from streams.settings import load
from streams.topology import RAW, with_watches

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.run.fleet import Member
    from streams.settings import Settings

ARTICLES = 3_000
SCRAPE_SECONDS = 15.0
"""As `dashboards/prometheus/prometheus.yml` has it."""
GAUGES = 8
"""Set by a batch of the alert step and by one of the duplicate check."""
ARTICLE = {"article_id": "0" * 32}
READY_SECONDS = 180.0


def measure(articles: int = ARTICLES) -> dict[str, Any]:
    """Share of a worker's processor time, and what it is made of, in seconds.

    `idle_share` is of a core, while no news comes.
    """
    with tempfile.TemporaryDirectory() as name, running_broker(cache=load().cache) as broker:
        settings = load(kafka_bootstrap=broker.bootstrap_servers)
        create_topics(
            settings, with_watches(watch.name for watch in load_watchlist(settings.watchlist).watches)
        )
        variables = {
            "NEWSWATCH_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
            # The quickest there is: beside a network metrics would be smaller still.
            "NEWSWATCH_SPACY_MODEL": "newswatch-rules",
            "NEWSWATCH_NLP_PROCESSES": "1",
        }
        with Fleet(1, Path(name), variables) as fleet:
            fleet.wait_ready(READY_SECONDS)
            [member] = fleet.members
            begin, start = _processor(member), time.perf_counter()
            _run(Path(name), settings, articles)
            # To the end of what the worker does after the last outcome: acknowledge, commit.
            time.sleep(2)
            worker, wall = _processor(member) - begin, time.perf_counter() - start
            text = member.metrics()
            scrape = _scrape(member)
        look = _look(settings)
    updates, records = _updates(text.decode())
    seconds = {
        "updates": sum(updates[kind] * each for kind, each in _update_seconds().items()),
        "faust": records * _faust_seconds(),
        "scrapes": worker / SCRAPE_SECONDS * scrape,
        "looks": worker / LOOK_SECONDS * look,
    }
    return {
        "articles": articles,
        "worker_seconds": round(worker, 2),
        "wall_seconds": round(wall, 2),
        "updates": updates.total(),
        "scrape_ms": round(scrape * 1000, 2),
        "look_ms": round(look * 1000, 2),
        **{f"{name}_seconds": round(value, 4) for name, value in seconds.items()},
        "share": round(sum(seconds.values()) / worker, 5),
        "idle_share": round(scrape / SCRAPE_SECONDS + look / LOOK_SECONDS, 5),
    }


def _run(folder: Path, settings: Settings, articles: int) -> None:
    path = folder / "rows.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in generate(articles, seed=1)))
    replay(
        [str(path)],
        bootstrap=settings.kafka_bootstrap,
        topic=settings.topic_prefix + RAW,
        origin="live",
        quiet=True,
    )
    account = Account()
    with consumer(settings.kafka_bootstrap, fetch_min_bytes=1 << 18, fetch_max_wait_ms=250) as client:
        collector = Collector(client, settings)
        while account.missing(articles):
            for record in collector.poll(1.0):
                account.add(record)


def _processor(member: Member) -> float:
    """Processor time of a worker and of its processes so far."""
    process = psutil.Process(member.leash.pid)
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def _scrape(member: Member, rounds: int = 100) -> float:
    """Processor time of a scrape, at the worker."""
    before, start = _processor(member), time.perf_counter()
    time.sleep(5)
    idle = (_processor(member) - before) / (time.perf_counter() - start)
    before, start = _processor(member), time.perf_counter()
    for _ in range(rounds):
        member.metrics()
    spent = _processor(member) - before - idle * (time.perf_counter() - start)
    return max(0.0, spent) / rounds


def _look(settings: Settings, rounds: int = 100) -> float:
    """Processor time of a look at the broker, and of the part that it has in what is looked at seldom."""
    moment = 0.0
    observer = Observer(settings, clock=lambda: moment)
    with admin(settings.cluster) as client:
        observer.look(client)
        start = time.process_time()
        for number in range(1, rounds + 1):
            moment = number * LOOK_SECONDS  # so that every twelfth is one of them
            observer.look(client)
        return (time.process_time() - start) / rounds


def _updates(text: str) -> tuple[Counter[str], int]:
    """How often metrics of ours were updated by kind, and how many records Faust received and sent."""
    updates: Counter[str] = Counter()
    records = 0.0
    for family in text_string_to_metric_families(text):
        if family.name in {"faust_messages_received", "faust_messages_sent"}:
            records += sum(sample.value for sample in family.samples)
        elif family.name.startswith("newswatch_"):
            for sample in family.samples:
                if sample.name.endswith("_total"):
                    updates["counter"] += int(sample.value)
                elif sample.name.endswith("_count"):
                    with_exemplars = family.name == "newswatch_alert_latency_seconds"
                    updates["exemplar" if with_exemplars else "histogram"] += int(sample.value)
                if sample.name == "newswatch_batch_size_count":
                    updates["gauge"] += int(GAUGES * sample.value)
    return updates, int(records)


def _update_seconds() -> dict[str, float]:
    """Of an update by kind, each with a label."""
    metrics = Metrics(CollectorRegistry())
    return {
        "counter": _each(lambda: metrics.mentions.labels("ceasefire").inc()),
        "gauge": _each(lambda: metrics.table_entries.labels("desk").set(7)),
        "histogram": _each(lambda: metrics.step_seconds.labels("alerts").observe(0.02)),
        "exemplar": _each(lambda: metrics.alert_seconds.labels("live").observe(4.2, ARTICLE)),
    }


def _faust_seconds() -> float:
    """Of a record received or sent, through Faust's monitor, its own counting as well."""
    monitor = FaustMonitor(CollectorRegistry(), "")
    part, stream, event = TP("news.raw", 0), _Stream(), SimpleNamespace()
    message: Any = SimpleNamespace(time_in=None, time_out=None)

    def record() -> None:
        monitor.on_message_in(part, 1, message)
        state = monitor.on_stream_event_in(part, 1, stream, event)  # type: ignore[arg-type]
        monitor.on_stream_event_out(part, 1, stream, event, state)  # type: ignore[arg-type]
        monitor.on_message_out(part, 1, message)
        sent = monitor.on_send_initiated(None, "news.raw", event, 0, 0)  # type: ignore[arg-type]
        monitor.on_send_completed(None, sent, None)

    return _each(record) / 2


class _Stream:
    """As much of one as the monitor looks at."""

    def __init__(self) -> None:
        self.task_owner = self


def _each(action: Callable[[], object], times: int = 20_000) -> float:
    start = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - start) / times


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
