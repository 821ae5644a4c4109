"""The webhook's shell, against a real receiver."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from agents.webhook.agent import attach
from agents.webhook.errors import WebhookError
from streams.topology import UNDELIVERED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from conftest import Receiver

    Run = Callable[..., Awaitable[None]]


async def test_each_alert_is_posted_and_acknowledged(
    make_wire: Any,
    stream: Any,
    run_agent: Run,
    make_receiver: Callable[..., Receiver],
    make_raw: Callable[..., bytes],
) -> None:
    """A replayed one is passed over; all of it shows in the numbers."""
    async with make_receiver().serving() as receiver:
        wire = make_wire(webhook_url=receiver.url)
        attach(wire)
        now = datetime.now(UTC)
        for offset, origin in enumerate(["live", "replay", "live"]):
            stream.put(make_raw(alert_id=f"{offset:032}", origin=origin, detected_at=now), offset=offset)
        await run_agent(wire.app.agents["webhook"], stream)
    assert sorted(got.headers["Newswatch-Alert-Id"][-1] for got in receiver.got) == ["0", "2"]
    assert (stream.acked, wire.sent) == ([0, 1, 2], [])
    assert wire.number("webhook_alerts_total", outcome="delivered") == 2
    assert wire.number("webhook_alerts_total", outcome="replayed") == 1
    assert wire.number("webhook_alerts_total", outcome="given_up") == 0
    assert wire.number("webhook_attempts_total", answer="2xx") == 2
    assert wire.number("webhook_delivery_seconds_count") == 2
    assert wire.number("webhook_pending") == 0


async def test_what_is_not_delivered_goes_to_a_topic_before_it_is_acknowledged(
    make_wire: Any,
    stream: Any,
    run_agent: Run,
    make_receiver: Callable[..., Receiver],
    make_raw: Callable[..., bytes],
) -> None:
    """Refused, too old, no alert: each with its bytes and its reason."""
    async with make_receiver(422).serving() as receiver:
        wire = make_wire(webhook_url=receiver.url)
        attach(wire)
        now = datetime.now(UTC)
        records = [
            make_raw(detected_at=now),
            make_raw(detected_at=now - timedelta(days=2), alert_id="d" * 32),
            b"{}",
        ]
        for offset, raw in enumerate(records):
            stream.put(raw, offset=offset)
        await run_agent(wire.app.agents["webhook"], stream)
    lost = {record.reason: record for record in wire.on(UNDELIVERED)}
    assert {reason: record.payload for reason, record in lost.items()} == dict(
        zip(("refused", "expired", "unreadable"), records, strict=True)
    )
    refused = lost["refused"]
    assert (refused.alert_id, refused.watch, refused.revision) == ("a" * 32, "ceasefire", 0)
    assert (refused.status, refused.attempts, "422" in refused.message) == (422, 1, True)
    assert {emit.key for emit in wire.sent} == {"a" * 32, "d" * 32, ""}
    assert [wire.number("webhook_alerts_total", outcome=reason) for reason in lost] == [1, 1, 1]
    assert stream.acked == [0, 1, 2]


async def test_an_alert_that_can_not_be_set_down_stays_unacknowledged(
    make_wire: Any,
    stream: Any,
    run_agent: Run,
    make_receiver: Callable[..., Receiver],
    make_raw: Callable[..., bytes],
) -> None:
    """The worker stops; the next one takes it up again."""
    async with make_receiver(400).serving() as receiver:
        wire = make_wire(webhook_url=receiver.url)
        attach(wire)
        wire.failing = ConnectionError("no broker")
        stream.put(make_raw(detected_at=datetime.now(UTC)), offset=0)
        with pytest.raises(ExceptionGroup) as caught:
            await run_agent(wire.app.agents["webhook"], stream)
    assert caught.group_contains(ConnectionError, match="no broker")
    assert stream.acked == []


async def test_a_dead_receiver_gives_up_in_time(
    make_wire: Any, stream: Any, run_agent: Run, make_raw: Callable[..., bytes]
) -> None:
    """Nobody listens; the alert is not lost."""
    wire = make_wire(webhook_url="http://127.0.0.1:9", webhook_give_up="200ms")
    attach(wire)
    stream.put(make_raw(detected_at=datetime.now(UTC)), offset=0)
    await run_agent(wire.app.agents["webhook"], stream)
    (record,) = wire.on(UNDELIVERED)
    assert (record.reason, record.status) == ("given_up", None)
    assert record.attempts >= 2
    assert wire.number("webhook_attempts_total", answer="connection") == record.attempts


def test_a_wrong_setting_stops_the_worker_before_it_starts(make_wire: Any) -> None:
    """Not at the first alert."""
    with pytest.raises(WebhookError, match="link-local"):
        attach(make_wire(webhook_url="http://169.254.169.254/"))
