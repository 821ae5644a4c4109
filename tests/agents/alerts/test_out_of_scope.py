"""A watch that asks for entities, in the desk as a whole: whom it alerts for, and what its ledger says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from agents.alerts.desk import Desk
from agents.alerts.policy import Policy
from agents.mentions.entity_scope import EntityScope
from streams.records import Alert, Entity, Mention, Model, Outcome, Position, Silence, Start, Suppressed

if TYPE_CHECKING:
    from agents.alerts.turn import Turn
    from agents.mentions.watch import GroupBy

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
MODEL = Model(name="m", version="1")
SEARCHED = ("new", "update")
RUBIO = Policy(entities=EntityScope(("person:Marco Rubio",), frozenset({"rubio"})))
KYIV = Policy(entities=EntityScope(("gpe:Kyiv",), frozenset({"kyiv"})))


def article(
    seq: int,
    *named: str,
    status: str = "near_duplicate",
    watches: tuple[str, ...] = ("w",),
    sentence: str = "A truce in 3 days.",
    **fields: Any,
) -> Outcome:
    """An article's outcome; of one that is searched for entities, whom it names."""
    values = {
        "seq": seq,
        "status": status,
        "position": Position(topic="news.raw", partition=0, offset=seq),
        "event_time": NOW + timedelta(minutes=seq),
        "event_time_source": "own",
        "arrived": NOW,
        "origin": "replay",
        "article_id": f"a{seq}",
        "story_id": "s",
        "source": f"{seq}.example",
        "mentions": tuple(
            Mention(watch=watch, text="truce", field="body_text", start=2, end=7, sentence=sentence)
            for watch in watches
        ),
        "entities": tuple(
            Entity(text=key, label="PERSON", start=0, end=1, canonical=key.title(), canonical_id=key)
            for key in named
        ),
        "model": MODEL if status in SEARCHED else None,
    }
    return Outcome(**{**values, **fields})


def desk(policy: Policy = RUBIO, **more: Policy) -> Desk:
    at = Desk({"w": policy, **more}, window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))
    at.work([Start(seq=0)], now=NOW)
    return at


def told(turn: Turn) -> list[str]:
    """Of each article and watch the revision or the reason."""
    return [
        str(record.revision) if isinstance(record, Alert) else record.reason
        for record in turn.decided
        if isinstance(record, Alert | Suppressed)
    ]


def worked(at: Desk, *articles: Outcome) -> list[str]:
    return told(at.work(articles, now=NOW))


def test_an_article_that_names_none_of_them_is_out_of_scope_and_so_are_its_copies() -> None:
    """The ledger says whom the watch asked for; there is no alert that they fall under."""
    turn = desk().work(
        [article(0, "kyiv", status="new"), article(1), article(2, status="exact_duplicate")], now=NOW
    )
    entries = [record for record in turn.decided if isinstance(record, Suppressed)]
    assert [(entry.seq, entry.reason, entry.alert_id) for entry in entries] == [
        (seq, "out_of_scope", None) for seq in range(3)
    ]
    assert {entry.asked for entry in entries} == {("person:Marco Rubio",)}
    assert all(entry.mentions for entry in entries)


def test_an_article_that_names_one_alerts_and_its_copies_fall_under_it() -> None:
    """Although a copy has no entities of its own."""
    assert worked(desk(), article(0, "kyiv", "rubio", status="new"), article(1)) == ["0", "duplicate"]


def test_other_reasons_do_not_say_whom_the_watch_asks_for() -> None:
    """It was not the scope that decided."""
    turn = desk().work([article(0, "rubio", status="new"), article(1)], now=NOW)
    entry = turn.decided[1]
    assert isinstance(entry, Suppressed)
    assert entry.asked == ()


def test_an_update_that_is_the_first_to_name_one_alerts() -> None:
    """With the coverage of all that came before it; its copies fall under the alert and carry the name."""
    turn = desk().work(
        [
            article(0, "kyiv", status="new"),
            article(1),
            article(2, "kyiv", "rubio", status="update"),
            article(3, sentence="A truce in 5 days."),
        ],
        now=NOW,
    )
    assert told(turn) == ["out_of_scope", "out_of_scope", "0", "1"]
    first, again = turn.decided[2:]
    assert isinstance(first, Alert)
    assert isinstance(again, Alert)
    assert (first.coverage.articles, first.coverage.outlets, first.coverage.first_outlet) == (
        3,
        3,
        "0.example",
    )
    assert first.suppressed == {"out_of_scope": 2}
    assert [entity.canonical_id for entity in again.entities] == ["kyiv", "rubio"]


def test_what_was_out_of_scope_was_not_told() -> None:
    """The first alert has nothing to be held against: it is no change of what nobody heard."""
    turn = desk().work(
        [
            article(0, "kyiv", status="new", sentence="A truce in 3 days."),
            article(1, "rubio", status="update", sentence="A truce in 5 days."),
        ],
        now=NOW,
    )
    alert = turn.decided[1]
    assert isinstance(alert, Alert)
    assert (alert.revision, alert.change, alert.changes) == (0, None, ())


