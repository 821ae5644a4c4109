"""An article and what was found in it, as one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.entities.extract import Source
from streams.records import Enriched

if TYPE_CHECKING:
    from agents.entities.pool import Extraction
    from streams.records import Model, Sequenced


MOST_ENTITIES = 20_000
"""A record stays below what a topic takes: a megabyte of 'Iran Iran …' has 200,000 names, 21 MB of JSON, and
a record refused would stop every worker anew. The names of a newspaper's whole issue are fewer."""


def source(article: Sequenced) -> Source:
    """What to look at: the body, with the headline as context where it is not a piece of the body."""
    headline = "" if article.headline_source == "derived" else article.headline
    return Source(article.body_text, headline)


def enriched(article: Sequenced, extraction: Extraction, model: Model) -> Enriched:
    """Add entities, or the reason why there are none, and which pipeline looked for them."""
    return Enriched(
        **msgspec.structs.asdict(article),
        entities=extraction.entities[:MOST_ENTITIES],
        entities_error=extraction.error,
        model=model,
    )
