"""The deciding line where a folder of a run has no such case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from agents.mentions.watchlist import parse
from streams.records import Alert, Position, Suppressed, Undelivered
from streams.why.answer import calm_until, webhook
from streams.why.find import Version
from streams.why.trace import Trace

T0 = datetime(2025, 11, 24, 12, tzinfo=UTC)
WATCHLIST = parse("watches: [{name: truce, terms: [truce], cooldown: 30m}]", "w")
ALERT = Alert(
    alert_id="x",
    watch="truce",
    severity="info",
    article_id="a",
    story_id="a",
    headline="",
    event_time=T0,
    arrived=T0,
    detected_at=T0,
    mentions=(),
    origin="live",
    seq=1,
)


def held(seq: int, minutes: int) -> Suppressed:
    """A repeat held back so long after the alert."""
    return Suppressed(
        watch="truce",
        reason="cooldown",
        alert_id="x",
        article_id="a",
        story_id="a",
        status="near_duplicate",
        event_time=T0 + timedelta(minutes=minutes),
        detected_at=T0,
        mentions=(),
        origin="live",
        seq=seq,
    )


def test_each_repeat_that_is_held_back_doubles_the_cooldown() -> None:
    """Later ones don't count; without a cooldown there is no end to tell."""
    entries = [held(2, 10), held(3, 20), held(4, 25)]
    version = Version(seq=3, position=Position(topic="news.raw", partition=0, offset=3))
    trace = Trace(version, under={"x": [ALERT]}, held={"x": entries})
    assert calm_until(trace, entries[0], WATCHLIST) == T0 + timedelta(minutes=60)
    assert calm_until(trace, entries[1], WATCHLIST) == T0 + timedelta(minutes=120)
    without = parse("watches: [{name: truce, terms: [truce]}]", "w")
    assert calm_until(trace, entries[1], without) is None


def test_an_alert_that_the_webhook_lost_is_told() -> None:
    """By its id and revision."""
    lost = Undelivered(
        alert_id="x", revision=0, reason="given_up", message="503", attempts=2, time=T0, payload=b""
    )
    assert webhook(ALERT, {("x", 0): lost}) == "not delivered (given_up after 2 attempts): 503"
    assert webhook(ALERT, {("x", 1): lost}).startswith("not on webhook.undelivered")
    taken = msgspec.structs.replace(lost, delivered=T0 + timedelta(hours=2), attempts=3)
    assert webhook(ALERT, {("x", 0): taken}) == (
        "delivered by hand at 2025-11-24 14:00:00Z (given_up before, 3 attempts in all)"
    )
    assert webhook(msgspec.structs.replace(ALERT, stage="shadow"), {}) == "not sent: the watch is on trial"