def test_an_update_that_no_longer_names_one_is_held_against_what_was_told() -> None:
    """A reversal is not swallowed because the new version leaves the name out."""
    found = worked(
        desk(),
        article(0, "rubio", status="new"),
        article(1, "kyiv", status="update", sentence="A truce in 5 days."),
    )
    assert found == ["0", "1"]


@pytest.mark.parametrize("place", [0, 5, 6, 30, 250])
def test_one_that_is_asked_for_counts_whatever_its_place(place: int) -> None:
    """Among hundreds; a copy's alert carries it beside the six most named."""
    names = [f"n{number}" for number in range(300)]
    names.insert(place, "rubio")
    turn = desk().work([article(0, *names, status="new"), article(1, sentence="A truce in 5 days.")], now=NOW)
    assert told(turn) == ["0", "1"]
    again = turn.decided[1]
    assert isinstance(again, Alert)
    kept = [entity.canonical_id for entity in again.entities]
    assert "rubio" in kept
    assert len(kept) == (6 if place < 6 else 7)


def test_an_article_that_could_not_be_searched_is_in_scope() -> None:
    """Rather an alert too many; its copies fall under it. So it is with an update."""
    failed = {"model": MODEL, "entities_error": "spaCy took longer than 30 s"}
    assert worked(desk(), article(0, status="new", **failed), article(1)) == ["0", "duplicate"]
    assert worked(
        desk(),
        article(0, "kyiv", status="new"),
        article(1, status="update", **failed),
        article(2, source=None),
    ) == ["out_of_scope", "0", "duplicate"]


def test_a_copy_whose_first_article_nobody_knows_is_in_scope() -> None:
    """Its outcome was lost, or it is forgotten; once it comes late, it is judged by its own entities."""
    assert worked(desk(), article(0)) == ["0"]
    at = desk()
    late = (article(1), article(0, "kyiv", status="new"), article(2, sentence="A truce in 5 days."))
    assert [told(at.settle(item, seq=item.seq, now=NOW)) for item in late] == [
        ["0"],
        ["out_of_scope"],
        ["out_of_scope"],
    ]


def test_a_new_article_is_not_judged_by_a_story_forgotten_since() -> None:
    """Of the same id: what stands from before is of another story."""
    found = worked(
        desk(), article(0, "rubio", status="new"), article(1, "kyiv", status="new", article_id="s")
    )
    assert found == ["0", "out_of_scope"]


def test_a_copy_that_is_the_first_to_mention_a_watch_is_judged_by_its_story() -> None:
    """Another watch's alert knows whom the first article names."""
    watches = {"other": Policy()}
    first = article(0, "kyiv", status="new", watches=("other",))
    assert worked(desk(**watches), first, article(1)) == ["0", "out_of_scope"]
    named = article(0, "rubio", status="new", watches=("other",))
    assert worked(desk(**watches), named, article(1)) == ["0", "0"]


def test_what_another_watch_has_heard_since_counts() -> None:
    """An update that names him mentions the other watch alone; a copy of it mentions both."""
    at = desk(other=Policy())
    both = ("w", "other")
    assert worked(at, article(0, "kyiv", status="new", watches=both)) == ["out_of_scope", "0"]
    assert worked(at, article(1, "rubio", status="update", watches=("other",))) == ["duplicate"]
    assert worked(at, article(2, watches=both, source=None)) == ["0", "1"]


def test_a_story_that_could_not_be_searched_stays_open_whatever_another_watch_has_heard() -> None:
    """The update was searched for the other watch alone: what the first article names, nobody knows."""
    at = desk(other=Policy())
    failed = {"model": MODEL, "entities_error": "spaCy took longer than 30 s"}
    first = article(0, status="new", watches=("w", "other"), **failed)
    update = article(1, "kyiv", status="update", watches=("other",))
    assert worked(at, first, update, article(2, source=None)) == ["0", "0", "duplicate", "duplicate"]


@pytest.mark.parametrize("group_by", ["story", "entity", "none"])
def test_a_scope_holds_for_copies_however_alerts_are_grouped(group_by: GroupBy) -> None:
    """Without grouping each copy has an alert of its own to stand under."""
    policy = Policy(entities=RUBIO.entities, group_by=group_by)
    assert (
        worked(desk(policy), article(0, "kyiv", status="new"), article(1), article(2)) == ["out_of_scope"] * 3
    )
    fits = worked(desk(policy), article(0, "rubio", status="new"), article(1))
    assert fits == ["0", "0" if group_by == "none" else "duplicate"]


