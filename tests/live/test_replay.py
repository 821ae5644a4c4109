"""Replays onto a real broker, and alerts read from it."""

from __future__ import annotations

import threading
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from kafka import KafkaAdminClient, KafkaProducer, TopicPartition
from kafka.admin import NewTopic

from streams.connect import KafkaUnusable, consumer
from streams.replay.edition import LiveTraffic, check_edition
from streams.replay.pace import parse_speed
from streams.replay.run import run
from streams.subscribe.follow import records, topic_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.live
LIMIT = 64 << 20
FOREVER = str((1 << 63) - 1)


def create(bootstrap: str, *topics: str) -> None:
    """Make topics with one partition that take any date and size."""
    config = {
        "max.message.bytes": str(LIMIT),
        "retention.ms": "-1",
        "message.timestamp.before.max.ms": FOREVER,
        "message.timestamp.after.max.ms": FOREVER,
    }
    with closing(KafkaAdminClient(bootstrap_servers=bootstrap)) as admin:
        admin.create_topics([NewTopic(topic, 1, 1, topic_configs=config) for topic in topics])


@pytest.fixture
def prefix() -> str:
    """A test's own edition."""
    return f"t{uuid.uuid4().hex[:8]}."


@pytest.fixture
def topic(broker: Any, prefix: str) -> str:
    """An edition's `news.raw`."""
    create(broker.bootstrap_servers, prefix + "news.raw")
    return prefix + "news.raw"


def written(bootstrap: str, topic: str) -> list[Any]:
    """All records of a topic."""
    found: list[Any] = []
    with consumer(bootstrap) as client:
        part = TopicPartition(topic, 0)
        client.assign([part])
        client.seek_to_beginning(part)
        end = client.end_offsets([part])[part]
        deadline = time.monotonic() + 60
        while client.position(part) < end and time.monotonic() < deadline:
            for batch in client.poll(timeout_ms=500).values():
                found += batch
        assert client.position(part) == end
    return found


def test_a_record_says_what_when_and_whence(broker: Any, topic: str, tmp_path: Path) -> None:
    """Payload, timestamp and headers of a dated row and of an undated text."""
    (tmp_path / "a.txt").write_bytes(b"a text")
    row = b'{"id": "r", "url": "https://example.org/r", "date": "2025-11-24T10:00:00Z"}'
    (tmp_path / "b.jsonl").write_bytes(row)
    before = time.time()
    report = run([str(tmp_path)], bootstrap=broker.bootstrap_servers, topic=topic, quiet=True)
    assert (report.sent, report.acknowledged, report.exit_code) == (2, 2, 0)
    text, dated = written(broker.bootstrap_servers, topic)
    assert (text.value, dated.value, dated.timestamp) == (b"a text", row, 1_763_978_400_000)
    assert before - 1 <= text.timestamp / 1000 <= time.time() + 1
    headers = dict(dated.headers)
    assert before <= float(headers.pop("arrived")) <= time.time()
    assert headers == {"origin": b"replay", "name": b"r", "uri": b"https://example.org/r"}
    assert dict(text.headers)["name"] == b"a.txt"


def test_order_holds_over_many_batches(broker: Any, topic: str, tmp_path: Path) -> None:
    """Twenty thousand rows given backwards are in the log by publication time, each once."""
    rows = [f'{{"id": "{n}", "date": {1_700_000_000 + n}}}' for n in reversed(range(20_000))]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    report = run([str(tmp_path)], bootstrap=broker.bootstrap_servers, topic=topic, quiet=True)
    assert report.acknowledged == len(rows)
    names = [dict(record.headers)["name"].decode() for record in written(broker.bootstrap_servers, topic)]
    assert names == [str(n) for n in range(20_000)]


