"""Stories and the bounds of the memory, from a real worker that is killed in between."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from typer.testing import CliRunner

from seeds.generate import START
from streams.cli import app
from streams.records import Story
from streams.run.collect import read_topic
from streams.topology import STORIES
from tests.waiting import until

if TYPE_CHECKING:
    from conftest import Edition

    from streams.run.fleet import Member

pytestmark = pytest.mark.live

PATIENCE = 240.0
WORDS = [
    "border",
    "talks",
    "port",
    "harbour",
    "minister",
    "grain",
    "rail",
    "bridge",
    "council",
    "river",
    "market",
    "budget",
    "inquiry",
    "storm",
]


def _text(seed: int, words: int = 160) -> str:
    """Sentences of common words that no other seed has."""
    chance = random.Random(seed)
    sentences = (" ".join(chance.choices(WORDS, k=16)).capitalize() + "." for _ in range(words // 16))
    return " ".join(sentences)


ONE, TWO = f"Envoys agreed a truce. {_text(1)}", f"The deadline was moved. {_text(2)}"
NEWS = [
    ("https://a.example/1", "a.example", ONE),
    ("https://b.example/2", "b.example", TWO),
    ("https://c.example/1", "c.example", ONE),
    ("https://d.example/3", "d.example", f"{ONE} {TWO}"),
]


def _ready(worker: Member) -> None:
    deadline = time.monotonic() + PATIENCE
    while not worker.ready():
        assert time.monotonic() < deadline, worker.log_file.read_text()
        time.sleep(0.05)


def _replay(edition: Edition, inputs: list[tuple[str, str, str]], hours: float = 0) -> None:
    path = edition.folder / f"news-{hours}.jsonl"
    rows = [
        {
            "uri": uri,
            "source": source,
            "headline": f"Headline {uri}",
            "text": text,
            "published": (START + timedelta(hours=hours, minutes=number)).isoformat(),
        }
        for number, (uri, source, text) in enumerate(inputs)
    ]
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    edition.replay(path)


def _number(worker: Member, name: str) -> float:
    lines = (line.split() for line in worker.metrics().decode().splitlines())
    return next(float(line[1]) for line in lines if line and line[0] == f"newswatch_{name}")


def _stories(edition: Edition) -> dict[str, Story]:
    """The newest record of each, by its first URI."""
    records = (msgspec.json.decode(value, type=Story) for value in read_topic(edition.settings, STORIES))
    return {record.uri or "": record for record in records}


def test_a_story_goes_on_after_a_kill_and_ends_with_its_window(edition: Edition) -> None:
    """Linked by a round-up, which rings nothing twice; told by 'why'; and the memory says how large it is."""
    worker = edition.another(1)
    with worker.leash:
        _ready(worker)
        _replay(edition, NEWS)
        account = edition.settled(len(NEWS))
        assert until(lambda: _number(worker, "remembered_articles") == len(NEWS))
        assert _number(worker, "story_links_total") == 1
        worker.leash.kill()
    # The first article of each story has alerted, and the round-up of both for neither.
    assert [(alert.watch, alert.uri) for alert in account.in_order()] == [
        ("ceasefire", "https://a.example/1"),
        ("deadline", "https://b.example/2"),
    ]
    again = edition.another(1)
    with again.leash:
        _ready(again)
        _replay(edition, [("https://e.example/1", "e.example", ONE)], hours=1)
        edition.settled(len(NEWS) + 1)
        assert until(lambda: _number(again, "remembered_articles") == len(NEWS) + 1)
        stories = _stories(edition)
        one, two = stories["https://a.example/1"], stories["https://b.example/2"]
        assert (one.coverage.articles, one.outlets) == (
            4,
            ("a.example", "c.example", "d.example", "e.example"),
        )
        assert (one.first_time, one.last_time) == (START, START + timedelta(hours=1))
        assert [link.story_id for link in one.links] == [two.story_id]
        assert [link.story_id for link in two.links] == [one.story_id]
        environment = {"NEWSWATCH_TOPIC_PREFIX": edition.settings.topic_prefix}
        asked = ["why", "https://c.example/1", "--bootstrap", edition.settings.kafka_bootstrap]
        told = CliRunner().invoke(app, asked, env=environment).stdout
        assert f"first article {one.story_id}, seq 0: 'Headline https://a.example/1'" in told
        assert "4 articles, 4 outlets, a.example first" in told
        assert f"with story {two.story_id}" in told
        assert 400 < _number(again, "remembered_article_bytes") == _number(again, "remembered_bytes") / 5
        # By the step's clock, a median, which one later article does not move.
        assert _number(again, "remembered_oldest_age_seconds") == 120
        assert _number(again, 'table_bytes{table="remembered"}') > 0
        # A week later nothing of it is remembered: what was a copy is new.
        later = [(f"https://f.example/{number}", "f.example", _text(10 + number)) for number in range(10)]
        _replay(edition, [*later, ("https://g.example/1", "g.example", ONE)], hours=200)
        account = edition.settled(len(NEWS) + 1 + 11)
        assert until(lambda: _number(again, 'evicted_total{reason="window"}') == len(NEWS) + 1)
        assert {item.uri: item.status for item in account.outcomes.values()}["https://g.example/1"] == "new"
