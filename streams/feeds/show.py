"""What came of polling feeds once, for a terminal and for programs."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  msgspec resolves annotations at run time
from typing import TYPE_CHECKING

import msgspec

from agents.ingest.headline import shorten
from streams.feeds.article import Origin  # noqa: TC001  the same
from streams.feeds.poll import GOOD, Outcome
from streams.feeds.poller import shown_move
from streams.subscribe.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.feeds.feed import Feed
    from streams.feeds.poll import Polled

TITLE = 80
"""Characters."""
NAMED_PAGES = 3
"""Of a feed, in words; the counts are of all."""
_FROM: dict[Origin, str] = {"entry": "in the feed", "page": "from its page", "title": "in its title alone"}


class ShownArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it is published."""

    uri: str | None
    title: str | None
    published: datetime | None
    words: int
    text_from: Origin


class ShownFeed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a feed."""

    feed: str
    url: str
    outcome: Outcome
    message: str
    status: int | None = None
    moved_to: str | None = None
    version: str | None = None
    title: str | None = None
    entries: int | None = None
    asks_seconds: float | None = None
    counts: dict[str, int] = {}
    articles: list[ShownArticle] = []
    pages: list[str] = []
    """What went wrong with pages."""


def shown(feed: Feed, polled: Polled) -> ShownFeed:
    """A feed's poll for programs."""
    answer, reading = polled.answer, polled.reading
    is_feed = reading is not None and reading.version
    return ShownFeed(
        feed=feed.name,
        url=feed.shown,
        outcome=polled.outcome,
        message=polled.message,
        status=answer.status if answer else None,
        moved_to=shown_move(feed, answer.moved_to) if answer and answer.moved_to else None,
        version=reading.version if reading and is_feed else None,
        title=reading.title if reading and is_feed else None,
        entries=len(reading.entries) if reading and is_feed else None,
        asks_seconds=reading.asks if reading else None,
        counts={str(name): number for name, number in polled.counts.items()},
        articles=[
            ShownArticle(
                uri=article.uri,
                title=article.title,
                published=article.time,
                words=article.words,
                text_from=article.text_from,
            )
            for article in polled.articles
        ],
        pages=[f"{page.outcome}: {page.message}" for page in polled.pages if page.article is None],
    )


def lines(one: ShownFeed, *, articles: bool) -> Iterator[str]:
    """A feed's poll for people."""
    yield f"{'ok  ' if one.outcome in GOOD else 'FAIL'}  {clean(f'{one.feed}: {_said(one)}')}"
    below = [f"moved for good to {one.moved_to}: put that into the file"] if one.moved_to else []
    below += [f"a page: {page}" for page in one.pages[:NAMED_PAGES]]
    if len(one.pages) > NAMED_PAGES:
        below.append(f"and {len(one.pages) - NAMED_PAGES:,} pages more")
    yield from (f"      {clean(line)}" for line in below)
    for article in one.articles if articles else ():
        date = f"{article.published:%Y-%m-%d %H:%MZ}" if article.published else "undated"
        title = clean(shorten(article.title or article.uri or "", TITLE))
        yield f"      {date:<17}  {title}  ({article.words:,} words {_FROM[article.text_from]})"


def total(shown: Iterable[ShownFeed], *, published: bool) -> str:
    """The last line."""
    all_ = list(shown)
    failed = sum(one.outcome not in GOOD for one in all_)
    text = f"{len(all_):,} feeds, {failed:,} failed"
    articles = sum(len(one.articles) for one in all_)
    return f"{text}; {articles:,} articles published" if published else text


def _said(one: ShownFeed) -> str:
    if one.outcome == "unchanged":
        return "unchanged"
    if one.entries is None:
        return f"{one.outcome}: {one.message}"
    parts = [f"{one.version}, {one.entries:,} entries"]
    parts.append(", ".join(f"{number:,} {name}" for name, number in one.counts.items() if number))
    if one.asks_seconds:
        parts.append(f"asks for {one.asks_seconds / 60:,.0f} min between polls")
    parts.append(one.message if one.outcome in GOOD else f"{one.outcome}: {one.message}")
    return "; ".join(filter(None, parts))