def test_fifty_megabytes_pass_and_more_than_the_limit_is_named(
    broker: Any, topic: str, tmp_path: Path
) -> None:
    """A hostile input reaches ingest; one that no record can hold does not stop the others."""
    for name, size in (("1.txt", 50_000_000), ("2.txt", LIMIT + 1), ("3.txt", 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    report = run([str(tmp_path)], bootstrap=broker.bootstrap_servers, topic=topic, quiet=True)
    assert (report.acknowledged, report.exit_code) == (2, 1)
    assert [Path(problem.name).name for problem in report.unreadable] == ["2.txt"]
    assert [len(record.value) for record in written(broker.bootstrap_servers, topic)] == [50_000_000, 1]


def test_a_date_out_of_range_is_not_refused_by_the_broker(broker: Any, topic: str, tmp_path: Path) -> None:
    """The year 2099 becomes now and 1965 becomes 1970 in the timestamp; the text keeps its date."""
    (tmp_path / "a.jsonl").write_bytes(b'{"date": "2099-01-01"}\n{"date": "1965-01-01"}')
    run([str(tmp_path)], bootstrap=broker.bootstrap_servers, topic=topic, quiet=True)
    old, new = written(broker.bootstrap_servers, topic)
    assert old.timestamp == 0
    assert new.timestamp <= time.time() * 1000


def test_gaps_take_their_time(broker: Any, topic: str, tmp_path: Path) -> None:
    """A minute of news at 60x is a second."""
    (tmp_path / "a.jsonl").write_bytes(b'{"date": 1700000000}\n{"date": 1700000060}')
    report = run(
        [str(tmp_path)], bootstrap=broker.bootstrap_servers, topic=topic, speed=parse_speed("60x"), quiet=True
    )
    first, second = (float(dict(r.headers)["arrived"]) for r in written(broker.bootstrap_servers, topic))
    assert 0.99 <= second - first < 30
    assert report.seconds >= 0.99


def test_a_replay_among_live_articles_is_refused(broker: Any, topic: str, tmp_path: Path) -> None:
    """Unless it is wanted; a replay after a replay is not refused."""
    (tmp_path / "a.txt").write_text("x")
    servers, paths = broker.bootstrap_servers, [str(tmp_path)]
    run(paths, bootstrap=servers, topic=topic, quiet=True)
    run(paths, bootstrap=servers, topic=topic, origin="live", quiet=True)
    with pytest.raises(LiveTraffic, match="--into-live"):
        run(paths, bootstrap=servers, topic=topic, quiet=True)
    report = run(paths, bootstrap=servers, topic=topic, into_live=True, quiet=True)
    assert report.exit_code == 0


def test_a_missing_topic_is_named(broker: Any) -> None:
    """With the command that makes it."""
    with pytest.raises(KafkaUnusable, match=r"no topic nowhere at .*newswatch topics create"):
        check_edition(broker.bootstrap_servers, "nowhere", into_live=False)


@pytest.fixture
def alerts(broker: Any, prefix: str) -> Iterator[Any]:
    """A producer, and an edition with two watches."""
    names = ("alerts", "alerts.suppressed", "alerts.shadow", "alerts.ceasefire", "alerts.deadline")
    create(broker.bootstrap_servers, *(prefix + name for name in names))
    with closing(KafkaProducer(bootstrap_servers=broker.bootstrap_servers)) as producer:
        yield producer


def test_the_topic_of_a_watch(broker: Any, prefix: str, alerts: Any) -> None:
    """One watch has its own; several are told apart on the one with all, which keeps their order."""
    with consumer(broker.bootstrap_servers) as client:
        assert topic_for(client, prefix, ["deadline"]) == prefix + "alerts.deadline"
        assert topic_for(client, prefix, []) == prefix + "alerts"
        assert topic_for(client, prefix, ["deadline", "ceasefire"]) == prefix + "alerts"
        for wrong in ("suppressed", "weather"):
            with pytest.raises(KafkaUnusable, match=f"no watch '{wrong}': there is ceasefire, deadline"):
                topic_for(client, prefix, [wrong])


def test_alerts_that_are_there_and_alerts_that_come(broker: Any, prefix: str, alerts: Any) -> None:
    """All, the last two, and with follow the next one as well."""
    for n in range(5):
        alerts.send(prefix + "alerts", b"%d" % n)
    alerts.flush()
    with consumer(broker.bootstrap_servers) as client:
        assert list(records(client, prefix + "alerts")) == [b"0", b"1", b"2", b"3", b"4"]
        assert list(records(client, prefix + "alerts", last=2)) == [b"3", b"4"]
        assert list(records(client, prefix + "alerts", keep=lambda raw: raw == b"1")) == [b"1"]
        following = records(client, prefix + "alerts", last=1, follow=True)
        assert next(following) == b"4"
        threading.Thread(target=lambda: alerts.send(prefix + "alerts", b"5").get(timeout=30)).start()
        assert next(following) == b"5"
