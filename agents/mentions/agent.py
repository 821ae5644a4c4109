"""The mentions step's Faust shell: articles with entities and repeats in, outcomes out."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from agents.mentions.match import Matcher
from agents.mentions.naive import is_sampled
from agents.mentions.oracle import missed
from agents.mentions.outcome import outcome
from agents.mentions.text import Text
from streams.batches import for_each_batch
from streams.emit import Emit
from streams.records import Enriched, Outcome, Sequenced
from streams.topology import ENRICHED, OUTCOMES, REPEATS
from streams.wire import decoder

if TYPE_CHECKING:
    from agents.mentions.in_force import InForce
    from agents.mentions.watchlist import Watchlist
    from streams.wire import Wire

log = structlog.get_logger(__name__)

MOST_MENTIONS = 100
"""Of one watch in one field; more tell nobody more, and a megabyte of one word would fill a record."""


def attach(wire: Wire, in_force: InForce) -> Any:
    """Add the agent to the app."""
    made = in_force.made(partial(Matcher, most=MOST_MENTIONS))
    decode = decoder(Sequenced | Enriched)

    def settle(matcher: Matcher, article: Sequenced) -> Outcome:
        try:
            matched = matcher.matched(Text.of(article))
            wire.metrics.queries_checked.observe(matched.checked)
            return outcome(article, matched.mentions, out_of_scope=matched.out_of_scope)
        except Exception as error:
            log.exception("not matched", step="mentions", article_id=article.article_id)
            wire.metrics.errors.labels("mentions").inc()
            return outcome(article, (), error=repr(error)[:500])  # Some errors hold the whole text.

    def compare(watchlist: Watchlist, article: Sequenced, settled: Outcome) -> None:
        wire.metrics.oracle_articles.inc()
        for watch in missed(watchlist, Text.of(article), settled.mentions, most=MOST_MENTIONS):
            wire.metrics.matcher_missed.inc()
            log.error(
                "matcher and oracle differ", step="mentions", article_id=article.article_id, watch=watch
            )

    @wire.app.agent(wire.topic(ENRICHED, REPEATS), name="mentions")
    async def mentions(stream: Any) -> None:
        async def work(events: list[Any]) -> None:
            with wire.metrics.batch("mentions", len(events)):
                articles = [decode(event.value) for event in events]
                matcher = made.now
                settled = [settle(matcher, article) for article in articles]
                await wire.deliver(
                    [Emit(OUTCOMES, item.article_id or "", item, item.event_time) for item in settled]
                )
            # The outcomes are out; no alert waits for the oracle, which is slow.
            for article, item in zip(articles, settled, strict=True):
                if is_sampled(article.article_id, wire.settings.oracle_share) and not item.mentions_error:
                    await asyncio.to_thread(compare, matcher.watchlist, article, item)

        await for_each_batch(stream, work, size=100)

    return mentions
