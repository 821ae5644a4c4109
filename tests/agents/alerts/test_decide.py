from datetime import UTC, datetime
from typing import Any

from agents.alerts.decide import decide
from agents.alerts.policy import Policy
from agents.alerts.standing import Standing, alert_id, standing_key, summarise
from streams.records import Alert, AlertEntity, Entity, Mention, Outcome, Position, Suppressed, Verdict

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def mention(watch: str, text: str = "truce") -> Mention:
    return Mention(watch=watch, text=text, field="body_text", start=2, end=7, sentence="A truce held.")


def outcome(**fields: Any) -> Outcome:
    return Outcome(
        **{
            "seq": 4,
            "status": "new",
            "position": Position(topic="news.raw", partition=0, offset=4),
            "event_time": NOW,
            "arrived": NOW,
            "origin": "replay",
            "article_id": "s1",
            "story_id": "s1",
            "headline": "Truce holds",
            "mentions": (mention("ceasefire"),),
            **fields,
        }
    )


def decided(
    item: Outcome, standing: dict[str, Standing] | None = None, joined: dict[str, Standing] | None = None
) -> list[Alert | Suppressed]:
    policies = {"ceasefire": Policy(severity="critical", runbook_url="https://example.org/x")}
    found = decide(
        item, policies=policies, standing=standing or {}, joined=joined or {}, time=0, detected_at=NOW
    )
    return [item.alert or item.ledger for item in found if item.alert or item.ledger]


def test_an_alert_carries_the_runbook_of_its_watch() -> None:
    """Where it has one."""
    item = outcome(mentions=(mention("ceasefire"), mention("deadline")))
    assert [alert.runbook_url for alert in decided(item) if isinstance(alert, Alert)] == [
        "https://example.org/x",
        None,
    ]


def test_the_first_article_of_a_story_raises_one_alert_a_watch() -> None:
    """Three mentions of one watch are one alert, a second watch has its own."""
    item = outcome(mentions=(mention("ceasefire"), mention("deadline"), mention("ceasefire", "armistice")))
    alerts = decided(item)
    assert [(alert.watch, len(alert.mentions)) for alert in alerts] == [("ceasefire", 2), ("deadline", 1)]
    assert all(isinstance(alert, Alert) for alert in alerts)


def test_severity_comes_from_the_watch_and_is_warning_where_the_watch_has_gone() -> None:
    """A watch that was removed between two steps still alerts."""
    alerts = decided(outcome(mentions=(mention("ceasefire"), mention("gone"))))
    assert [alert.severity for alert in alerts if isinstance(alert, Alert)] == ["critical", "warning"]


def test_a_copy_falls_under_the_alert_that_stands() -> None:
    """It raises none, and says which one it fell under and where it was seen."""
    stands = {"s1/ceasefire": Standing("parent", 0, revision=0)}
    item = outcome(article_id="a2", status="near_duplicate", uri="https://b.example/x")
    (record,) = decided(item, stands)
    assert isinstance(record, Suppressed)
    assert (
        record.alert_id,
        record.article_id,
        record.uri,
        record.watch,
        record.reason,
    ) == ("parent", "a2", "https://b.example/x", "ceasefire", "duplicate")


def test_an_article_that_denies_a_story_goes_on_with_it() -> None:
    """It is no copy, but of that story: a second alert of the same id would be the first one again."""
    stands = {"s1/ceasefire": Standing("parent", 0, revision=0)}
    (record,) = decided(outcome(article_id="a2", seq=9), stands)
    assert record.alert_id == "parent"
    assert not isinstance(record, Alert) or record.revision > 0


def test_a_copy_that_says_more_alerts_for_what_is_new_in_it() -> None:
    """An extended copy with a term that its original lacked is not swallowed; the first alert tells of it."""
    stands = {"s1/ceasefire": Standing("parent", 0, revision=0)}
    item = outcome(status="near_duplicate", mentions=(mention("ceasefire"), mention("sanctions")))
    again, first = decided(item, stands)
    assert isinstance(again, Alert)
    assert isinstance(first, Alert)
    assert (first.watch, first.revision, first.change) == ("sanctions", 0, None)
    assert (again.alert_id, again.revision, again.change) == ("parent", 1, "watch")


def test_a_revision_carries_the_entities_of_the_first_article() -> None:
    """A copy is not searched for names; the newest revision is the alert's state."""
    named = Entity(text="Kyiv", label="GPE", start=0, end=4, canonical="Kyiv", canonical_id="city:Kyiv")
    first = decide(outcome(entities=(named,)), policies={}, standing={}, time=0, detected_at=NOW)
    assert first[0].stands is not None
    standing = {"s1/ceasefire": first[0].stands}
    copy = outcome(seq=5, status="near_duplicate", mentions=(mention("ceasefire"), mention("sanctions")))
    again, _ = decided(copy, standing)
    assert isinstance(again, Alert)
    assert [(entity.canonical, entity.count) for entity in again.entities] == [("Kyiv", 1)]


