"""Delivery: once if it can be, again while it can't, and not for ever."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from agents.webhook.client import Client
from agents.webhook.courier import AT_ONCE, Courier, Terms
from agents.webhook.retry import Answer, kind_of
from agents.webhook.signature import signed
from agents.webhook.target import target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Receiver

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
TERMS = Terms(
    format="plain", key=b"key", replayed=False, give_up=timedelta(hours=1), max_age=timedelta(hours=24)
)
OK = Answer("2xx", "", 200)
DOWN = Answer("connection", "nobody there")


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Let it be later."""
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class Line:
    """Attempts, answered as told; the last answer for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.posts: list[tuple[bytes, Mapping[str, str]]] = []

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Take the next answer."""
        self.posts.append((body, headers))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def courier(line: Line, time: Time, terms: Terms = TERMS) -> Courier:
    return Courier(terms, line.post, now=lambda: time.now, sleep=time.sleep)


async def test_once_with_its_id_and_its_signature(make_raw: Callable[..., bytes]) -> None:
    """The record as it is on the topic."""
    line, time, raw = Line(OK), Time(), make_raw(revision=2)
    delivery = await courier(line, time).bring(raw)
    assert (delivery.outcome, delivery.attempts, time.slept) == ("delivered", 1, [])
    ((body, headers),) = line.posts
    assert body == raw
    assert headers == signed(b"key", f"{'a' * 32}.2", int(NOW.timestamp()), raw) | {
        "Newswatch-Alert-Id": "a" * 32,
        "Newswatch-Revision": "2",
    }


async def test_a_receiver_that_comes_back_gets_it(make_raw: Callable[..., bytes]) -> None:
    """One id for all attempts; time and signature are those of the attempt."""
    line, time = Line(DOWN, Answer("5xx", "", 500), Answer("timeout", ""), OK), Time()
    delivery = await courier(line, time).bring(make_raw())
    assert (delivery.outcome, delivery.attempts) == ("delivered", 4)
    assert [0.5 <= time.slept[0] <= 1, 1 <= time.slept[1] <= 2, 2 <= time.slept[2] <= 4] == [True] * 3
    assert len({headers["Webhook-Id"] for _, headers in line.posts}) == 1
    assert len({headers["Webhook-Signature"] for _, headers in line.posts}) > 1


@pytest.mark.parametrize(("status", "seconds"), [(429, 120), (503, 120)])
async def test_a_receiver_that_asks_for_time_gets_it(
    status: int, seconds: float, make_raw: Callable[..., bytes]
) -> None:
    """As much as it asks for, within bounds."""
    line, time = Line(Answer(kind_of(status), "", status, seconds), Answer("5xx", "", 503, 10**9), OK), Time()
    assert (await courier(line, time).bring(make_raw())).outcome == "delivered"
    assert time.slept == [seconds, 300]


@pytest.mark.parametrize("status", [301, 400, 401, 404, 422])
async def test_what_is_refused_is_not_tried_again(status: int, make_raw: Callable[..., bytes]) -> None:
    """It would be refused again."""
    line, time = Line(Answer(kind_of(status), "no", status)), Time()
    delivery = await courier(line, time).bring(make_raw())
    assert (delivery.outcome, delivery.attempts, time.slept) == ("refused", 1, [])


async def test_what_can_not_be_delivered_is_given_up_when_its_time_is_over(
    make_raw: Callable[..., bytes],
) -> None:
    """Not before, not much later; the last attempt is made at the end."""
    line, time = Line(DOWN), Time()
    delivery = await courier(line, time).bring(make_raw())
    assert delivery.outcome == "given_up"
    assert timedelta(hours=1) == time.now - NOW
    assert delivery.attempts == len(line.posts) == len(time.slept) + 1
    assert 60 < delivery.attempts < 140


async def test_the_same_revision_is_not_posted_twice_and_the_next_one_is(
    make_raw: Callable[..., bytes],
) -> None:
    """A rebalance of the group has alerts read again."""
    line, bringer = Line(OK), None
    bringer = courier(line, Time())
    outcomes = [(await bringer.bring(make_raw(revision=number))).outcome for number in (0, 0, 1, 0)]
    assert outcomes == ["delivered", "known", "delivered", "known"]
    assert len(line.posts) == 2


