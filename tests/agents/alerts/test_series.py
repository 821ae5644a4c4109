"""Live articles by watch, entity and source, as Prometheus gets them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.alerts.series import Series
from agents.mentions.watchlist import parse
from streams.metrics import Metrics
from streams.records import Mention, Outcome, Position

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
OLD = parse(
    """
watches:
  - {name: truce, terms: [truce], scope: {sources: [Harbour.example, "*.gov"], entities: [NATO]}}
  - {name: grain, terms: [grain]}
""",
    "old",
)
NEW = parse("watches: [{name: grain, terms: [grain]}, {name: fish, terms: [fish]}]", "new")


class Shown:
    """A worker's series."""

    def __init__(self) -> None:
        self.metrics = Metrics()
        self.series = Series(self.metrics)

    def count(self, **fields: Any) -> None:
        """Count an article."""
        position = Position(topic="news.raw", partition=0, offset=0)
        values = {"seq": 0, "status": "new", "position": position, "event_time": NOW, "arrived": NOW}
        self.series.count(Outcome(**{**values, "origin": "live", "article_id": "a", **fields}))

    def by(self, label: str) -> dict[str, float]:
        """Counts of one kind by label."""
        return {
            sample.labels[label]: sample.value
            for family in self.metrics.registry.collect()
            for sample in family.samples
            if sample.name == f"newswatch_{label}_articles_total"
        }


@pytest.fixture
def shown() -> Shown:
    """With the old watchlist in force."""
    made = Shown()
    made.series.put_in_force(OLD)
    return made


def mention(watch: str) -> Mention:
    return Mention(watch=watch, text="x", field="body_text", start=0, end=1, sentence="x")


def test_all_are_there_with_0_before_anything_comes(shown: Shown) -> None:
    """What appears with its first article is missed by increase()."""
    assert shown.by("watch") == {"truce": 0, "grain": 0}
    assert shown.by("entity") == {"NATO": 0}
    assert shown.by("source") == {"Harbour.example": 0, "*.gov": 0, "other": 0}
    value = shown.metrics.registry.get_sample_value
    assert value("newswatch_watch_source_info", {"watch": "truce", "source": "*.gov"}) == 1


def test_mentions_and_alerts_of_a_watch_begin_with_it_and_stay(shown: Shown) -> None:
    """The first alert of a watch must be seen to grow; what was sent stays sent when the watch has gone."""
    value = shown.metrics.registry.get_sample_value
    alerts = ("newswatch_alerts_total", {"watch": "truce", "severity": "warning"})
    assert (value(*alerts), value("newswatch_mentions_total", {"watch": "truce"})) == (0, 0)
    shown.metrics.alerts.labels("truce", "warning").inc()
    shown.series.put_in_force(NEW)
    assert value(*alerts) == 1


def test_a_watch_s_first_revision_and_first_copy_are_seen_to_grow(shown: Shown) -> None:
    """Each reason that it can have is there from the start, and no other."""
    reasons = {
        kind: {
            sample.labels["reason"]: sample.value
            for family in shown.metrics.registry.collect()
            for sample in family.samples
            if sample.name == f"newswatch_{kind}_total" and sample.labels["watch"] == "truce"
        }
        for kind in ("revisions", "suppressed")
    }
    assert reasons["revisions"] == {"coverage": 0, "watch": 0, "change": 0}
    assert reasons["suppressed"] == {"duplicate": 0, "silence": 0, "out_of_scope": 0}


def test_an_objective_sees_its_first_alert(shown: Shown) -> None:
    """`increase()` knows nothing of what is there when a series begins; of a night's only alert it is all."""
    for origin in ("live", "replay"):
        name = "newswatch_alert_latency_seconds_count"
        assert shown.metrics.registry.get_sample_value(name, {"origin": origin}) == 0


def test_a_change_at_run_time_brings_the_new_and_takes_the_gone(shown: Shown) -> None:
    """What stays goes on from where it was."""
    shown.count(mentions=(mention("grain"),))
    shown.series.put_in_force(NEW)
    assert shown.by("watch") == {"grain": 1, "fish": 0}
    assert (shown.by("entity"), shown.by("source")) == ({}, {"other": 1})
    value = shown.metrics.registry.get_sample_value
    assert value("newswatch_watch_source_info", {"watch": "truce", "source": "*.gov"}) is None


def test_an_article_counts_once_for_a_watch_however_often_it_mentions_it(shown: Shown) -> None:
    """A watch that has left the list since counts no more."""
    shown.count(mentions=(mention("truce"), mention("truce"), mention("grain"), mention("gone")))
    assert shown.by("watch") == {"truce": 1, "grain": 1}


def test_replayed_rejected_and_redelivered_articles_do_not_count(shown: Shown) -> None:
    """A backtest is no burst, and a crash no news."""
    for fields in ({"origin": "replay"}, {"status": "rejected"}, {"redelivered": True}):
        shown.count(mentions=(mention("truce"),), asked_for=("NATO",), source="state.gov", **fields)
    assert not any({**shown.by("watch"), **shown.by("entity"), **shown.by("source")}.values())


def test_the_same_text_again_is_life_of_its_source_and_no_news(shown: Shown) -> None:
    """A feed that sends one article for ever makes no burst."""
    shown.count(status="exact_duplicate", mentions=(mention("truce"),), source="state.gov")
    shown.count(status="near_duplicate", mentions=(mention("truce"),), source="state.gov")
    assert shown.by("watch")["truce"] == 1
    assert shown.by("source")["*.gov"] == 2


def test_a_source_counts_where_it_is_named_and_where_it_is_tracked(shown: Shown) -> None:
    """One that a watch spells out has no second series; all the rest is one."""
    shown.series.track(frozenset({"harbour.example", "state.gov", "valley.example"}))
    sources = ["HARBOUR.example", "www.state.gov", "Valley.example", "www.valley.example", "unknown", None]
    for source in sources:
        shown.count(source=source)
    assert shown.by("source") == {
        "Harbour.example": 1,
        "*.gov": 1,
        "state.gov": 1,
        "valley.example": 2,
        "other": 2,
    }


def test_a_tracked_source_that_a_watch_spells_out_from_now_on_changes_its_series(shown: Shown) -> None:
    """The old one would look silent."""
    shown.series.put_in_force(NEW)
    shown.series.track(frozenset({"harbour.example"}))
    assert shown.by("source") == {"harbour.example": 0, "other": 0}
    shown.series.put_in_force(OLD)
    assert shown.by("source") == {"Harbour.example": 0, "*.gov": 0, "other": 0}
    shown.series.put_in_force(NEW)
    assert shown.by("source") == {"harbour.example": 0, "other": 0}


def test_a_worker_that_counts_no_more_lets_the_tracked_go(shown: Shown) -> None:
    """What it counted once must not look like a source that is silent now; those named stay as they were."""
    shown.series.track(frozenset({"valley.example"}))
    shown.count(source="valley.example")
    shown.count(source="state.gov")
    shown.series.track(frozenset())
    assert shown.by("source") == {"Harbour.example": 0, "*.gov": 1, "other": 0}


def test_what_has_no_series_is_told(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """By kind; it is 0 where all have one."""
    value = shown.metrics.registry.get_sample_value
    assert value("newswatch_unmeasured", {"kind": "watch"}) == 0
    monkeypatch.setattr("agents.alerts.measured.MOST_WATCHES", 1)
    shown.series.put_in_force(NEW)
    assert value("newswatch_unmeasured", {"kind": "watch"}) == 1
