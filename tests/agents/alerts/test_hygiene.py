"""What keeps an alert from being sent, in the desk as a whole: each with its entry in the ledger."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agents.alerts.desk import Desk
from agents.alerts.policy import Policy
from agents.alerts.turn import Turn
from streams.records import Alert, Entity, Entry, Mention, Outcome, Position, Silence, Start, Suppressed
from streams.topology import ALERTS, SHADOW, SILENCES, SUPPRESSED

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
HALF_AN_HOUR = 30 * 60_000


def outcome(
    seq: int,
    minute: float,
    *watches: str,
    story: str = "s",
    sentence: str = "A truce in 3 days.",
    entity: str | None = None,
    **fields: Any,
) -> Outcome:
    """An article's outcome: its number, minutes after noon, the watches it mentions."""
    mentions = tuple(
        Mention(watch=watch, text="truce", field="body_text", start=2, end=7, sentence=sentence)
        for watch in watches
    )
    named = Entity(text="x", label="GPE", start=0, end=1, canonical=entity or "", canonical_id=entity or "")
    values = {
        "seq": seq,
        "status": "near_duplicate",
        "position": Position(topic="news.raw", partition=0, offset=seq),
        "event_time": NOW + timedelta(minutes=minute),
        "event_time_source": "own",
        "arrived": NOW,
        "origin": "replay",
        "article_id": f"a{seq}",
        "story_id": story,
        "source": f"{seq}.example",
        "mentions": mentions,
        "entities": (named,) if entity else (),
    }
    return Outcome(**{**values, **fields})


def worked(policies: dict[str, Policy], *entries: Entry) -> Turn:
    desk = Desk(policies, window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))
    return desk.work([Start(seq=0), *entries], now=NOW)


def told(turn: Turn) -> list[tuple[int, str, str]]:
    """Number, watch, and the revision or the reason."""
    return [
        (
            record.seq,
            record.watch,
            str(record.revision) if isinstance(record, Alert) else record.reason,
        )
        for record in turn.decided
    ]


def ledger(turn: Turn) -> list[Suppressed]:
    return [record for record in turn.decided if isinstance(record, Suppressed)]


def test_a_step_of_coverage_waits_for_the_cooldown() -> None:
    """The third outlet within half an hour is in the ledger; told with the next copy after it."""
    policies = {"w": Policy(cooldown=HALF_AN_HOUR)}
    turn = worked(policies, *(outcome(seq, minute, "w") for seq, minute in enumerate((0, 10, 20, 65, 70))))
    assert told(turn) == [
        (0, "w", "0"),
        (1, "w", "duplicate"),
        (2, "w", "cooldown"),
        (3, "w", "1"),
        (4, "w", "duplicate"),
    ]
    again = turn.decided[3]
    assert isinstance(again, Alert)
    assert again.suppressed == {"duplicate": 1, "cooldown": 1}
    assert {entry.alert_id for entry in ledger(turn)} == {again.alert_id}


def test_a_reversal_waits_for_no_cooldown() -> None:
    """Nor does it for a critical watch of the story."""
    policies = {"w": Policy(cooldown=HALF_AN_HOUR, severity="info"), "c": Policy(severity="critical")}
    turn = worked(
        policies, outcome(0, 0, "w"), outcome(1, 1, "c"), outcome(2, 2, "w", sentence="A truce in 5 days.")
    )
    assert told(turn) == [(0, "w", "0"), (1, "c", "0"), (2, "w", "1")]


def test_one_alert_for_an_entity_within_the_cooldown() -> None:
    """Other stories fall under it; a copy of one that was held back alerts when the cooldown is over."""
    policies = {"w": Policy(cooldown=HALF_AN_HOUR, group_by="entity")}
    turn = worked(
        policies,
        outcome(0, 0, "w", story="s0", entity="Kyiv", status="new"),
        outcome(1, 10, "w", story="s1", entity="Kyiv", status="new"),
        outcome(2, 11, "w", story="s2", entity="Oslo", status="new"),
        outcome(3, 90, "w", story="s1"),
        outcome(4, 91, "w", story="s4", entity="Kyiv", status="new"),
    )
    assert told(turn) == [
        (0, "w", "0"),
        (1, "w", "cooldown"),
        (2, "w", "0"),
        (3, "w", "0"),
        (4, "w", "cooldown"),
    ]
    alerts = {record.seq: record.alert_id for record in turn.decided if isinstance(record, Alert)}
    assert [entry.alert_id for entry in ledger(turn)] == [alerts[0], alerts[3]]
    assert len(set(alerts.values())) == 3


def test_without_grouping_each_article_has_an_alert_and_the_same_one_no_second() -> None:
    """A copy elsewhere alerts; the same article again is a duplicate."""
    policies = {"w": Policy(group_by="none")}
    turn = worked(
        policies,
        outcome(0, 0, "w", status="new"),
        outcome(1, 1, "w"),
        outcome(2, 2, "w", article_id="a1", status="exact_duplicate"),
    )
    assert told(turn) == [(0, "w", "0"), (1, "w", "0"), (2, "w", "duplicate")]


