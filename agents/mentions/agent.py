"""The mentions step's Faust shell: articles with entities and repeats in, outcomes out."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from agents.mentions.asked_for import AskedFor
from agents.mentions.match import Matcher
from agents.mentions.naive import is_sampled
from agents.mentions.named_most import NamedMost
from agents.mentions.report import compare, report
from agents.mentions.settle import MOST_MENTIONS, settle
from streams.batches import for_each_batch
from streams.emit import Emit
from streams.records import Enriched, Sequenced
from streams.topology import ENRICHED, OUTCOMES, REPEATS
from streams.wire import decoder

if TYPE_CHECKING:
    from agents.mentions.in_force import InForce
    from streams.records import Outcome
    from streams.wire import Wire


def attach(wire: Wire, in_force: InForce) -> Any:
    """Add the agent to the app."""
    made = in_force.made(partial(Matcher, most=MOST_MENTIONS))
    scopes = in_force.made(partial(AskedFor, names=wire.settings.names))
    named = NamedMost(wire.metrics)
    decode = decoder(Sequenced | Enriched)

    def settled_by(matcher: Matcher, article: Sequenced) -> Outcome:
        settled = settle(matcher, article, scopes.now)
        report(wire.metrics, article, settled)
        named.count(article, datetime.now(UTC))
        return settled.outcome

    @wire.app.agent(wire.topic(ENRICHED, REPEATS), name="mentions")
    async def mentions(stream: Any) -> None:
        async def work(events: list[Any]) -> None:
            with wire.metrics.batch("mentions", len(events)):
                articles = [decode(event.value) for event in events]
                matcher = made.now
                settled = [settled_by(matcher, article) for article in articles]
                await wire.deliver(
                    [Emit(OUTCOMES, item.article_id or "", item, item.event_time) for item in settled]
                )
            # The outcomes are out; no alert waits for the oracle, which is slow.
            for article, item in zip(articles, settled, strict=True):
                if is_sampled(article.article_id, wire.settings.oracle_share) and not item.mentions_error:
                    await asyncio.to_thread(compare, wire.metrics, matcher.watchlist, article, item)

        await for_each_batch(stream, work, size=100)

    return mentions
