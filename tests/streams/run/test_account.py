from datetime import UTC, datetime
from typing import Any

import msgspec

from streams.records import Alert, DeadLetter, Deadline, Mention, Outcome, Position, Start, Suppressed
from streams.run.account import Account

NOW = datetime(2025, 11, 24, tzinfo=UTC)


def outcome(seq: int, *watches: str, **fields: Any) -> Outcome:
    return Outcome(
        **{
            "seq": seq,
            "status": "new",
            "position": Position(topic="news.raw", partition=0, offset=seq),
            "event_time": NOW,
            "arrived": NOW,
            "origin": "replay",
            "article_id": f"a{seq}",
            "mentions": tuple(
                Mention(watch=watch, text="x", field="body_text", start=0, end=1, sentence="x")
                for watch in watches
            ),
            **fields,
        }
    )


def alert(seq: int, watch: str, revision: int = 0, deadline: Deadline | None = None) -> Alert:
    return Alert(
        revision=revision,
        deadline=deadline,
        alert_id=f"{watch}{seq}",
        watch=watch,
        severity="info",
        article_id=f"a{seq}",
        story_id="s",
        headline="",
        event_time=NOW,
        arrived=NOW,
        detected_at=NOW,
        mentions=(),
        origin="replay",
        seq=seq,
    )


def suppressed(seq: int, watch: str) -> Suppressed:
    return Suppressed(
        watch=watch,
        reason="duplicate",
        alert_id="p",
        article_id=f"a{seq}",
        story_id="s",
        status="exact_duplicate",
        event_time=NOW,
        detected_at=NOW,
        mentions=(),
        origin="replay",
        seq=seq,
    )


def account(*records: object) -> Account:
    made = Account()
    for record in records:
        made.add(record)
    return made


def test_it_adds_up_when_each_article_has_a_status_and_each_mention_a_decision() -> None:
    """Two articles, one alert, one suppressed."""
    made = account(
        Start(seq=0),
        outcome(0, "w"),
        outcome(1, "w", status="exact_duplicate"),
        alert(0, "w"),
        suppressed(1, "w"),
    )
    assert made.missing(2) == []
    assert made.statuses == {"rejected": 0, "new": 1, "exact_duplicate": 1, "near_duplicate": 0, "update": 0}


def test_an_article_without_a_status_is_missed() -> None:
    """The count of acknowledged inputs is what must come out."""
    assert account(outcome(0)).missing(2) == ["1 of 2 articles with a status"]


def test_an_alert_that_is_still_to_come_is_missed() -> None:
    """A mention without a decision."""
    assert account(outcome(0, "w", "v"), alert(0, "w")).missing(1) == ["1 of 2 mentions decided"]


def test_an_alert_that_nobody_asked_for_does_not_add_up() -> None:
    """Neither does one that is both sent and suppressed."""
    assert account(outcome(0), alert(0, "w")).missing(1) == ["0 of 1 decisions with a mention"]
    both = account(outcome(0, "w"), alert(0, "w"), suppressed(0, "w"))
    assert both.missing(1) == ["1 of 2 alerts or suppressed, not both"]


def test_a_rejected_article_has_its_dead_letter() -> None:
    """A rejection without one would be silence."""
    rejected = outcome(3, status="rejected", article_id=None, reason="empty")
    letter = DeadLetter(
        reason="empty",
        message="",
        step="ingest",
        topic="news.raw",
        partition=0,
        offset=3,
        time=NOW,
        payload=b"",
        size=0,
    )
    assert account(rejected).missing(1) == ["0 of 1 dead letters"]
    assert account(rejected, letter).missing(1) == []


def test_records_that_come_twice_count_once() -> None:
    """Delivery is at least once; a re-delivered input is no second article."""
    made = account(outcome(0, "w"), outcome(0, "w"), alert(0, "w"), alert(0, "w"))
    made.add(outcome(9, position=Position(topic="news.raw", partition=0, offset=0), redelivered=True))
    assert made.missing(1) == []


def test_an_alert_that_is_sent_again_is_no_second_alert() -> None:
    """A revision decides its mention, and is told apart."""
    copy = outcome(1, "w", status="near_duplicate")
    made = account(outcome(0, "w"), copy, alert(0, "w"), alert(1, "w", revision=1))
    assert made.missing(2) == []
    assert ([item.seq for item in made.in_order()], [item.seq for item in made.revisions_in_order()]) == (
        [0],
        [1],
    )


def test_what_a_scope_left_out_has_its_entry_in_the_ledger() -> None:
    """It counts as a mention that was decided."""
    left_out = outcome(0, out_of_scope=("w",))
    assert account(left_out).missing(1) == ["0 of 1 mentions decided"]
    assert account(left_out, suppressed(0, "w")).missing(1) == []


def test_a_deadline_is_held_against_no_mention() -> None:
    """Time brought it, not an article; held back or not, everything adds up, and nothing is mixed up."""
    account, due = Account(), Deadline(due="2025-11-27", left="1h", alerts=())
    for record in (
        outcome(0, "w"),
        alert(0, "w"),
        alert(0, "w", 1, due),
        alert(0, "w", 2, due),
        alert(0, "w", 2, due),
        msgspec.structs.replace(suppressed(0, "w"), deadline=due),
    ):
        account.add(record)
    assert account.missing(1) == []
    assert [item.revision for item in account.deadlines_in_order()] == [1, 2]
    assert (len(account.alerts), len(account.revisions), len(account.suppressed)) == (1, 0, 0)
    assert account.length == 1