def test_a_critical_watch_mutes_the_info_one_of_its_story() -> None:
    """In the same article and in its copies, not in another story; a warning it leaves alone."""
    policies = {"i": Policy(severity="info"), "w": Policy(), "c": Policy(severity="critical")}
    turn = worked(
        policies,
        outcome(0, 0, "i", "w", "c", status="new"),
        outcome(1, 1, "i"),
        outcome(2, 2, "i", story="t", status="new"),
    )
    assert told(turn) == [
        (0, "i", "inhibited"),
        (0, "w", "0"),
        (0, "c", "0"),
        (1, "i", "inhibited"),
        (2, "i", "0"),
    ]
    critical = turn.decided[2]
    assert {entry.alert_id for entry in ledger(turn)} == {critical.alert_id}


def test_a_watch_in_shadow_alerts_on_the_shadow_topic_only() -> None:
    """Its copies are in the ledger as ever; no other alert tells of it, none is muted by it."""
    policies = {"c": Policy(severity="critical", stage="shadow"), "i": Policy(severity="info")}
    turn = worked(policies, outcome(0, 0, "i", status="new"), outcome(1, 1, "c", "i"), outcome(2, 2, "c"))
    assert told(turn) == [
        (0, "i", "0"),
        (1, "c", "shadow"),
        (1, "i", "duplicate"),
        (2, "c", "duplicate"),
    ]
    assert [emit.topic for emit in turn.emits] == [
        *(ALERTS, "alerts.i"),
        *(SHADOW, SUPPRESSED),
        *(SUPPRESSED, SUPPRESSED),
    ]
    shadow = next(emit.value for emit in turn.emits if emit.topic == SHADOW)
    assert isinstance(shadow, Alert)
    assert (shadow.stage, shadow.alert_id) == ("shadow", ledger(turn)[0].alert_id)


def silence(seq: int, minutes: int, **fields: Any) -> Silence:
    until = NOW + timedelta(minutes=minutes)
    return Silence(
        **{"silence_id": "q1", "reason": "drill", "created": NOW, "until": until, "seq": seq, **fields}
    )


def test_a_silence_holds_until_its_end_and_is_named_in_the_ledger() -> None:
    """A story that began in it alerts with its first copy after it; under no alert until then."""
    turn = worked(
        {"w": Policy()},
        silence(1, 30, watch="w"),
        outcome(0, 0, "w", story="early", status="new"),
        outcome(1, 10, "w", status="new"),
        outcome(2, 20, "w"),
        outcome(3, 40, "w"),
    )
    assert told(turn) == [(0, "w", "0"), (1, "w", "silence"), (2, "w", "silence"), (3, "w", "0")]
    assert [(entry.alert_id, entry.silence) for entry in ledger(turn)] == [(None, "q1")] * 2
    assert [emit.key for emit in turn.emits if emit.topic == SILENCES] == ["q1"]
    last = turn.decided[-1]
    assert isinstance(last, Alert)
    assert (last.coverage.articles, last.coverage.outlets, last.suppressed) == (3, 3, {"silence": 2})


def test_a_silence_for_an_entity_holds_for_copies_which_are_not_searched_for_any() -> None:
    """They carry those of the first article."""
    turn = worked(
        {"w": Policy()},
        silence(0, 30, entity="Kyiv"),
        outcome(0, 0, "w", entity="Kyiv", status="new"),
        outcome(1, 1, "w"),
    )
    assert told(turn) == [(0, "w", "silence"), (1, "w", "silence")]


def test_a_silence_that_is_ended_early_holds_no_more() -> None:
    """Even for what is dated before."""
    turn = worked(
        {"w": Policy()},
        silence(0, 600, watch="w"),
        outcome(0, 0, "w", status="new"),
        silence(0, 600, watch="w", expired=True),
        outcome(1, 1, "w"),
    )
    assert told(turn) == [(0, "w", "silence"), (1, "w", "0")]


def test_a_reversal_is_told_after_the_silence_that_held_it() -> None:
    """What nobody was told is still news."""
    other = "A truce in 5 days."
    turn = worked(
        {"w": Policy()},
        outcome(0, 0, "w", status="new"),
        silence(1, 30, watch="w"),
        outcome(1, 1, "w", sentence=other),
        outcome(2, 40, "w", sentence=other),
    )
    assert told(turn) == [(0, "w", "0"), (1, "w", "silence"), (2, "w", "1")]


def test_what_a_scope_leaves_out_is_in_the_ledger() -> None:
    """Under no alert, without mentions."""
    (entry,) = ledger(worked({"w": Policy()}, outcome(0, 0, status="new", out_of_scope=("w",))))
    assert (entry.reason, entry.watch, entry.alert_id, entry.mentions) == ("out_of_scope", "w", None, ())


def test_totals_are_those_of_the_watch_since_its_last_alert() -> None:
    """Whatever story they are of; the next alert begins anew."""
    turn = worked(
        {"w": Policy()},
        outcome(0, 0, "w", status="new"),
        outcome(1, 1, "w"),
        outcome(2, 2, "w", story="t", status="new"),
        outcome(3, 3, "w", story="u", status="new"),
    )
    totals = [record.suppressed for record in turn.decided if isinstance(record, Alert)]
    assert totals == [{}, {"duplicate": 1}, {}]


def test_an_undated_archive_has_no_cooldown() -> None:
    """Nobody knows how much time has passed."""
    policies = {"w": Policy(cooldown=HALF_AN_HOUR)}
    undated = [outcome(seq, 0, "w", event_time_source="arrival") for seq in range(3)]
    assert told(worked(policies, *undated))[-1] == (2, "w", "1")