def test_a_first_article_from_another_source_still_tells_whom_the_story_names() -> None:
    """It was out of scope for its source; a copy from a source in scope is judged by its entities."""
    outside = {"status": "new", "watches": (), "out_of_scope": ("w",)}
    turn = desk().work([article(0, "kyiv", **outside), article(1)], now=NOW)
    assert told(turn) == ["out_of_scope", "out_of_scope"]
    assert [entry.asked for entry in turn.decided if isinstance(entry, Suppressed)] == [
        (),
        ("person:Marco Rubio",),
    ]
    turn = desk().work([article(0, "rubio", **outside), article(1)], now=NOW)
    assert told(turn) == ["out_of_scope", "0"]
    alert = turn.decided[1]
    assert isinstance(alert, Alert)
    assert (alert.coverage.articles, alert.coverage.first_outlet) == (1, "1.example")


def test_another_scope_acts_at_once() -> None:
    """On stories that stand already: wider, narrower, and for one who was not among the most named."""
    names = [f"n{number}" for number in range(20)]
    at = desk(Policy())
    assert worked(at, article(0, *names, "rubio", status="new")) == ["0"]
    at.policies = {"w": KYIV}
    turn = at.work([article(1, sentence="A truce in 5 days.")], now=NOW)
    assert told(turn) == ["out_of_scope"]
    under = turn.decided[0]
    assert isinstance(under, Suppressed)
    assert under.alert_id is not None
    at.policies = {"w": RUBIO}
    assert worked(at, article(2, sentence="A truce in 5 days.")) == ["1"]
    at = desk(KYIV)
    assert worked(at, article(0, *names, "rubio", status="new")) == ["out_of_scope"]
    at.policies = {"w": RUBIO}
    assert worked(at, article(1)) == ["0"]
    at = desk(KYIV)
    assert worked(at, article(0, *names, status="new")) == ["out_of_scope"]
    at.policies = {"w": Policy()}
    assert worked(at, article(1)) == ["0"]


def test_coverage_counts_on_while_a_story_is_out_of_scope() -> None:
    """Its third outlet rings nothing, and is no news to the alert that comes of it later."""
    at = desk()
    assert (
        worked(at, article(0, "kyiv", status="new"), *(article(seq) for seq in range(1, 5)))
        == ["out_of_scope"] * 5
    )
    turn = at.work([article(5, "rubio", status="update"), article(6)], now=NOW)
    assert told(turn) == ["0", "duplicate"]
    alert = turn.decided[0]
    assert isinstance(alert, Alert)
    assert (alert.coverage.outlets, alert.coverage.minutes_to_3) == (6, 2)


def test_the_scope_goes_before_a_silence_and_mutes_nobody() -> None:
    """A critical watch that is out of scope has told nobody of the story."""
    silence = Silence(
        silence_id="q", reason="drill", created=NOW, until=NOW + timedelta(days=1), seq=0, watch="w"
    )
    at = desk(Policy(severity="critical", entities=RUBIO.entities), info=Policy(severity="info"))
    at.work([silence], now=NOW)
    found = worked(at, article(0, "kyiv", status="new", watches=("w", "info")))
    assert found == ["out_of_scope", "0"]


def test_a_watch_on_trial_is_out_of_scope_without_an_alert() -> None:
    """As it would be when live."""
    policy = Policy(stage="shadow", entities=RUBIO.entities)
    turn = desk(policy).work([article(0, "kyiv", status="new")], now=NOW)
    assert told(turn) == ["out_of_scope"]
    assert {emit.topic for emit in turn.emits} == {"alerts.suppressed"}


def test_a_date_in_an_article_out_of_scope_sets_no_clock() -> None:
    """Nobody would know which story it is of; the update that comes into scope sets it."""
    at = desk(Policy(entities=RUBIO.entities, clock=True))

    def dated(item: Outcome) -> Outcome:
        due = (msgspec.structs.replace(mention, due="2025-11-27") for mention in item.mentions)
        return msgspec.structs.replace(item, mentions=tuple(due))

    assert worked(at, dated(article(0, "kyiv", status="new")), dated(article(1))) == ["out_of_scope"] * 2
    assert at.deadlines == 0
    assert worked(at, dated(article(2, "rubio", status="update"))) == ["0"]
    assert at.deadlines == 1


@pytest.mark.parametrize("cut", range(4))
def test_a_kill_changes_nothing(cut: int) -> None:
    """Whom a story names is in the table: a desk restored after any batch decides the rest alike."""
    names = [f"n{number}" for number in range(20)]
    news = [
        article(0, *names, "rubio", status="new"),
        article(1, "kyiv", status="new", story_id="t"),
        article(2, story_id="t"),
        article(3, sentence="A truce in 5 days."),
        article(4, "rubio", status="update", story_id="t"),
    ]
    table: dict[str, bytes] = {}
    at = desk()
    found = []
    for item in news:
        turn = at.work([Start(seq=0), item], now=NOW)
        found += told(turn)
        table |= {key: value for key, value in turn.writes.items() if value is not None}
        if item.seq == cut:
            at = Desk({"w": RUBIO}, window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))
            at.restore(table.items())
    assert found == ["0", "out_of_scope", "out_of_scope", "1", "0"]
