"""The deadline clock on a real broker: by articles in a replay, by the wall clock where news is live."""

from __future__ import annotations

import json
import os
import signal
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner

from seeds import ARTICLES
from streams.cli import app
from streams.topology import ALERTS, RAW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Edition


pytestmark = pytest.mark.live

SEED = "001_440f3e811b64d454.txt"
TEXT = "The ministers gave the port {within} to reopen and called it an ultimatum. Nobody answered on Monday."
TOPICS = (
    "A ferry was late because of fog over the strait.",
    "The library bought forty books about the sea.",
    "Bakers in the old town sold bread at night.",
    "A choir sang in the station for travellers.",
)


def rows() -> Iterator[dict[str, str]]:
    """Seed 001 as of November 24, and four articles of each day until the 29th."""
    text = (ARTICLES / SEED).read_text("utf-8")
    yield {"id": "seed", "published": "2025-11-24T09:00:00Z", "text": text}
    for day in range(24, 30):
        for hour, topic in enumerate(TOPICS, 10):
            told = f"{topic} It was day {day} of the month, and the clock said {hour} when it was noted down."
            yield {"id": f"{day}/{hour}", "published": f"2025-11-{day}T{hour}:00:00Z", "text": told}


def test_the_deadline_of_a_seed_article_is_told_three_times_in_a_run(tmp_path: Path) -> None:
    """By the articles that come after it; a backtest of the same gives the same."""
    news, out = tmp_path / "news.jsonl", tmp_path / "out"
    news.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    runner = CliRunner()
    done = runner.invoke(app, ["run", str(news), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)["deadlines"]
    assert [(one["deadline"]["due"], one["deadline"]["left"], one["event_time"]) for one in told] == [
        ("2025-11-27", "24h", "2025-11-26T00:00:00Z"),
        ("2025-11-27", "1h", "2025-11-26T23:00:00Z"),
        ("2025-11-27", "passed", "2025-11-28T00:00:00Z"),
    ]
    [story] = [alert for alert in json.loads(done.stdout)["alerts"] if alert["watch"] == "deadline"]
    assert {tuple(one["deadline"]["alerts"]) for one in told} == {(story["alert_id"],)}
    assert {one["name"] for one in told} == {"seed"}

    verified = runner.invoke(app, ["backtest", "--history", str(out), "--verify"])
    assert verified.exit_code == 0, verified.output
    assert "gained: nothing; lost: nothing; changed: 0" in verified.output


def send(edition: Edition, published: datetime, within: str) -> None:
    """A live article, which no replay has marked."""
    row = {"published": published.isoformat(), "text": TEXT.format(within=within)}
    producer = KafkaProducer(bootstrap_servers=edition.settings.kafka_bootstrap)
    producer.send(edition.settings.topic_prefix + RAW, json.dumps(row).encode()).get(timeout=60)
    producer.close()


def test_at_night_a_deadline_is_told_without_news_and_a_kill_changes_nothing(edition: Edition) -> None:
    """One worker has heard of it and is killed, the next one tells of it, a third does not tell again."""
    published = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=29, seconds=20)
    first = edition.another(1)
    with first.leash:
        send(edition, published, "90 minutes")
        edition.settled(1)
        os.kill(first.leash.pid, signal.SIGKILL)
        first.leash.wait()
    # An hour is left 40 s after the beginning: about when the second worker is ready.
    with edition.another(1).leash as second:
        account = edition.follow(lambda account: bool(account.deadlines))
        os.kill(second.pid, signal.SIGKILL)
        second.wait()
    due = published + timedelta(minutes=90)
    [told] = account.deadlines_in_order()
    assert told.deadline is not None
    assert (told.deadline.due, told.deadline.left) == (due.strftime("%Y-%m-%dT%H:%M:%SZ"), "1h")
    assert (told.event_time, told.revision) == (due - timedelta(hours=1), 0)
    assert told.detected_at >= told.event_time
    with edition.another(1).leash:
        send(edition, datetime.now(UTC), "5 hours")
        edition.settled(2)
    assert [record["deadline"] for record in edition.read(ALERTS) if record["deadline"]] == [
        {"due": told.deadline.due, "left": "1h", "alerts": list(told.deadline.alerts)}
    ]