async def test_what_was_not_delivered_is_not_known(make_raw: Callable[..., bytes]) -> None:
    """Read again, it is tried again."""
    line = Line(Answer("4xx", "no", 400), OK)
    bringer = courier(line, Time())
    assert [(await bringer.bring(make_raw())).outcome for _ in range(2)] == ["refused", "delivered"]


async def test_a_replay_pages_nobody_unless_it_is_wanted(make_raw: Callable[..., bytes]) -> None:
    """Old articles raise alerts again."""
    line, raw = Line(OK), make_raw(origin="replay")
    assert (await courier(line, Time()).bring(raw)).outcome == "replayed"
    assert line.posts == []
    wanted = courier(line, Time(), TERMS._replace(replayed=True))
    assert (await wanted.bring(raw)).outcome == "delivered"


@pytest.mark.parametrize(("hours", "outcome"), [(23, "delivered"), (25, "expired"), (-5, "delivered")])
async def test_an_old_alert_is_not_posted(hours: int, outcome: str, make_raw: Callable[..., bytes]) -> None:
    """By when it was detected, not by the article's date; another worker's clock may be ahead."""
    raw = make_raw(detected_at=NOW - timedelta(hours=hours), event_time=NOW - timedelta(days=900))
    assert (await courier(Line(OK), Time()).bring(raw)).outcome == outcome


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b"{}", b'{"alert_id": 7}'])
async def test_what_is_no_alert_is_told_apart(raw: bytes) -> None:
    """Nothing is posted."""
    line = Line(OK)
    delivery = await courier(line, Time()).bring(raw)
    assert (delivery.outcome, line.posts) == ("unreadable", [])


async def test_revisions_go_out_in_their_order_and_others_do_not_wait(
    make_raw: Callable[..., bytes], make_receiver: Callable[..., Receiver]
) -> None:
    """The receiver chokes on one alert; its later revision waits for it, other alerts overtake it."""
    healthy = asyncio.Event()

    async def choke(request: web.Request) -> web.Response:
        if request.headers["Newswatch-Alert-Id"] == "a" * 32 and not healthy.is_set():
            return web.Response(status=500)
        return web.Response()

    async with (
        make_receiver(choke).serving() as receiver,
        Client(target(receiver.url, "plain"), timeout=timedelta(seconds=20), connections=AT_ONCE) as client,
    ):
        bringer = Courier(TERMS, client.post, now=lambda: NOW, sleep=lambda _: asyncio.sleep(0.01))
        waiting = [asyncio.ensure_future(bringer.bring(make_raw(revision=number))) for number in range(3)]
        others = [await bringer.bring(make_raw(alert_id=f"{number:032}")) for number in range(20)]
        assert {delivery.outcome for delivery in others} == {"delivered"}
        assert {got.headers["Newswatch-Revision"] for got in receiver.got} == {"0"}
        healthy.set()
        assert {delivery.outcome for delivery in await asyncio.gather(*waiting)} == {"delivered"}
        arrived = [got.headers["Newswatch-Revision"] for got in receiver.got]
    assert arrived[-3:] == ["0", "1", "2"]


async def test_attempts_at_once_are_few(make_raw: Callable[..., bytes]) -> None:
    """A hundred alerts are no flood of connections."""
    under_way = most = 0

    async def post(_: bytes, __: Mapping[str, str]) -> Answer:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return OK

    bringer = Courier(TERMS, post, now=lambda: NOW)
    await asyncio.gather(*(bringer.bring(make_raw(alert_id=f"{number:032}")) for number in range(100)))
    assert most == AT_ONCE


async def test_five_hundred_then_two_hundred_by_the_clock(
    make_raw: Callable[..., bytes], make_receiver: Callable[..., Receiver]
) -> None:
    """With a real server and real time."""
    busy = web.Response(status=503, headers={"Retry-After": "1"})
    async with (
        make_receiver(500, busy, 200).serving() as receiver,
        Client(target(receiver.url, "plain"), timeout=timedelta(seconds=20), connections=1) as client,
    ):
        raw = make_raw(detected_at=datetime.now(UTC))
        delivery = await Courier(TERMS, client.post).bring(raw)
    assert (delivery.outcome, delivery.attempts) == ("delivered", 3)
    assert [got.body for got in receiver.got] == [raw] * 3
