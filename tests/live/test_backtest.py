"""A backtest over the topics of a real run gives exactly the alerts that were sent."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from typer.testing import CliRunner

from seeds.generate import START, generate
from streams.backtest import topics as topics_module
from streams.backtest.folder import Folder
from streams.backtest.history import HistoryError
from streams.backtest.topics import Topics
from streams.cli import app
from streams.connect import producer
from streams.records import Position, Sequenced, Silence, Verdict
from streams.run.collect import dump
from streams.silence.register import publish
from streams.topology import ALERTS, ENRICHED, REPEATS
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


def sequenced(seq: int) -> Sequenced:
    """An article of 2 KB."""
    return Sequenced(
        article_id=f"a{seq}",
        content_hash="",
        headline=f"Headline {seq}",
        headline_source="given",
        body_text="A truce. " * 220,
        language="en",
        event_time=START,
        event_time_source="own",
        arrived=START,
        origin="replay",
        position=Position(topic="news.raw", partition=0, offset=seq),
        seq=seq,
        verdict=Verdict(status="new", story_id=f"a{seq}"),
    )


def test_partitions_are_merged_chunk_by_chunk(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, none twice, though the others are paused while one is read."""
    monkeypatch.setattr(topics_module, "CHUNK_BYTES", 20_000)
    settings, many = edition.settings, 1200
    with pytest.raises(HistoryError, match="have no articles; send some with 'newswatch replay'"):
        Topics(settings)
    news = [sequenced(seq) for seq in range(many)]
    client = producer(settings.kafka_bootstrap)
    for article in news:
        # One partition has nearly all, one has none.
        partition = article.seq % 3 if article.seq > many - 60 else 0
        topic = (ENRICHED, REPEATS)[article.seq % 5 == 0]
        client.send(settings.topic_prefix + topic, msgspec.json.encode(article), partition=partition)
    client.flush()
    client.close()
    topics = Topics(settings)
    assert topics.total == many
    assert list(topics.articles()) == news


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
    assert topics.placed(ticks=True) == folder.placed(ticks=True)
    befell = [item.entry for item in topics.placed(ticks=False)]
    assert [entry for entry in befell if isinstance(entry, Silence)] == [SILENCE]
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
