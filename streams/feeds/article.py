"""An entry, and its page where that was fetched, as the JSON that goes to `news.raw`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from agents.ingest.identity import normalised_words
from agents.ingest.markup import to_text
from streams.replay.rows import date_of

if TYPE_CHECKING:
    from datetime import datetime

    from streams.feeds.feed import Feed
    from streams.feeds.reading import Entry, Reading

SHORT = 80
"""Words; a teaser has 20 to 60, the shortest whole articles about 100. A flash of 30 words costs a look at
its page, which has no more of it."""
SHARED = 0.3
"""Share of the words of title and teaser that the text of their page has at least."""
FEW = 3
"""Letters of a word that says nothing of what a text is about."""

Origin = Literal["entry", "page", "title"]


class Raw(NamedTuple):
    """A record for `news.raw`."""

    name: str
    """The entry's id."""
    uri: str | None
    time: datetime | None
    payload: bytes
    words: int
    text_from: Origin
    title: str | None


class Text(NamedTuple):
    """What there is to read."""

    words: int
    html: str
    origin: Origin


def wants_page(feed: Feed, entry: Entry) -> bool:
    """Whether to fetch the page of an entry."""
    if entry.link is None or feed.page == "never":
        return False
    return feed.page == "always" or _words(entry.text) < SHORT


def is_of(page: bytes, entry: Entry) -> bool:
    """Whether an article found on a page can be the entry's, by the words that they share.

    Behind a link may be a question of consent or a list of headlines, the same for all entries: as their text
    it would make them copies of one another.
    """
    told = {
        word for word in normalised_words(f"{entry.title or ''}\n{to_text(entry.text)}") if len(word) > FEW
    }
    there = set(normalised_words(msgspec.json.decode(page).get("text", "")))
    return len(told & there) >= SHARED * len(told)


def raw(feed: Feed, reading: Reading, entry: Entry, *, page: bytes | None, again: bool) -> Raw:
    """Make the record.

    Of entry and page the longer text counts; title, date and address are the entry's, which has them without
    what a site puts around them. A title alone is its own text: a flash.

    Args:
        feed: that it came from.
        reading: of the feed.
        entry: of it.
        page: the article on its page (`streams.replay.page.article_of`), where there is one.
        again: whether the entry was published before; then its date is that of its change.
    """
    found: dict[str, Any] = msgspec.json.decode(page) if page else {}
    text = max(
        Text(_words(entry.text), entry.text, "entry"),
        Text(_words(found.get("text")), found.get("text", ""), "page"),
        key=lambda text: text.words,
    )
    if not text.words:
        text = Text(_words(entry.title), entry.title or "", "title")
    published = (entry.updated or entry.published) if again else (entry.published or entry.updated)
    published = published or date_of(found.get("published"))
    row = {
        "id": entry.id,
        "uri": entry.link,
        "title": entry.title or found.get("title"),
        "text": text.html,
        "author": entry.author or found.get("author"),
        "published": published.isoformat() if published else None,
        "source": feed.source,
        "language": feed.language or reading.language,
    }
    payload = msgspec.json.encode({name: value for name, value in row.items() if value})
    # The one control character that JSON lets stand; with it a short entry would pass for no text.
    payload = payload.replace(b"\x7f", b"")
    return Raw(entry.id, entry.link, published, payload, text.words, text.origin, row["title"])


def _words(html: str | None) -> int:
    return len(normalised_words(to_text(html))) if html else 0