def test_nothing_comes_of_a_redelivery_a_rejection_or_an_article_without_mentions() -> None:
    """None of them is news."""
    assert decided(outcome(redelivered=True)) == []
    assert decided(outcome(article_id=None, status="rejected", reason="empty", mentions=())) == []
    assert decided(outcome(mentions=())) == []


def test_an_alert_has_the_same_id_each_time_and_another_for_each_watch_and_story() -> None:
    """The id says 'this watch, this story, this day'; when an undated article arrived is no part of it."""
    later = datetime(2026, 1, 1, tzinfo=UTC)
    assert alert_id("s1/a", outcome()) == alert_id("s1/a", outcome(event_time=later, seq=9))
    stories = [outcome(story_id=story) for story in ("s1", "s2")]
    stories.append(outcome(event_time_source="own"))
    stories.append(outcome(event_time_source="own", event_time=later))
    ids = {alert_id(standing_key(watch, story), story) for watch in ("a", "b") for story in stories}
    assert len(ids) == 8


def test_a_new_story_alerts_though_one_of_the_same_id_stands() -> None:
    """The same text after the window is no copy, and the alert of then is not the alert of now."""
    stands = {"s1/ceasefire": Standing("parent", 0, revision=0)}
    assert [Alert] == [type(record) for record in decided(outcome(), stands)]


def test_entities_are_summed_by_whom_they_mean() -> None:
    """Two spellings of a name are one entity with a count; the most named comes first."""

    def entity(canonical: str, key: str) -> Entity:
        return Entity(text="x", label="GPE", start=0, end=1, canonical=canonical, canonical_id=key)

    found = summarise(
        [entity("Ukraine", "country:UA"), entity("Russia", "country:RU"), entity("Russia", "country:RU")]
    )
    assert found == (
        AlertEntity(canonical="Russia", canonical_id="country:RU", label="GPE", count=2),
        AlertEntity(canonical="Ukraine", canonical_id="country:UA", label="GPE", count=1),
    )


def round_up(*watches: str) -> Outcome:
    """A copy of what story `s1` says and of what `s2` says; it belongs to `s1`."""
    verdict = Verdict(status="near_duplicate", story_id="s1", joins=("s2",))
    mentions = tuple(mention(watch) for watch in watches)
    return outcome(article_id="a3", seq=9, status="near_duplicate", verdict=verdict, mentions=mentions)


def test_what_another_story_has_alerted_for_rings_no_second_time() -> None:
    """A round-up falls under the alert of either story that it is a copy of, each of its own watch."""
    stands = {"s1/ceasefire": Standing("first", 0, revision=0)}
    joined = {"s2/deadline": Standing("second", 1, revision=0)}
    records = decided(round_up("ceasefire", "deadline"), stands, joined)
    assert [(type(item), item.alert_id, item.story_id) for item in records] == [
        (Suppressed, "first", "s1"),
        (Suppressed, "second", "s2"),
    ]


def test_a_round_up_swallows_nothing() -> None:
    """What neither story has alerted for rings in its own; so does what the other held back."""
    joined = {"s2/deadline": Standing("second", 1, revision=-1)}
    records = decided(round_up("ceasefire", "deadline"), {}, joined)
    assert [(type(item), item.story_id) for item in records] == [(Alert, "s1"), (Alert, "s1")]


def test_a_story_speaks_for_itself_before_another_does() -> None:
    """Where both have alerted for a watch, the copy counts in its own story."""
    stands = {"s1/ceasefire": Standing("first", 0, revision=0)}
    joined = {"s2/ceasefire": Standing("second", 1, revision=0)}
    (record,) = decided(round_up("ceasefire"), stands, joined)
    assert (record.alert_id, record.story_id) == ("first", "s1")


def test_a_watch_of_one_story_is_no_news_of_the_other() -> None:
    """That `s1` has alerted is told in `s1`, not in the alert of `s2` that the round-up falls under."""
    stands = {"s1/ceasefire": Standing("first", 8, revision=0, raised=8, told=8)}
    joined = {"s2/deadline": Standing("second", 1, revision=0, raised=1, told=1)}
    (record,) = decided(round_up("deadline"), stands, joined)
    assert isinstance(record, Suppressed)
    assert (record.alert_id, record.reason) == ("second", "duplicate")
