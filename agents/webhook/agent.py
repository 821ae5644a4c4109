"""The webhook's Faust shell: alerts in, posts out; what can't be delivered goes to a topic."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

import structlog

from agents.webhook.configured import configured
from agents.webhook.courier import Courier, Outcome
from agents.webhook.report import attempted, report, undelivered
from agents.webhook.retry import Kind
from streams.batches import for_each_batch_ahead
from streams.topology import ALERTS

if TYPE_CHECKING:
    from streams.wire import Wire

log = structlog.get_logger(__name__)

PENDING = 256
"""Alerts in hand at most: one that the receiver chokes on doesn't hold up those behind it."""


def attach(wire: Wire) -> Any:
    """Add the agent to the app.

    Raises:
        WebhookError: a setting can't be used.
    """
    webhook_ = configured(wire.settings)
    metrics = wire.metrics
    # There from the beginning: none lost is a number too.
    for outcome in get_args(Outcome):
        metrics.webhook_alerts.labels(outcome)
    for answer in get_args(Kind):
        metrics.webhook_attempts.labels(answer)

    @wire.app.agent(wire.topic(ALERTS), name="webhook")
    async def webhook(stream: Any) -> None:
        log.info("alerts are posted", to=webhook_.target.shown, format=webhook_.terms.format)
        async with webhook_.client() as client:
            courier = Courier(webhook_.terms, client.post, partial(attempted, metrics))

            async def work(events: list[Any]) -> None:
                [event] = events
                with metrics.webhook_pending.track_inprogress():
                    delivery = await courier.bring(event.value)
                now = datetime.now(UTC)
                await wire.deliver(undelivered(event.value, delivery, now))
                report(metrics, delivery, now)

            async def finish(_: None) -> None:
                """All is done in `work`."""

            await for_each_batch_ahead(stream, work, finish, size=1, ahead=PENDING)

    return webhook
