"""A backtest over the topics of a real run gives exactly the alerts that were sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from seeds.generate import START, generate
from streams.backtest.folder import Folder
from streams.backtest.topics import Topics
from streams.cli import app
from streams.records import Silence
from streams.run.collect import dump
from streams.silence.register import publish
from streams.topology import ALERTS
from streams.watches.publish import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Edition

pytestmark = pytest.mark.live

SOME = 120
SHARES = {"original": 0.3, "exact_copy": 0.2, "reprint": 0.4, "update": 0.1}
SILENCE = Silence(
    silence_id="drill",
    reason="a drill",
    created=datetime(2026, 3, 2, tzinfo=UTC),
    until=START + timedelta(minutes=30),
    seq=0,
    watch="ceasefire",
)


def test_history_is_the_same_from_topics_and_folder_and_gives_what_was_sent(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a silence in force, and then with other watches on the topic than those that were tried."""
    settings = edition.settings
    publish(settings, SILENCE)
    with edition.workers():
        edition.replay_generated(list(generate(SOME, seed=17, shares=SHARES, watch_share=0.3)))
        account = edition.settled(SOME)
    dump(settings, edition.topics, tmp_path)
    topics, folder = Topics(settings), Folder(tmp_path, gap_timeout=settings.gap_timeout)
    assert topics.total == folder.total == SOME
    assert list(topics.articles()) == list(folder.articles())
    assert topics.silences() == folder.silences()
    assert [item.silence for item in topics.silences()] == [SILENCE]
    assert list(topics.alerts()) == list(folder.alerts())

    monkeypatch.setenv("NEWSWATCH_TOPIC_PREFIX", settings.topic_prefix)
    bootstrap = ("--bootstrap", settings.kafka_bootstrap)
    for history in (bootstrap, ("--history", str(tmp_path))):
        result = CliRunner().invoke(app, ["backtest", "--verify", "--json", *history])
        found = json.loads(result.stdout)
        assert (result.exit_code, found["gained"], found["lost"], found["changed"]) == (0, [], [], [])
        before = found["totals"]["before"]
        assert before["alerts"] + before["revisions"] == len(edition.read(ALERTS)) > 20
    assert "silence" in {entry.reason for entry in account.suppressed.values()}

    file = tmp_path / "new.yaml"
    file.write_text("watches: [{name: ceasefire, severity: critical, terms: [ceasefire]}]")
    applied = CliRunner().invoke(app, ["watch", "apply", "--wait", "0", str(file), *bootstrap])
    assert "is on the topic" in applied.output
    same = CliRunner().invoke(app, ["backtest", "--watchlist", str(file), "--json", *bootstrap])
    assert (same.exit_code, json.loads(same.stdout)["against"]["place"]) == (0, "the topic watchlist")
    assert CliRunner().invoke(app, ["backtest", "--verify", *bootstrap]).exit_code == 3
    assert set(read(settings)[0].watches) == {"ceasefire"}
