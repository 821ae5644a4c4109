"""Which of the undelivered an operator means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.webhook.backlog import Backlog
from streams.records import Undelivered
from streams.undelivered.wanted import UndeliveredError, Wanted, ids, reasons

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def lost(alert_id: str, **fields: Any) -> Undelivered:
    """A record; a later one for a later letter."""
    given = {
        "alert_id": alert_id,
        "revision": 0,
        "watch": "truce",
        "reason": "refused",
        "message": "",
        "attempts": 1,
        "time": NOW,
        "payload": b"{}",
    }
    return Undelivered(**(given | fields))


def backlog() -> Backlog:
    """Three alerts and one that was delivered by hand."""
    made = Backlog("plain")
    for record in (
        lost("aa1"),
        lost("aa2", watch="deadline", time=NOW + timedelta(hours=1)),
        lost("b", reason="expired"),
        lost("c", delivered=NOW),
    ):
        made.undelivered(record)
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["aa1", "aa2", "b"]),
        ({"watches": ("deadline", "other")}, ["aa2"]),
        ({"reasons": ("expired", "refused"), "watches": ("truce",)}, ["aa1", "b"]),
        ({"since": NOW + timedelta(minutes=1)}, ["aa2"]),
        ({"ids": ("b", "aa1")}, ["aa1", "b"]),
        ({"ids": ("b",), "reasons": ("refused",)}, []),
    ],
)
def test_all_that_is_asked_for_must_hold(asked: dict[str, Any], found: list[str]) -> None:
    """Of several values one is enough."""
    assert [item.record.alert_id for item in backlog().items() if Wanted(**asked)(item)] == found


def test_the_beginning_of_an_id_is_enough() -> None:
    """Where it is no other's."""
    assert ids(["aa1", "b"], backlog()) == ("aa1", "b")
    assert ids(["aa2"], backlog()) == ("aa2",)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("aa", "'aa' is the beginning of aa1, aa2"),
        ("d", "no alert 'd' is undelivered"),
        ("", "is the beginning of"),
        ("c", "alert c was delivered by hand at 2025-11-24 12:00:00Z"),
    ],
)
def test_an_id_that_means_no_single_one_is_an_error(asked: str, message: str) -> None:
    """It says what there is instead."""
    with pytest.raises(UndeliveredError, match=message):
        ids([asked], backlog())


def test_a_reason_that_is_none_is_an_error() -> None:
    """It names those there are."""
    assert reasons(["expired"]) == ("expired",)
    with pytest.raises(UndeliveredError, match="no reason 'late': there is refused, given_up, expired"):
        reasons(["late"])
