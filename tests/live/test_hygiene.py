"""Revisions, reversals, cooldowns, shadow and silences on a real broker: the same however many work."""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from seeds import DEFAULT_WATCHLIST
from seeds.generate import START, generate
from streams.connect import producer
from streams.records import Alert, Silence
from streams.silence.register import next_seq, publish, silences
from streams.tail import FIRST_LOOK, tails
from streams.topology import ALERTS, SHADOW, SUPPRESSED, watch_topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Edition

    from seeds.generate import GeneratedArticle

pytestmark = pytest.mark.live

PATIENCE = 240.0
"""Seconds; the replay takes 25."""
MANY = 2_000
SPEED = "2400x"
"""The news of 17 hours in 25 s."""
OF_RUN = ("detected_at", "arrived", "seq")
"""Wall clock of the run; and the place in the order, which moves where a kill made ingest send one twice."""
DUE = ("20:00 GMT on March 2", "12:00 GMT on March 3")
_WATCHED = re.compile(r"[^.“”\n]*(?:cease-?fire|truce|armistice|deadline|sanction)[^.“”\n]*")
_MONTH = re.compile("January|February|March|April|May|June|July|August|September|October|November|December")


@pytest.fixture
def watchlist(tmp_path: Path) -> Path:
    """The default one, with a cooldown for each watch, one of them grouped by entity, one in shadow."""
    governed = iter(
        (
            "cooldown: 30m",
            "cooldown: 4h\n    group_by: entity",
            "cooldown: 1h\n    stage: shadow",
        )
    )
    text = DEFAULT_WATCHLIST.read_text("utf-8")
    path = tmp_path / "watchlist.yaml"
    path.write_text(re.sub(r"(    severity: \w+\n)", lambda found: f"{found[1]}    {next(governed)}\n", text))
    return path


def news() -> list[GeneratedArticle]:
    """Generated articles with many copies; each third reprint has another month around its mentions.

    Those of deadlines name one that passes within the news, or one of which a day is left.
    """
    shares = {"original": 0.2, "exact_copy": 0.2, "reprint": 0.45, "extended": 0.1, "update": 0.05}
    articles = []
    for number, article in enumerate(generate(MANY, seed=41, shares=shares, watch_share=0.35)):
        if article.truth.kind == "reprint" and number % 3 == 0:
            text = _WATCHED.sub(lambda found: _MONTH.sub("Brumaire", found[0]), article.text)
            article = msgspec.structs.replace(article, text=text)  # noqa: PLW2901  the altered one goes in
        if "deadline" in article.truth.watches:
            due = DUE[article.truth.cluster[-1] in "02468"]
            text = f"{article.text} The deadline expires at {due}."
            article = msgspec.structs.replace(article, text=text)  # noqa: PLW2901
        articles.append(article)
    return articles


def essence(edition: Edition, topic: str) -> list[str]:
    """Records of a topic in their order, without what differs from run to run."""
    return [
        msgspec.json.encode({key: value for key, value in record.items() if key not in OF_RUN}).decode()
        for record in edition.read(topic)
    ]


DRILL = Silence(
    silence_id="drill",
    reason="a drill",
    created=datetime(2026, 3, 2, tzinfo=UTC),
    until=START + timedelta(hours=6),
    seq=0,
    watch="ceasefire",
    source="*herald",
)


def prepared(edition: Edition) -> Edition:
    """With a silence before the first article."""
    assert next_seq(edition.settings) == 0
    publish(edition.settings, DRILL)
    return edition


def said(edition: Edition) -> dict[str, list[str]]:
    """All of what was sent, and what was not and why, in order."""
    return {topic: essence(edition, topic) for topic in (ALERTS, SUPPRESSED, SHADOW)}


def publish_all(edition: Edition, articles: list[GeneratedArticle], workers: int, **how: Any) -> None:
    """Have the news worked off.

    Args:
        edition: a new one.
        articles: the news.
        workers: how many share it.
        how: `speed` to pace it, `watched` for the workers, `killed` to kill one in mid-run and replace it.
    """
    with ExitStack() as stack:
        first, *others = (edition.another(number, **how["watched"]) for number in range(1, workers + 1))
        for member in (first, *others):
            stack.enter_context(member.leash)
        replay = stack.enter_context(edition.replay_paced(articles, how.get("speed", "max")))
        if how.get("killed"):
            edition.follow(lambda account: len(account.outcomes) > MANY // 4)
            os.kill(first.leash.pid, signal.SIGKILL)
            first.leash.wait()
            stack.enter_context(edition.another(1, **how["watched"]).leash)
        assert replay.wait(PATIENCE) == 0
        edition.settled(MANY)


@pytest.mark.timeout(1200)
def test_the_same_news_gives_the_same_alerts(new_edition: Callable[[], Edition], watchlist: Path) -> None:
    """As fast as can be and paced, with one worker and three, and with one that is killed in mid-run.

    Alerts, revisions and ledger are the same, in the same order; and there is something of each kind.
    """
    articles = news()
    watched = {"NEWSWATCH_WATCHLIST": str(watchlist)}
    plain = prepared(new_edition())
    with plain.workers(1, **watched):
        plain.replay_generated(articles)
        account = plain.settled(MANY)
    expected = said(plain)
    for workers, how in ((3, {}), (1, {"speed": SPEED}), (3, {"speed": SPEED, "killed": True})):
        other = prepared(new_edition())
        publish_all(other, articles, workers, watched=watched, **how)
        assert said(other) == expected
        assert silences(other.settings) == {"drill": DRILL}

    reasons = Counter(entry.reason for entry in account.suppressed.values())
    assert {"duplicate", "cooldown", "silence", "shadow"} <= set(reasons)
    assert {"coverage", "change"} <= {alert.change for alert in account.revisions.values()}
    assert "update" in {outcome.status for outcome in account.outcomes.values()}
    assert {"24h", "1h", "passed"} == {
        alert.deadline.left for alert in account.deadlines.values() if alert.deadline
    }
    for sent in account.revisions_in_order():
        assert sent.alert_id in {alert.alert_id for alert in account.in_order()}
    totals = Counter[Any]()
    for alert in (*account.in_order(), *account.revisions_in_order()):
        totals.update(alert.suppressed)
    assert totals["duplicate"] <= reasons["duplicate"]


async def test_the_end_of_a_topic_is_read_as_far_back_as_it_is_asked_for(edition: Edition) -> None:
    """More than the first look, and of several topics by one connection; of an empty one nothing."""
    alert = Alert(
        alert_id="a",
        watch="ceasefire",
        severity="info",
        article_id="a",
        story_id="s",
        headline="",
        event_time=START,
        arrived=START,
        detected_at=START,
        mentions=(),
        origin="replay",
        seq=0,
    )

    client = producer(edition.settings.kafka_bootstrap)
    many = 3 * FIRST_LOOK
    for seq in range(many):
        record = msgspec.json.encode(msgspec.structs.replace(alert, seq=seq))
        client.send(edition.settings.topic_prefix + ALERTS, record)
    client.send(edition.settings.topic_prefix + watch_topic("ceasefire"), msgspec.json.encode(alert))
    client.flush()
    client.close()
    decode = msgspec.json.Decoder(Alert).decode
    topics = [ALERTS, watch_topic("ceasefire"), SUPPRESSED]
    for since in (0, 100, many - 3):
        found = await tails(edition.settings, topics, decode, since=since)
        assert [item.seq for item in found[ALERTS]] == list(range(since, many))
        assert [item.seq for item in found[watch_topic("ceasefire")]] == [0] * (since == 0)
        assert found[SUPPRESSED] == []
