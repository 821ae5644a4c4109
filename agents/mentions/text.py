"""What of an article the watches look at."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import TYPE_CHECKING, Literal, Self

import msgspec

if TYPE_CHECKING:
    from streams.records import Article

TextField = Literal["headline", "body_text", "source", "byline"]
"""The fields that are searched for words."""


class Text(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An article as text; None is what nobody knows."""

    headline: str = ""
    body_text: str = ""
    source: str | None = None
    language: str | None = None
    byline: str | None = None
    event_time: datetime | None = None
    """When it was written: what 'by Friday' is reckoned from."""

    @classmethod
    def of(cls, article: Article) -> Self:
        """Take what is searched; a derived headline is left out, since it stands in the body."""
        return cls(
            headline="" if article.headline_source == "derived" else article.headline,
            body_text=article.body_text,
            source=article.source,
            language=article.language,
            byline=article.byline,
            event_time=article.event_time,
        )
