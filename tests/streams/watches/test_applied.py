"""Which workers live, by what they said last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from streams.watches.applied import SILENT_AFTER, Applied, running

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def said(worker: str, ago: timedelta, *, stopped: bool = False) -> Applied:
    return Applied(worker=worker, version="v", watches=3, source="topic", time=NOW - ago, stopped=stopped)


def test_silence_and_a_goodbye_end_a_worker() -> None:
    """One that was killed says nothing any more, one that stopped has said so."""
    lives = [said("b:2", timedelta(seconds=1)), said("a:1", SILENT_AFTER - timedelta(seconds=1))]
    gone = [said("c:3", SILENT_AFTER), said("d:4", timedelta(0), stopped=True)]
    assert [one.worker for one in running([*lives, *gone], NOW)] == ["a:1", "b:2"]
