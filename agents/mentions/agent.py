"""The mentions step's Faust shell: articles with entities and repeats in, outcomes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from agents.mentions.match import Matcher
from agents.mentions.outcome import outcome
from streams.batches import for_each_batch
from streams.emit import Emit
from streams.records import Enriched, Outcome, Sequenced
from streams.topology import ENRICHED, OUTCOMES, REPEATS
from streams.wire import decoder

if TYPE_CHECKING:
    from agents.mentions.watchlist import Watchlist
    from streams.wire import Wire

log = structlog.get_logger(__name__)

MOST_MENTIONS = 100
"""Of one watch in one field; more tell nobody more, and a megabyte of one word would fill a record."""


def attach(wire: Wire, watchlist: Watchlist) -> Any:
    """Add the agent to the app."""
    matcher = Matcher(watchlist, most=MOST_MENTIONS)
    decode = decoder(Sequenced | Enriched)

    def settle(article: Sequenced) -> Outcome:
        try:
            # A derived headline is the body's first sentence: what is in it would be found twice.
            headline = "" if article.headline_source == "derived" else article.headline
            return outcome(article, matcher.match(headline, article.body_text))
        except Exception as error:
            log.exception("not matched", step="mentions", article_id=article.article_id)
            wire.metrics.errors.labels("mentions").inc()
            return outcome(article, (), error=repr(error)[:500])  # Some errors hold the whole text.

    @wire.app.agent(wire.topic(ENRICHED, REPEATS), name="mentions")
    async def mentions(stream: Any) -> None:
        async def work(events: list[Any]) -> None:
            with wire.metrics.batch("mentions", len(events)):
                settled = [settle(decode(event.value)) for event in events]
                await wire.deliver(
                    [Emit(OUTCOMES, item.article_id or "", item, item.event_time) for item in settled]
                )

        await for_each_batch(stream, work, size=100)

    return mentions
