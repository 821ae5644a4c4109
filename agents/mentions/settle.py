"""An article held against the watches: its outcome, also where they could not be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.mentions.outcome import outcome
from agents.mentions.text import Text
from streams.records import Enriched

if TYPE_CHECKING:
    from agents.mentions.asked_for import AskedFor
    from agents.mentions.match import Matcher
    from streams.records import Outcome, Sequenced

MOST_MENTIONS = 100
"""Of one watch in one field; more tell nobody more, and a megabyte of one word would fill a record."""


class Settled(NamedTuple):
    """An outcome, and what it took."""

    outcome: Outcome
    checked: int = 0
    """Queries looked at in full."""
    error: Exception | None = None
    """Why the watches could not be tried; the outcome then has no mentions and says so."""


def settle(matcher: Matcher, article: Sequenced, scopes: AskedFor | None = None) -> Settled:
    """Sum up an article by the mentions that the watches find in it.

    Args:
        matcher: of the watchlist in force.
        article: with its verdict; an `Enriched` one with its entities.
        scopes: whose entities are counted, for a rate; no alert depends on it.
    """
    version = matcher.watchlist.version
    try:
        matched = matcher.matched(Text.of(article))
        found = outcome(article, matched.mentions, out_of_scope=matched.out_of_scope, watchlist=version)
    except Exception as error:  # noqa: BLE001  an article that no watch can read must not stop the news
        # Some errors hold the whole text.
        return Settled(outcome(article, (), error=repr(error)[:500], watchlist=version), error=error)
    if scopes and isinstance(article, Enriched) and (asked := scopes.among(article.entities)):
        found = msgspec.structs.replace(found, asked_for=asked)
    return Settled(found, matched.checked)
