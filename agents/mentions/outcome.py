"""The last word on an article before the alert step: its entry in the account book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.explained import explained
from streams.records import Enriched, Outcome

if TYPE_CHECKING:
    from streams.records import Mention, Sequenced


def outcome(
    article: Sequenced,
    mentions: tuple[Mention, ...],
    *,
    out_of_scope: tuple[str, ...] = (),
    error: str | None = None,
    watchlist: str | None = None,
) -> Outcome:
    """Sum up an article: its verdict, what was found in it, and what could not be done.

    Args:
        article: with its place and verdict; an `Enriched` one with its entities.
        mentions: of every watch.
        out_of_scope: watches whose words are there, but whose scope leaves the article out.
        error: why the watches could not be tried, where they could not.
        watchlist: version of the one that decided.
    """
    enriched = article if isinstance(article, Enriched) else None
    return Outcome(
        seq=article.seq,
        status=article.verdict.status,
        position=article.position,
        event_time=article.event_time,
        event_time_source=article.event_time_source,
        arrived=article.arrived,
        origin=article.origin,
        article_id=article.article_id,
        story_id=article.verdict.story_id,
        verdict=article.verdict,
        headline=article.headline,
        uri=article.uri,
        name=article.name,
        source=article.source,
        language=article.language,
        mentions=mentions,
        out_of_scope=out_of_scope,
        entities=enriched.entities if enriched and (mentions or out_of_scope) else (),
        explained=explained(enriched.entities) if enriched else (),
        model=enriched.model if enriched else None,
        entities_error=enriched.entities_error if enriched else None,
        mentions_error=error,
        watchlist=watchlist,
    )
