"""A turn of the alert step in numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.alerts.desk import Desk
from agents.alerts.policy import Policy
from agents.alerts.report import lost, report
from agents.alerts.series import Series
from agents.mentions.entity_scope import EntityScope
from agents.mentions.watchlist import parse
from streams.metrics import Metrics
from streams.records import Mention, Model, Outcome, Position, Start

ARRIVED = datetime(2025, 11, 24, 12, tzinfo=UTC)


def outcome(seq: int, **fields: Any) -> Outcome:
    position = Position(topic="news.raw", partition=0, offset=seq)
    values = {"seq": seq, "status": "new", "position": position, "event_time": ARRIVED, "arrived": ARRIVED}
    return Outcome(**{**values, "origin": "live", "article_id": f"a{seq}", "story_id": "s", **fields})


@pytest.fixture
def shown() -> Any:
    """Work outcomes off three seconds after they arrived; then read numbers by name and labels."""

    def made(*outcomes: Outcome, scope: EntityScope = EntityScope()) -> Any:  # noqa: B008  it is frozen
        policies = {"truce": Policy(severity="info", entities=scope)}
        desk = Desk(policies, window=timedelta(hours=72), gap_timeout=timedelta(seconds=9))
        turn = desk.work([Start(seq=0), *outcomes], now=ARRIVED + timedelta(seconds=3))
        metrics = Metrics()
        series = Series(metrics)
        series.put_in_force(parse("watches: [{name: truce, terms: [truce]}]", "test"))
        report(metrics, series, turn, desk)
        return lambda name, **labels: metrics.registry.get_sample_value(f"newswatch_{name}", labels)

    return made


def mentions(number: int) -> tuple[Mention, ...]:
    mention = Mention(watch="truce", text="truce", field="body_text", start=0, end=5, sentence="Truce.")
    return (mention,) * number


def test_each_article_counts_once_under_its_status(shown: Any) -> None:
    """A rejection as a dead letter as well; a re-delivery only as that."""
    rejected = outcome(1, status="rejected", reason="empty", article_id=None, story_id=None)
    number = shown(outcome(0), rejected, outcome(2, redelivered=True), outcome(3, status="update"))
    statuses = [
        number("articles_total", status=status, origin="live") for status in ("new", "rejected", "update")
    ]
    assert statuses == [1, 1, 1]
    assert number("dead_letters_total", reason="empty") == 1
    assert number("redelivered_total", step="ingest") == 1


def test_alerts_count_with_their_latency_and_copies_with_their_reason(shown: Any) -> None:
    """The time from arrival to alert, in seconds; mentions count each."""
    number = shown(
        outcome(0, mentions=mentions(3)), outcome(1, mentions=mentions(1), status="exact_duplicate")
    )
    assert number("mentions_total", watch="truce") == 4
    assert number("alerts_total", watch="truce", severity="info") == 1
    assert number("suppressed_total", watch="truce", reason="duplicate") == 1
    assert number("alert_latency_seconds_sum", origin="live") == 3
    assert number("alert_latency_seconds_count", origin="live") == 1


def test_a_producer_whose_clock_is_ahead_makes_no_negative_latency(shown: Any) -> None:
    """It arrived 'after' its alert; a histogram takes no such thing."""
    number = shown(outcome(0, mentions=mentions(1), arrived=ARRIVED + timedelta(hours=1)))
    assert number("alert_latency_seconds_sum", origin="live") == 0


def test_what_waits_is_shown(shown: Any) -> None:
    """As long as the gap before it is open; the table holds it."""
    number = shown(outcome(0, mentions=mentions(1)), outcome(2), outcome(3))
    assert (number("outcomes_waiting"), number("table_entries", table="desk")) == (2, 3)
    assert number("skipped_total") == 0


def test_an_alert_that_is_sent_again_is_no_second_alert(shown: Any) -> None:
    """It counts as a revision, with the reason."""
    copies = [
        outcome(seq, status="near_duplicate", source=f"{seq}.example", mentions=mentions(1))
        for seq in range(1, 3)
    ]
    number = shown(outcome(0, source="0.example", mentions=mentions(1)), *copies)
    assert number("alerts_total", watch="truce", severity="info") == 1
    assert number("revisions_total", watch="truce", reason="coverage") == 1


def test_a_source_seen_often_enough_is_measured_from_the_next_turn_on(shown: Any) -> None:
    """In the turn that it is given a place in, it has its series already."""
    number = shown(*(outcome(seq, source="www.Harbour.example", mentions=mentions(2)) for seq in range(25)))
    assert number("watch_articles_total", watch="truce") == 25
    assert number("source_articles_total", source="harbour.example") == 25


def test_a_replay_changes_no_rate(shown: Any) -> None:
    """Neither of a watch nor of a source."""
    number = shown(
        *(outcome(seq, source="a.example", origin="replay", mentions=mentions(1)) for seq in range(25))
    )
    assert number("mentions_total", watch="truce") == 25
    assert number("watch_articles_total", watch="truce") == 0
    assert number("source_articles_total", source="a.example") is None


def test_an_article_outside_a_watch_s_scope_is_no_article_of_it(shown: Any) -> None:
    """Its words are there, whom it has to name is not; the mention counts, the rate does not."""
    number = shown(
        outcome(0, mentions=mentions(1), model=Model(name="m", version="1")),
        scope=EntityScope(("NATO",), frozenset({"org:nato"})),
    )
    assert number("suppressed_total", watch="truce", reason="out_of_scope") == 1
    assert number("watch_articles_total", watch="truce") == 0


def test_a_worker_that_has_lost_the_outcomes_counts_none_that_wait() -> None:
    """What it showed last would be added to what the next one shows; what it has counted stays."""
    metrics = Metrics()
    desk = Desk({}, window=timedelta(hours=72), gap_timeout=timedelta(seconds=9))
    turn = desk.work([Start(seq=0), outcome(0), outcome(2)], now=ARRIVED)
    report(metrics, Series(metrics), turn, desk)
    number = metrics.registry.get_sample_value
    entries = {"table": "desk"}
    assert number("newswatch_outcomes_waiting") == 1
    assert number("newswatch_table_entries", entries)
    lost(metrics)
    assert number("newswatch_outcomes_waiting") == number("newswatch_table_entries", entries) == 0
    assert number("newswatch_articles_total", {"status": "new", "origin": "live"}) == 1


def test_a_watch_on_trial_has_sent_nothing_and_is_not_late() -> None:
    """Its alerts go to a topic of their own, that nobody waits for; the ledger has each as held back."""
    metrics = Metrics()
    policies = {"truce": Policy(severity="critical", stage="shadow"), "pact": Policy(severity="info")}
    desk = Desk(policies, window=timedelta(hours=72), gap_timeout=timedelta(seconds=9))
    pact = Mention(watch="pact", text="pact", field="body_text", start=0, end=4, sentence="Pact.")
    found = outcome(0, mentions=(*mentions(1), pact))
    turn = desk.work([Start(seq=0), found], now=ARRIVED + timedelta(minutes=1))
    report(metrics, Series(metrics), turn, desk)
    number = metrics.registry.get_sample_value
    assert number("newswatch_alerts_total", {"watch": "pact", "severity": "info"}) == 1
    assert number("newswatch_alerts_total", {"watch": "truce", "severity": "critical"}) is None
    assert number("newswatch_suppressed_total", {"watch": "truce", "reason": "shadow"}) == 1
    assert number("newswatch_alert_latency_seconds_count", {"origin": "live"}) == 1
