"""The console on a real broker, asked by real HTTP clients."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import psutil
import pytest
from kafka import TopicPartition

from seeds import ARTICLES as SEEDS
from streams.admin import create_topics
from streams.broker import running_broker
from streams.broker.ports import free_ports
from streams.connect import admin
from streams.run.collect import read_topic
from streams.settings import load
from streams.topology import ALERTS, RAW, SHADOW, TOPICS
from tests.console import (
    HOSTILE,
    PATIENCE,
    STOP_SECONDS,
    TOKEN,
    Console,
    alert,
    console,
    parsed,
    send,
    until,
)

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edition


pytestmark = pytest.mark.live


def test_from_an_article_to_a_browser(edition: Edition) -> None:
    """Alerts arrive while the stream is open; list and stream tell what is on the topic, as it is there.

    A client that is cut off after the third event, and comes again, gets each of the others once.
    """
    with console(edition.settings) as running, edition.workers():
        with running.events() as events:
            begun = next(events).id
            edition.replay(SEEDS)
            send(
                edition.settings,
                msgspec.json.encode(
                    {"headline": HOSTILE, "text": "The two sides agreed a ceasefire on Monday."}
                ),
                topic=RAW,
            )
            early = [next(events) for _ in range(3)]
        edition.settled(6)
        raws = list(read_topic(edition.settings, ALERTS))
        count = len(raws)
        assert count == 8
        with running.events(early[-1].id) as events:
            late = [next(events) for _ in range(1 + count - 3)][1:]
        with running.events(begun) as events:
            again = [next(events) for _ in range(1 + count)][1:]
        assert {event.kind for event in early + late} == {"alert"}
        assert again == early + late
        on_topic = [msgspec.json.decode(raw) for raw in raws]
        assert [event.data for event in again] == on_topic
        until(lambda: running.http.get("/readyz").json()["in_memory"]["live"] == count)
        listed = running.http.get("/api/alerts")
        assert b",".join(reversed(raws)) in listed.content
        assert any("event: gap data: {}" in found["headline"] for found in listed.json()["alerts"])
        for name, value in (("watch", "deadline"), ("severity", "critical"), ("entity", "Marco Rubio")):
            found = running.alerts(**{name: value}, limit=1)
            assert 0 < len(found) < count
            command = [sys.executable, "-m", "streams", "alerts", "--json", f"--{name}", value]
            env = {**os.environ, **edition._variables({})}
            told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
            assert [msgspec.json.decode(line) for line in told.splitlines()][::-1] == found
        one = running.http.get(f"/api/alerts/{on_topic[0]['alert_id']}").json()
        assert one["revisions"] == on_topic[:1]
        assert running.alerts(since="2100-01-01") == []
        assert running.http.get("/api/alerts?severity=high").status_code == 400


def test_a_list_stands_still_while_alerts_come(edition: Edition) -> None:
    """And a stream that goes on from it tells the rest; what was on trial is apart."""
    send(edition.settings, *(alert(number) for number in range(10)), alert(0, revision=1))
    send(edition.settings, alert(99, stage="shadow"), topic=SHADOW)
    with console(edition.settings) as running:
        page = running.http.get("/api/alerts?limit=4").json()
        send(edition.settings, alert(1, revision=1), alert(10))
        until(lambda: running.http.get("/readyz").json()["in_memory"]["live"] == 13)
        rest = running.alerts(limit=4, cursor=page["next"])
        told = [(found["seq"], found["revision"]) for found in page["alerts"] + rest]
        assert told == [(0, 1), *((number, 0) for number in range(9, 0, -1))]
        with running.events(page["last_event_id"]) as events:
            found = [next(events) for _ in range(3)][1:]
        assert [(event.data["seq"], event.data["revision"]) for event in found] == [(1, 1), (10, 0)]
        assert {one["headline"] for one in rest} | {event.data["headline"] for event in found} == {HOSTILE}
        assert [found["seq"] for found in running.alerts(stage="shadow")] == [99]


def test_more_than_is_held_in_memory(edition: Edition) -> None:
    """100 MB of alerts: the oldest come from the topic, in the list, by id and in the stream.

    A client that takes nothing meanwhile holds up nobody and costs no memory; then it gets all of them.
    """
    many = 100
    for number in range(many):
        send(edition.settings, alert(number, headline=os.urandom(500_000).hex()))
    with console(edition.settings) as running:
        held = running.http.get("/readyz").json()["in_memory"]["live"]
        assert 60 <= held < 70
        process = psutil.Process(running.process.pid)

        def read_all(newest: int) -> None:
            """By every way, the last alert in mid-stream."""
            before = list(range(newest))
            assert [found["seq"] for found in running.alerts()] == before[::-1]
            assert [found["seq"] for found in running.alerts(source="news.*", limit=7)] == before[::-1]
            assert running.http.get(f"/api/alerts/{0:032x}").json()["revisions"][0]["seq"] == 0
            assert running.http.get("/api/alerts/nothing").status_code == 404
            with running.events() as events:
                next(events)
                send(edition.settings, alert(newest))
                assert next(events).data["seq"] == newest
            with running.events("-1") as events:
                next(events)
                assert [next(events).data["seq"] for _ in range(newest + 1)] == [*before, newest]

        read_all(many)
        # What pages and fetches take is taken by now, and the allocator keeps it.
        before = process.memory_info().rss
        host, port = running.url.removeprefix("http://").split(":")
        slow = socket.create_connection((host, int(port)), timeout=PATIENCE)
        slow.sendall(
            f"GET /api/alerts/stream?last_event_id=-1 HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        )
        until(lambda: running.http.get("/readyz").json()["streams"] == 1)
        read_all(many + 1)
        # Not the 100 MB that the slow client has not taken.
        assert process.memory_info().rss - before < 50 << 20
        with slow, slow.makefile("r", encoding="utf-8", newline="\n") as file:
            seen: list[int] = []
            for line in file:
                seen += [int(found) for found in re.findall(r'"seq":(\d+),"schema"', line)]
                if len(seen) == many + 2:
                    break
        assert seen == list(range(many + 2))


def test_what_has_left_the_topic_is_told_and_so_is_another_topic(edition: Edition) -> None:
    """By an event of its own, before the alerts that there are."""
    send(edition.settings, *(alert(number) for number in range(6)))
    topic = edition.settings.topic_prefix + ALERTS
    with admin(edition.settings.kafka_bootstrap) as client:
        client.delete_records({TopicPartition(topic, 0): 4})
    with console(edition.settings) as running:
        assert [found["seq"] for found in running.alerts()] == [5, 4]
        with running.events("1") as events:
            next(events)
            gap = next(events)
            assert (gap.kind, gap.data) == ("gap", {"reason": "gone", "last_event_id": "1", "from": 4})
            assert next(events).data["seq"] == 4
            last = next(events).id
            with admin(edition.settings.kafka_bootstrap) as client:
                client.delete_topics([topic])
                until(lambda: topic not in client.list_topics())
            create_topics(edition.settings, edition.topics)
            send(edition.settings, alert(7))
            gap = next(events)
            assert (gap.kind, gap.data) == ("gap", {"reason": "reset", "last_event_id": last, "from": 0})
            assert next(events).data["seq"] == 7
        with running.events(last) as events:
            next(events)
            assert [next(events).kind for _ in range(2)] == ["gap", "alert"]
        assert [found["seq"] for found in running.alerts()] == [7]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_clients_connected(edition: Edition, number: signal.Signals) -> None:
    """Exit code 0; the streams end as answers that are complete, and nothing is logged as an error."""
    running = Console(edition.settings)
    try:
        with running.events() as events:
            next(events)
            running.process.send_signal(number)
            assert list(events) == []
            _, logged = running.process.communicate(timeout=STOP_SECONDS)
        assert running.process.returncode == 0
        assert [line for line in logged.splitlines() if '"level": "info"' not in line] == []
    finally:
        running.close()


def test_with_a_token(edition: Edition) -> None:
    """As a header, or as the cookie that it is exchanged for, which a stream is opened with."""
    send(edition.settings, alert(1))
    with console(edition.settings, NEWSWATCH_CONSOLE_TOKEN=TOKEN) as running:
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        assert running.http.get("/api/alerts").status_code == 401
        assert running.http.get("/api/alerts/stream").status_code == 401
        assert len(running.http.get("/api/alerts", headers=bearer).json()["alerts"]) == 1
        assert running.http.post("/api/session", headers=bearer).status_code == 204
        with running.http.stream("GET", "/api/alerts/stream?last_event_id=-1") as response:
            events = parsed(response.iter_lines())
            next(events)
            assert next(events).data["seq"] == 1


@pytest.mark.timeout(600)
def test_a_broker_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    """`/readyz` says so; what is in memory is told, a client stays connected, and then it all goes on."""
    port, _ = free_ports()
    settings = load(kafka_bootstrap=f"127.0.0.1:{port}")
    cache = settings.cache
    with running_broker(cache=cache, port=port, data_dir=tmp_path):
        create_topics(settings, TOPICS)
        send(settings, alert(1))
        running = Console(settings)
    try:
        with running.events("-1") as events:
            next(events)
            assert next(events).data["seq"] == 1
            until(lambda: running.http.get("/readyz").status_code == 503)
            assert running.http.get("/readyz").json()["unmet"] == ["broker"]
            assert running.http.get("/healthz").status_code == 200
            assert [found["seq"] for found in running.alerts()] == [1]
            with running_broker(cache=cache, port=port, data_dir=tmp_path):
                send(settings, alert(2))
                assert next(events).data["seq"] == 2
                until(lambda: running.http.get("/readyz").status_code == 200)
                assert [found["seq"] for found in running.alerts()] == [2, 1]
        assert running.stop() == 0
    finally:
        running.close()
