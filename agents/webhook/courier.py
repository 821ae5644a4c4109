"""Bring an alert to the receiver: once if it can be, again while it can't, and not for ever."""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple
from weakref import WeakValueDictionary

import msgspec

from agents.webhook.notice import Notice, decode
from agents.webhook.payload import body
from agents.webhook.retry import Answer, is_final, wait
from agents.webhook.signature import signed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from agents.webhook.target import Format

AT_ONCE = 8
"""Attempts under way at most."""
REMEMBERED = 10_000
"""Revisions known to be delivered: what a rebalance of the group reads again is not posted again."""

Outcome = Literal["delivered", "known", "replayed", "refused", "given_up", "expired", "unreadable"]


class Delivery(NamedTuple):
    """What became of an alert."""

    outcome: Outcome
    notice: Notice | None
    attempts: int = 0
    answer: Answer | None = None
    """To the last attempt."""


class Terms(NamedTuple):
    """On what terms alerts are brought."""

    format: Format
    key: bytes | None
    """Of the signature."""
    replayed: bool
    """Whether alerts of a replay are brought as well."""
    give_up: timedelta
    """For how long one is tried, wall clock, from when it was first taken up."""
    max_age: timedelta
    """Since its detection, wall clock; an older one is not tried at all."""


class Courier:
    """Brings alerts, several at a time, the revisions of one in their order."""

    def __init__(
        self,
        terms: Terms,
        post: Callable[[bytes, Mapping[str, str]], Awaitable[Answer]],
        tried: Callable[[Notice, Answer], None] = lambda *_: None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make one.

        Args:
            terms: as they are.
            post: one attempt with body and headers.
            tried: told of each attempt.
            now: wall clock.
            sleep: seconds.
        """
        self._terms = terms
        self._post = post
        self._tried = tried
        self._now = now
        self._sleep = sleep
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._delivered: OrderedDict[str, None] = OrderedDict()

    async def bring(self, raw: bytes) -> Delivery:
        """Bring one alert, as it is on the topic; returns when it is delivered or given up."""
        try:
            notice = decode(raw)
        except (msgspec.MsgspecError, ValueError) as error:
            return Delivery("unreadable", None, 0, Answer("4xx", f"no alert: {error}"))
        if notice.origin == "replay" and not self._terms.replayed:
            return Delivery("replayed", notice)
        turn = self._turns.setdefault(notice.alert_id, asyncio.Lock())
        async with turn:  # fair: in the order in which they came
            if notice.message in self._delivered:
                return Delivery("known", notice)
            if self._now() - notice.detected_at > self._terms.max_age:
                return Delivery("expired", notice)
            delivery = await self._try(raw, notice)
            if delivery.outcome == "delivered":
                self._remember(notice.message)
            return delivery

    async def _try(self, raw: bytes, notice: Notice) -> Delivery:
        deadline = self._now() + self._terms.give_up
        attempts = 0
        while True:
            async with self._slots:
                answer = await self._attempt(raw, notice)
            attempts += 1
            self._tried(notice, answer)
            if answer.kind == "2xx":
                return Delivery("delivered", notice, attempts, answer)
            if is_final(answer):
                return Delivery("refused", notice, attempts, answer)
            left = (deadline - self._now()).total_seconds()
            if left <= 0:
                return Delivery("given_up", notice, attempts, answer)
            # The last attempt is made when the time is up, however long the wait would be.
            await self._sleep(min(left, wait(attempts, answer, random.random())))

    async def _attempt(self, raw: bytes, notice: Notice) -> Answer:
        now = self._now()
        content = body(raw, notice, self._terms.format, now)
        headers = signed(self._terms.key, notice.message, int(now.timestamp()), content)
        headers["Newswatch-Alert-Id"] = notice.alert_id
        headers["Newswatch-Revision"] = str(notice.revision)
        return await self._post(content, headers)

    def _remember(self, message: str) -> None:
        self._delivered[message] = None
        if len(self._delivered) > REMEMBERED:
            self._delivered.popitem(last=False)
