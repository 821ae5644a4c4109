"""Entries as they go to `news.raw`, read back by ingest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from agents.ingest.parse import Delivery, Refused, parse
from streams.feeds.article import SHORT, Raw, is_of, raw, wants_page
from streams.feeds.reading import Entry, Reading
from streams.records import Article, Position

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.feeds.feed import Feed

URL = "https://example.org/rss"
NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
EARLIER = datetime(2025, 11, 24, 9, tzinfo=UTC)
READING = Reading(version="rss20", language="en-gb")
LONG = "<p>" + "Both sides agreed a truce on Monday, officials said. " * 10 + "</p>"


def page(text: str, **more: Any) -> bytes:
    return msgspec.json.encode({"text": text, **more})


def ingested(article: Raw) -> Article | Refused:
    position = Position(topic="news.raw", partition=0, offset=0)
    headers: dict[str, Any] = {"uri": article.uri, "name": article.name}
    return parse(Delivery(payload=article.payload, position=position, arrived=NOW, origin="live", **headers))


def test_what_ingest_makes_of_an_entry(
    make_feed: Callable[..., Feed], make_entry: Callable[..., Entry]
) -> None:
    """Headline, text, date, address and outlet are those of the feed; markup and scripts are gone."""
    entry = make_entry(
        title="<b>Truce</b> agreed",
        text="<p>Both sides agreed a truce.</p><script>track()</script><p>Talks go on.</p>",
        author="Desk",
        published=EARLIER,
    )
    article = ingested(raw(make_feed(URL, source="Example News"), READING, entry, page=None, again=False))
    assert isinstance(article, Article)
    assert (article.headline, article.headline_source) == ("Truce agreed", "given")
    assert article.body_text.split("\n") == ["Both sides agreed a truce.", "Talks go on."]
    assert (article.uri, article.name) == (entry.link, entry.id)
    assert (article.source, article.byline, article.language) == ("Example News", "Desk", "en")
    assert (article.versioncreated, article.origin) == (EARLIER, "live")


def test_the_longer_of_entry_and_page_is_the_text(
    make_feed: Callable[..., Feed], make_entry: Callable[..., Entry]
) -> None:
    """The rest stays the entry's; the page fills in what it lacks."""
    feed, entry = make_feed(URL), make_entry()
    told = page(LONG, author="A page", title="A page - Example", published="2025-11-24T08:00:00Z")
    of_page = raw(feed, READING, entry, page=told, again=False)
    of_entry = raw(feed, READING, make_entry(text=LONG), page=page("Short."), again=False)
    row = msgspec.json.decode(of_page.payload)
    assert (of_page.text_from, of_entry.text_from) == ("page", "entry")
    assert (row["title"], row["author"], row["uri"]) == ("Truce agreed", "A page", entry.link)
    assert of_page.time == datetime(2025, 11, 24, 8, tzinfo=UTC)


def test_a_title_alone_is_a_flash(make_feed: Callable[..., Feed], make_entry: Callable[..., Entry]) -> None:
    """Rather that than no alert."""
    flash = raw(
        make_feed(URL), READING, make_entry(title="Ceasefire agreed in Kyiv", text=""), page=None, again=False
    )
    article = ingested(flash)
    assert isinstance(article, Article)
    assert (flash.text_from, article.body_text) == ("title", "Ceasefire agreed in Kyiv")


def test_the_date_of_what_is_published_again_is_that_of_its_change(
    make_feed: Callable[..., Feed], make_entry: Callable[..., Entry]
) -> None:
    """At first it is that of its publication."""
    entry = make_entry(published=EARLIER, updated=NOW)
    dates = [raw(make_feed(URL), READING, entry, page=None, again=again).time for again in (False, True)]
    assert dates == [EARLIER, NOW]


def test_when_a_page_is_wanted(make_feed: Callable[..., Feed], make_entry: Callable[..., Entry]) -> None:
    """By itself where the entry has no whole text; never where there is no link."""
    feeds = [make_feed(URL, page=page) for page in ("auto", "always", "never")]
    teaser, whole = make_entry(), make_entry(text="word " * SHORT)
    assert [wants_page(feed, teaser) for feed in feeds] == [True, True, False]
    assert [wants_page(feed, whole) for feed in feeds] == [False, True, False]
    assert [wants_page(feed, make_entry(link=None)) for feed in feeds] == [False] * 3


def test_a_page_that_is_about_something_else_is_not_the_entrys(make_entry: Callable[..., Entry]) -> None:
    """Consent, log-in and front pages are the same for all entries; a text without words tells nothing."""
    entry = make_entry(title="Ministers agree pipeline repair", text="The gas pipeline reopens within weeks.")
    consent = "We value your privacy. We and our partners store and access information on a device."
    article = "Gas will flow again: ministers said the pipeline would be repaired and reopens in weeks."
    assert not is_of(page(consent), entry)
    assert is_of(page(article), entry)
    assert is_of(page("任何内容"), make_entry(title="停火", text=""))


@example(title=None, text="0\x7f", link=None, published=None, of_page=None, again=False)
@given(
    title=st.none() | st.text(max_size=30),
    text=st.text(max_size=60),
    link=st.none() | st.just("https://example.org/a"),
    published=st.none() | st.datetimes(min_value=datetime(1700, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    of_page=st.none() | st.text(min_size=1, max_size=60),
    again=st.booleans(),
)
def test_ingest_reads_whatever_is_sent(
    make_feed: Callable[..., Feed],
    *,
    title: str | None,
    text: str,
    link: str | None,
    published: datetime | None,
    of_page: str | None,
    again: bool,
) -> None:
    """It may refuse what is too short; it never finds a fault of ours."""
    entry = Entry(id="1", title=title, text=text, link=link, published=published)
    found = ingested(
        raw(make_feed(URL), READING, entry, page=page(of_page) if of_page else None, again=again)
    )
    assert not isinstance(found, Refused) or found.dead_letter.reason in {"too_short", "empty", "no_body"}
