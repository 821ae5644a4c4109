"""What a batch leads to, and how its records are known again."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from agents.alerts.term import Decided
from agents.alerts.turn import Turn, identity
from streams.records import Alert, Deadline, Silence, Suppressed
from streams.topology import ALERTS, SHADOW, SUPPRESSED

NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)
SHARED: dict[str, Any] = {
    "watch": "truce",
    "article_id": "a",
    "story_id": "s",
    "headline": "",
    "event_time": NOON,
    "detected_at": NOON,
    "mentions": (),
    "origin": "live",
    "seq": 7,
}
ALERT = Alert(alert_id="i", severity="info", arrived=NOON, **SHARED)
ENTRY = Suppressed(reason="shadow", alert_id=None, status="new", **SHARED)


def test_an_alert_carries_the_totals_and_goes_to_the_watchs_own_topic_too() -> None:
    """Those since the last one."""
    turn = Turn()
    turn.record(Decided("truce", ALERT, None), {"duplicate": 3})
    assert [(emit.topic, emit.key) for emit in turn.emits] == [(ALERTS, "i"), ("alerts.truce", "i")]
    assert turn.decided == [replace(ALERT, suppressed={"duplicate": 3})]


def test_one_in_shadow_is_counted_by_its_entry() -> None:
    """An entry without an alert has its article for a key."""
    turn = Turn()
    turn.record(Decided("truce", replace(ALERT, stage="shadow"), ENTRY), {})
    assert [(emit.topic, emit.key) for emit in turn.emits] == [(SHADOW, "i"), (SUPPRESSED, "a")]
    assert turn.decided == [ENTRY]


def test_a_record_is_known_by_its_place_its_watch_and_its_deadline() -> None:
    """Of a silence the last one counts, however often it is sent."""
    due = Deadline(due="2025-11-27", left="1h", alerts=())
    assert [identity(record) for record in (ALERT, ENTRY, replace(ALERT, deadline=due))] == [
        "7/truce",
        "7/truce",
        "7/truce/2025-11-27/1h",
    ]
    assert identity(Silence(silence_id="s", reason="", created=NOON, until=NOON, seq=0)) is None
