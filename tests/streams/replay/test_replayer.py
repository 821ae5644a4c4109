"""A replay into a sink that remembers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from streams.replay.read import Archive, Item
from streams.replay.replayer import Moment, replay
from streams.replay.report import Problem, Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

import pytest


class Memory:
    """A sink that takes everything until it is full."""

    def __init__(self, room: int = 1_000) -> None:
        self.sent = 0
        self.acknowledged = 0
        self.failed: list[Problem] = []
        self.lost: Exception | None = None
        self.names: list[str] = []
        self.room = room

    def send(self, item: Item, payload: bytes) -> None:
        """Keep the name."""
        self.sent += 1
        if self.sent > self.room:
            self.failed.append(Problem(item.name, "full"))
            self.lost = TimeoutError("full")
            return
        self.names.append(item.name)
        assert payload

    def settle(self) -> None:
        """All that was kept is acknowledged."""
        self.acknowledged = len(self.names)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Three dated rows, a minute apart, the newest first."""
    rows = [f'{{"id": "{n}", "date": "2025-11-24T10:0{n}:00Z"}}' for n in (2, 1, 0)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    with Archive([str(tmp_path)]) as opened:
        yield opened


def test_all_are_sent_in_order_and_accounted_for(archive: Archive) -> None:
    """By publication time, oldest first."""
    sink = Memory()
    report = replay(archive, sink)
    assert sink.names == ["0", "1", "2"]
    assert (report.read, report.sent, report.acknowledged, report.exit_code) == (3, 3, 3, 0)


def test_a_limit_ends_it(archive: Archive) -> None:
    """The first two by time; with a loop as many rounds as it takes."""
    sink = Memory()
    replay(archive, sink, limit=2)
    assert sink.names == ["0", "1"]
    sink = Memory()
    replay(archive, sink, loop=True, limit=7)
    assert sink.names == ["0", "1", "2"] * 2 + ["0"]


def test_a_stop_is_obeyed_within_a_gap(archive: Archive) -> None:
    """At 1x the second article is due after a minute; what was sent is still waited for."""
    sink, stop = Memory(), threading.Event()
    moments: list[Moment] = []

    def watch(moment: Moment) -> None:
        moments.append(moment)
        if moment.sent == 1:
            stop.set()

    report = replay(archive, sink, speed=1, watch=watch, stop=stop)
    assert (report.sent, report.acknowledged, report.stopped, report.exit_code) == (1, 1, "interrupted", 130)
    assert moments[0].left is not None
    assert 100 < moments[0].left <= 120


def test_a_lost_broker_ends_it(archive: Archive) -> None:
    """Nothing more is read, and the exit code says so."""
    sink = Memory(room=1)
    report = replay(archive, sink)
    assert (report.sent, report.acknowledged, len(report.failed)) == (2, 1, 1)
    assert (report.stopped, report.exit_code) == ("broker lost", 1)


def test_a_loop_over_files_that_are_gone_ends(tmp_path: Path) -> None:
    """Each is named once."""
    (tmp_path / "a.txt").write_text("x")
    with Archive([str(tmp_path)]) as given:
        (tmp_path / "a.txt").unlink()
        report = replay(given, Memory(), loop=True)
    assert (len(report.unreadable), report.sent, report.exit_code) == (1, 0, 1)


def test_the_account_in_a_line() -> None:
    """Numbers for people; what is nought is left out, but for the unreadable."""
    report = Report(sent=1200, acknowledged=1199, failed=[Problem("a", "b")], seconds=2.0)
    assert report.line() == (
        "1,200 articles sent, 1,199 acknowledged, 0 unreadable in 2.0 s (600/s); 1 not taken by the broker"
    )


def test_nothing_sent_is_no_success() -> None:
    """A replay of nothing has not done what was asked."""
    assert Report().exit_code == 1
    assert Report(sent=1, acknowledged=1, unreadable=[Problem("a", "b")]).exit_code == 1
    assert Report(sent=1, acknowledged=1).exit_code == 0


def test_an_archive_without_articles_is_a_report(tmp_path: Path) -> None:
    """Nothing sent, the folder named, and not a success."""
    with Archive([str(tmp_path)]) as empty:
        report = replay(empty, Memory(), speed=60.0)
    assert (report.sent, report.exit_code) == (0, 1)
    assert [problem.reason for problem in report.unreadable] == ["is an empty folder"]
