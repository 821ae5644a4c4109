"""What the receiver has still not got, and what it should get."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from agents.webhook.backlog import Backlog
from streams.records import Undelivered

if TYPE_CHECKING:
    from collections.abc import Callable

    from agents.webhook.target import Format

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
A, B = "a" * 32, "b" * 32


@pytest.fixture
def make_lost(make_raw: Callable[..., bytes]) -> Callable[..., Undelivered]:
    """A record of `webhook.undelivered`; `change` is the alert's."""

    def make(alert_id: str = A, revision: int = 0, change: str | None = None, **fields: Any) -> Undelivered:
        given = {
            "alert_id": alert_id,
            "revision": revision,
            "watch": "ceasefire",
            "reason": "given_up",
            "message": "503",
            "attempts": 3,
            "time": NOW,
            "payload": make_raw(alert_id=alert_id, revision=revision, change=change),
        }
        return Undelivered(**(given | fields))

    return make


def backlog(lost: list[Undelivered], alerts: list[bytes], format_: Format = "plain") -> Backlog:
    """Made as from the topics."""
    made = Backlog(format_)
    for record in lost:
        made.undelivered(record)
    for raw in alerts:
        made.alert(raw)
    return made


def due(made: Backlog) -> list[tuple[str | None, int | None]]:
    """What a resend posts, in its order."""
    return [(item.record.alert_id, item.record.revision) for item in made.items() if item.due]


def test_revisions_of_an_alert_go_in_their_order(
    make_lost: Callable[..., Undelivered], make_raw: Callable[..., bytes]
) -> None:
    """Whichever was given up first; alerts among each other in the order of the topic."""
    lost = [make_lost(B, 1), make_lost(A), make_lost(B, 0), make_lost(B, 2)]
    alerts = [make_raw(alert_id=B, revision=number) for number in range(3)]
    assert due(backlog(lost, alerts)) == [(B, 0), (B, 1), (B, 2), (A, 0)]


def test_an_older_revision_does_not_come_after_a_newer_one(
    make_lost: Callable[..., Undelivered], make_raw: Callable[..., bytes]
) -> None:
    """The receiver has revision 2, or is being given it; what is newer than that is posted."""
    alerts = [make_raw(alert_id=A, revision=number) for number in range(4)]
    made = backlog([make_lost(revision=0), make_lost(revision=1), make_lost(revision=3)], alerts)
    assert [item.newer for item in made.items()] == [2, 2, None]
    assert due(made) == [(A, 3)]


def test_a_newer_revision_that_is_sent_meanwhile_counts(
    make_lost: Callable[..., Undelivered], make_raw: Callable[..., bytes]
) -> None:
    """Asked again before each attempt; an alert of which nothing is undelivered is not remembered."""
    made = backlog([make_lost()], [])
    (item,) = made.items()
    assert item.notice is not None
    assert made.newer(item.notice) is None
    made.alert(make_raw(alert_id=B, revision=5))
    made.alert(make_raw(alert_id=A, revision=1))
    made.alert(b"no alert")
    assert made.newer(item.notice) == 1


def test_to_alertmanager_a_reversal_is_an_alert_of_its_own(
    make_lost: Callable[..., Undelivered], make_raw: Callable[..., bytes]
) -> None:
    """It replaces no other revision there, and none replaces it."""
    lost = [make_lost(revision=0), make_lost(revision=1, change="change")]
    later = make_raw(alert_id=A, revision=2, change="coverage")
    reversal = make_raw(alert_id=A, revision=3, change="change")
    assert due(backlog(lost, [later], "alertmanager")) == [(A, 1)]
    assert due(backlog(lost, [reversal], "alertmanager")) == [(A, 0), (A, 1)]
    assert due(backlog(lost, [reversal], "plain")) == []


def test_what_was_delivered_by_hand_is_over(make_lost: Callable[..., Undelivered]) -> None:
    """Also if a worker that reads it again gives it up again; an older revision is then too late."""
    mark = make_lost(revision=1, delivered=NOW, payload=b"")
    made = backlog([make_lost(), make_lost(revision=1), mark, make_lost(revision=1)], [])
    assert [(item.record.revision, item.newer) for item in made.items()] == [(0, 1)]
    assert made.delivered(A[:5]) == [mark]
    assert made.delivered(B) == []


def test_given_up_twice_it_is_one_with_the_newest_reason(make_lost: Callable[..., Undelivered]) -> None:
    """A worker was killed before it acknowledged."""
    made = backlog([make_lost(), make_lost(reason="refused")], [])
    assert [item.record.reason for item in made.items()] == ["refused"]


@pytest.mark.parametrize(
    "fields",
    [
        {"alert_id": None, "revision": None, "watch": None, "reason": "unreadable", "payload": b"\xff"},
        {"payload": b"{}"},
    ],
)
def test_what_is_no_alert_is_listed_and_not_posted(
    fields: dict[str, Any], make_lost: Callable[..., Undelivered]
) -> None:
    """Whether it never was one or can't be read any more."""
    (item,) = backlog([make_lost(**fields)], []).items()
    assert (item.notice, item.due) == (None, False)
