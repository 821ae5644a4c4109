"""What feeds say, however they say it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.feeds.reading import LONGEST_TTL, Reading, read

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://example.org/news/rss.xml"


def parsed(feed: str | bytes, content_type: str | None = "application/rss+xml") -> Reading:
    return read(feed.encode() if isinstance(feed, str) else feed, content_type, URL)


def test_an_entry_of_rss(rss: Callable[..., str]) -> None:
    """The longer of description and content:encoded is its text; links are absolute, dates in UTC."""
    reading = parsed(
        rss(
            {
                "guid": "g-1",
                "title": "Truce &amp; talks",
                "link": "../truce?utm_source=rss",
                "description": "Short.",
                "content:encoded": "<![CDATA[<p>Both sides agreed a truce.</p>]]>",
                "author": "desk@example.org (Desk)",
                "pubDate": "Mon, 24 Nov 2025 13:00:00 +0100",
            },
            channel="<language>en-gb</language><ttl>60</ttl>",
        )
    )
    [entry] = reading.entries
    assert (reading.version, reading.title, reading.language, reading.asks) == (
        "rss20",
        "Example",
        "en-gb",
        3600,
    )
    assert (entry.id, entry.title) == ("g-1", "Truce & talks")
    assert entry.link == "https://example.org/truce?utm_source=rss"
    assert entry.text == "<p>Both sides agreed a truce.</p>"
    assert entry.published == datetime(2025, 11, 24, 12, tzinfo=UTC)


def test_an_entry_of_atom() -> None:
    """Its content goes before its summary, its own page before what else it links to."""
    [entry] = parsed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>tag:example.org,2025:1</id>'
        '<title type="html">&lt;b&gt;Truce&lt;/b&gt;</title><link rel="replies" href="/comments"/>'
        '<link href="/truce"/><updated>2025-11-24T14:00:00Z</updated>'
        "<published>2025-11-24T12:00:00Z</published>"
        '<summary>S</summary><content type="html">&lt;p&gt;Whole text.&lt;/p&gt;</content></entry></feed>',
        "application/atom+xml",
    ).entries
    assert (entry.id, entry.link) == ("tag:example.org,2025:1", "https://example.org/truce")
    assert entry.text == "<p>Whole text.</p>"
    assert (entry.published, entry.updated) == (
        datetime(2025, 11, 24, 12, tzinfo=UTC),
        datetime(2025, 11, 24, 14, tzinfo=UTC),
    )


def test_an_entry_needs_nothing(rss: Callable[..., str]) -> None:
    """Without a guid it is known by its link, without that by its words."""
    linked, bare, other, _ = parsed(
        rss({"link": "/a"}, {"title": "Truce"}, {"title": "Talks"}, {"description": "x"})
    ).entries
    assert linked.id == linked.link == "https://example.org/a"
    assert (bare.link, bare.published, bare.text) == (None, None, "")
    assert bare.id != other.id


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.org", "http://", "//["]
)
def test_a_link_that_leads_nowhere_is_none(rss: Callable[..., str], link: str) -> None:
    """Nothing but the web is asked."""
    [entry] = parsed(rss({"title": "Truce", "link": link})).entries
    assert entry.link is None or entry.link.startswith("https://example.org/")


@pytest.mark.parametrize("date", ["soon", "Mon, 99 Foo 2025", "0001-01-01T00:00:00Z", "-1", ""])
def test_a_date_that_is_none_is_left_out(rss: Callable[..., str], date: str) -> None:
    """Ingest would refuse the whole article for it."""
    [entry] = parsed(rss({"title": "Truce", "pubDate": date})).entries
    assert entry.published is None


def test_a_date_that_feedparser_does_not_know_is_read_as_ingest_reads_it(rss: Callable[..., str]) -> None:
    """Written out, in another language."""
    [entry] = parsed(rss({"title": "Truce", "pubDate": "24 novembre 2025 12:00"})).entries
    assert entry.published == datetime(2025, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (
            '<rss version="2.0"><channel><item><title>Élysée</title></item></channel></rss>'.encode(),
            "text/xml",
        ),
        (
            '<rss version="2.0"><channel><item><title>Élysée</title></item></channel></rss>'.encode(),
            "text/xml; charset=ISO-8859-1",
        ),
        (
            '<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><item>'
            "<title>Élysée</title></item></channel></rss>".encode("cp1252"),
            "text/xml; charset=utf-8",
        ),
        (
            '<rss version="2.0"><channel><item><title>Élysée</title></item></channel></rss>'.encode(
                "latin-1"
            ),
            "application/xml; charset=iso-8859-1",
        ),
        (
            '<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><item>'
            "<title>Élysée</title></item></channel></rss>".encode("utf-16"),
            None,
        ),
    ],
    ids=["text-xml is not ASCII", "header wrong", "declaration right", "header right", "utf-16"],
)
def test_letters_survive_whatever_encoding_is_claimed(body: bytes, content_type: str | None) -> None:
    """What is UTF-8 is UTF-8; else the document knows better than the server."""
    [entry] = parsed(body, content_type).entries
    assert entry.title == "Élysée"


def test_a_broken_feed_gives_what_can_be_read(rss: Callable[..., str]) -> None:
    """And says where it breaks."""
    reading = parsed(rss({"title": "Truce & talks"}, {"title": "Second"})[: -len("</channel></rss>")])
    assert [entry.title for entry in reading.entries] == ["Truce & talks", "Second"]
    assert reading.problem is not None
    assert "in line 1" in reading.problem


def test_a_page_is_no_feed_and_says_where_one_is() -> None:
    """As browsers found it once."""
    page = (
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        '<link rel="stylesheet" href="/a.css"></head><body><p>Hello</p></body></html>'
    )
    reading = parsed(page, "text/html")
    assert (reading.version, reading.entries) == ("", ())
    assert reading.alternates == ("https://example.org/rss.xml",)


@pytest.mark.parametrize("body", [b"", b"\0" * 100, bytes(range(256)), b'{"items": []}', b"Not found"])
def test_what_is_no_feed_is_told(body: bytes) -> None:
    """Nothing is raised."""
    assert parsed(body).version == ""


def test_entities_lead_nowhere_and_do_not_explode() -> None:
    """No file is opened, and a few lines do not become gigabytes."""
    outside = parsed(
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<rss version="2.0"><channel><item><title>a &x; b</title></item></channel></rss>'
    )
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    laughs = parsed(
        f'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{bomb}]>'
        '<rss version="2.0"><channel><item><title>&i;</title></item></channel></rss>'
    )
    assert "root" not in (outside.entries[0].title or "")
    assert all(len(entry.title or "") < 10_000 for entry in laughs.entries)


def test_halves_of_characters_are_replaced(rss: Callable[..., str]) -> None:
    """And numbers of no character: no encoder takes them, and feedparser gives up the feed."""
    [entry] = parsed(rss({"title": "a &#xD800; b & c", "description": "d &#56320; e &#9999999999;"})).entries
    assert "a" in (entry.title or "")
    assert (entry.title or "").encode()
    assert entry.text.encode()


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>15</ttl>", 900),
        ("<ttl>999999</ttl>", LONGEST_TTL),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21600),
        ("<ttl>5</ttl><sy:updatePeriod> hourly </sy:updatePeriod>", 3600),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", LONGEST_TTL),
    ],
)
def test_how_often_it_wants_to_be_polled(
    rss: Callable[..., str], channel: str, seconds: float | None
) -> None:
    """The longer of what it says; at most a day."""
    assert parsed(rss({"title": "a"}, channel=channel)).asks == seconds


PIECES = st.sampled_from(
    [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "<guid>",
        "<pubDate>",
        "<description>",
        "<content:encoded>",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE x [",
        "<!ENTITY a 'b'>",
        "&a;",
        "&amp;",
        "&#0;",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<updated>",
        "<ttl>",
        "http://[",
        "<",
        "\ufeff",
        "2025-11-24",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join), st.none() | st.text(max_size=20))
def test_whatever_comes_is_read(text: str, content_type: str | None) -> None:
    """Entries have an id, and nothing else is raised: feeds are written by anyone."""
    for entry in read(text.encode("utf-8", "replace"), content_type, URL).entries:
        assert entry.id
