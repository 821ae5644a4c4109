"""Undelivered alerts, posted again because someone asked for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from agents.webhook.courier import Courier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agents.webhook.backlog import Backlog, Item
    from agents.webhook.configured import Webhook
    from agents.webhook.courier import Delivery
    from agents.webhook.retry import Answer
    from streams.records import Undelivered

    Mark = Callable[[Undelivered, Delivery, datetime], None]

IN_HAND = 256
"""Alerts at most, as the webhook's step has them."""


class Result(NamedTuple):
    """What became of one that was to be posted."""

    item: Item
    delivery: Delivery | None = None
    """None where a newer revision came in between."""
    newer: int | None = None

    @property
    def taken(self) -> bool:
        """Whether the receiver has it now."""
        return self.delivery is not None and self.delivery.outcome == "delivered"


class _OvertakenError(Exception):
    """A newer revision of the alert was sent while this one waited for its next attempt."""

    def __init__(self, revision: int) -> None:
        super().__init__(revision)
        self.revision = revision


async def resend(
    webhook: Webhook, backlog: Backlog, items: Sequence[Item], mark: Mark, told: Callable[[Result], None]
) -> None:
    """Post them as the webhook's step would, however old they are and wherever they came from.

    Each is marked before it is told as taken, so that an end in the middle posts again what was on its way
    and nothing else.

    Args:
        webhook: where to, and on what terms.
        backlog: where it is seen that a newer revision has been sent meanwhile.
        items: those that are due, the revisions of one alert in their order.
        mark: says on the topic that an alert was taken; it may take a while.
        told: what became of each.

    Raises:
        KafkaUnusable: a mark was not taken.
    """
    terms = webhook.terms._replace(replayed=True, max_age=timedelta.max)
    notices = {item.notice.message: item.notice for item in items if item.notice}
    in_hand = asyncio.Semaphore(IN_HAND)
    async with webhook.client() as client:

        async def post(body: bytes, headers: Mapping[str, str]) -> Answer:
            newer = backlog.newer(notices[headers["Webhook-Id"]])
            if newer is not None:
                raise _OvertakenError(newer)
            return await client.post(body, headers)

        courier = Courier(terms, post)

        async def bring(item: Item) -> None:
            async with in_hand:
                try:
                    delivery = await courier.bring(item.record.payload)
                except _OvertakenError as overtaken:
                    told(Result(item, newer=overtaken.revision))
                    return
                if delivery.outcome == "delivered":
                    await asyncio.to_thread(mark, item.record, delivery, datetime.now(UTC))
                told(Result(item, delivery))

        await asyncio.gather(*map(bring, items))
