"""What the console looks up: stories and articles on the topics, watches and state in memory."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from agents.deduplicate.settings import DedupSettings
from streams.connect import KafkaUnusable
from streams.console.follower import Follower
from streams.console.in_words import trouble
from streams.console.pace import Pace
from streams.console.slow import Slow
from streams.console.state import STEPS, State, Unread, state
from streams.console.story import gather
from streams.console.watches import InForce, Watches, watches
from streams.why import asking
from streams.why.explain import explain
from streams.why.find import find
from streams.why.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import Any

    from streams.console.lookup_asked import Page, Question
    from streams.console.story_page import StoryPage
    from streams.lag.seen import Seen
    from streams.settings import Settings
    from streams.why.explain import InForce as Explaining
    from streams.why.explanation import Explanation
    from streams.why.find import Version
    from streams.why.history import History
    from streams.why.limit import Limit

READ = tuple(topic for topics in STEPS.values() for topic in topics)

TROUBLE_SECONDS = 2.0
"""What is wrong holds for so long; each page that follows asks for it every 15 s."""


class UnknownArticleError(Exception):
    """No topic knows the article; the message says how far back they reach."""


class Answered(NamedTuple):
    """An article explained."""

    explanation: Explanation
    others: tuple[Version, ...]
    """Earlier versions and copies under the same id, URI or name, oldest first."""


class Lookups:
    """Looks things up."""

    def __init__(
        self,
        settings: Settings,
        *,
        seen: Callable[[], Seen | None] = lambda: None,
        opened: Callable[[Limit], AbstractContextManager[History]] | None = None,
        explaining: Callable[[], Explaining] | None = None,
    ) -> None:
        """Nothing is connected yet.

        Args:
            settings: broker, prefix and the file of watches.
            seen: what the brokers said last of lag; None where that is too long ago.
            opened: opens the history; None for the topics.
            explaining: reads the watchlist that explains; None for the one in force.
        """
        self._settings = settings
        self._opened = opened or (lambda limit: asking.opened(settings, limit=limit))
        self._explaining = explaining or (lambda: asking.in_force(settings, from_topic=True))
        self._in_force = InForce(settings.watchlist)
        self.slow = Slow()
        self.follower = Follower(settings)
        self.pace = Pace(settings, READ)
        self._seen = seen
        self._troubled: str | None = None
        self._troubled_at = float("-inf")

    async def run(self) -> None:
        """Keep what is in memory up to date, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.follower.run())
            tasks.create_task(self.pace.run())

    def close(self) -> None:
        """End what is being looked up."""
        self.slow.close()

    async def story(self, story_id: str, most: int, receive: Callable[[], Any] | None = None) -> StoryPage:
        """A story.

        Raises:
            UnknownStoryError: there is no such story.
            KafkaUnusable: the broker does not answer.
            HistoryError: a record can't be read.
            BusyError: too many ask.
            TooLongError: it takes too long.
        """

        def work(limit: Limit) -> StoryPage:
            with self._opened(limit) as history:
                return gather(history, story_id, most)

        return await self.slow.answer(work, receive)

    async def article(self, asked: Question, receive: Callable[[], Any] | None = None) -> Answered:
        """An article explained, as `newswatch why` does it.

        Raises:
            UnknownArticleError: nobody knows it.
            UnknownWatchError: nobody knows the watch.
            WatchlistError: the watchlist can't be taken.
            KafkaUnusable: the broker does not answer.
            HistoryError: a record can't be read.
            BusyError: too many ask.
            TooLongError: it takes too long.
        """
        dedup = DedupSettings(window=self._settings.dedup_window, **self._settings.dedup_thresholds)

        def work(limit: Limit) -> Answered:
            with self._opened(limit) as history:
                versions = find(history, asked.article)
                if not versions:
                    raise UnknownArticleError(asking.unknown(history, asked.article))
                kept = trace(history, versions[-1], dedup)
                told = explain(kept, self._explaining(), asked.watch, before_each=limit.check)
            return Answered(told, tuple(versions[:-1]))

        return await self.slow.answer(work, receive)

    async def watches(self, page: Page) -> Watches:
        """Watches: of 20,000, with all the counts that are kept, 0.3 s in a thread, and 20 ms for a copy.

        Raises:
            KafkaUnusable: the topics are still being read.
            WatchlistError: the watchlist can't be taken.
        """
        known, now = self.follower.known, datetime.now(UTC)
        since = self.follower.counted_since or now
        kept = known.copy()
        found = await asyncio.to_thread(
            watches, kept, self._in_force, since, now, after=page.after, most=page.limit
        )
        known.put_together(kept)
        return found

    def state(self) -> State:
        """How the edition is."""
        try:
            known = self.follower.known
        except KafkaUnusable:
            known = None
        monotonic = time.monotonic()
        return state(
            known,
            self.follower.counted_since,
            lambda topic: self.pace.rate(topic, monotonic),
            self._lags(),
            silent_seconds=self.follower.silent_seconds,
            now=datetime.now(UTC),
        )

    def trouble(self) -> str | None:
        """Why alerts may not come, in words; None where nothing is known to be wrong."""
        now = time.monotonic()
        if now - self._troubled_at >= TROUBLE_SECONDS:
            self._troubled, self._troubled_at = trouble(self.state()), now
        return self._troubled

    def _lags(self) -> dict[str, Unread] | None:
        """What the workers have not read, by topic; None where nobody has looked lately."""
        seen = self._seen()
        if seen is None:
            return None
        found: dict[str, Unread] = {}
        for lag in seen.lags:
            if lag.group == self._settings.group:
                before = found.get(lag.topic, Unread(0, 0.0))
                found[lag.topic] = Unread(before.records + lag.records, max(before.seconds, lag.seconds))
        return found
