"""Undelivered alerts, posted again to a real server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from agents.webhook.backlog import Backlog
from agents.webhook.configured import configured
from streams.records import Undelivered
from streams.settings import load
from streams.undelivered.resend import resend
from streams.undelivered.show import failure, listed, summary, told
from tests.agents.webhook.conftest import make_alert, make_raw, make_receiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from agents.webhook.configured import Webhook
    from streams.undelivered.resend import Result
    from tests.agents.webhook.conftest import Receiver

__all__ = ["make_alert", "make_raw", "make_receiver"]

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


def webhook(receiver: Receiver, **settings: Any) -> Webhook:
    """As configured; a year-old alert of a replay would be passed over by the step."""
    return configured(load(webhook_url=receiver.url, webhook_secret="s" * 32, **settings))


def backlog(raws: list[bytes], **fields: Any) -> Backlog:
    """One undelivered record for each alert."""
    made = Backlog("plain")
    for number, raw in enumerate(raws):
        given = {
            "alert_id": "a" * 32,
            "revision": number,
            "watch": "ceasefire",
            "reason": "expired",
            "message": "detected too long ago",
            "attempts": 0,
            "time": NOW,
            "payload": raw,
        }
        made.undelivered(Undelivered(**(given | fields)))
    return made


async def run(hook: Webhook, made: Backlog) -> tuple[list[Result], list[int | None]]:
    """What became of each that is due, and the revisions marked."""
    results: list[Result] = []
    marked: list[int | None] = []
    due = [item for item in made.items() if item.due]
    await resend(hook, made, due, lambda record, *_: marked.append(record.revision), results.append)
    return results, marked


async def test_old_and_replayed_ones_are_posted_as_they_were(
    make_receiver: Callable[..., Receiver], make_raw: Callable[..., bytes]
) -> None:
    """The same bytes under the same id, signed, the revisions in their order; each is marked."""
    raws = [make_raw(revision=number, origin="replay", detected_at=NOW) for number in range(3)]
    async with make_receiver(503, 200).serving() as receiver:
        results, marked = await run(webhook(receiver), backlog(raws))
    assert [got.body for got in receiver.got] == [raws[0], *raws]
    assert [got.headers["Webhook-Id"][-2:] for got in receiver.got] == [".0", ".0", ".1", ".2"]
    assert all(got.headers["Webhook-Signature"].startswith("v1,") for got in receiver.got)
    assert sorted(marked, key=str) == [0, 1, 2]
    assert all(result.taken for result in results)
    counts = told(results, [])
    assert (counts.taken, counts.not_taken, summary(counts)) == (3, 0, "3 taken")


async def test_what_is_not_taken_is_not_marked(
    make_receiver: Callable[..., Receiver], make_raw: Callable[..., bytes]
) -> None:
    """It is told with what the last attempt met; a later revision is posted all the same."""
    made = backlog([make_raw(revision=number) for number in range(2)])
    async with make_receiver(422, 200).serving() as receiver:
        results, marked = await run(webhook(receiver), made)
    assert marked == [1]
    assert failure(results[0]).startswith(
        f"NOT TAKEN  ceasefire {'a' * 32} revision 0 (refused after 1 attempt): 422"
    )
    counts = told(results, made.items())
    assert (counts.taken, counts.not_taken) == (1, 1)
    assert (counts.failures[0].reason, counts.failures[0].status) == ("refused", 422)


async def test_a_newer_revision_ends_the_attempts_at_an_older_one(
    make_receiver: Callable[..., Receiver], make_raw: Callable[..., bytes]
) -> None:
    """It was sent by the pipeline while the receiver was busy: the older would now set the receiver back."""
    made = backlog([make_raw()])

    async def busy(_: web.Request) -> web.Response:
        made.alert(make_raw(revision=1))
        return web.Response(status=503)

    async with make_receiver(busy, 200).serving() as receiver:
        results, marked = await run(webhook(receiver), made)
    assert (len(receiver.got), marked) == (1, [])
    assert failure(results[0]).endswith("revision 1 has come in between")
    assert summary(told(results, [])) == (
        "nothing was to be posted; left out: 1 whose newer revision has been delivered or is under way"
    )


async def test_a_mark_that_fails_ends_it(
    make_receiver: Callable[..., Receiver], make_raw: Callable[..., bytes]
) -> None:
    """What can't be noted would be posted again by the next resend without anybody knowing."""

    def fails(*_: Any) -> None:
        raise ConnectionError("no broker")

    made, results = backlog([make_raw()]), list[Any]()
    async with make_receiver(200).serving() as receiver:
        with pytest.raises(ConnectionError, match="no broker"):
            await resend(webhook(receiver), made, made.items(), fails, results.append)
    assert results == []


def test_json_has_the_alert_as_it_is(make_raw: Callable[..., bytes]) -> None:
    """And says what a resend makes of it."""
    raw = make_raw()
    one = listed(backlog([raw]).items()[0])
    assert one.alert is not None
    assert (bytes(one.alert), one.due, one.reason) == (raw, True, "expired")
