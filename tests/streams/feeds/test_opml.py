"""Subscriptions of a feed reader."""

from __future__ import annotations

import pytest

from streams.feeds.configured import parse
from streams.feeds.feed import FeedsError
from streams.feeds.opml import converted

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="World">
    <outline type="rss" text="Example &amp; Sons" xmlUrl="https://example.org/rss.xml" htmlUrl="https://example.org"/>
    <outline type="rss" title="Example &amp; Sons" xmlURL="feed://example.net/atom.xml"/>
    <outline type="rss" text="again" xmlUrl="https://example.org/rss.xml"/>
  </outline>
  <outline type="rss" text="${HOME}" xmlUrl="https://example.com/${KEY}"/>
  <outline type="rss" text="file" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_each_address_once_as_a_file_that_can_be_read() -> None:
    """A title that is taken is left out, `feed:` is https, and nothing comes out of the environment."""
    feeds = parse(converted(OPML, "o.xml"), "f.yaml", {}).feeds
    assert [(feed.name, feed.source, feed.url) for feed in feeds] == [
        ("Example & Sons", "Example & Sons", "https://example.org/rss.xml"),
        ("example.net/atom.xml", None, "https://example.net/atom.xml"),
        ("${HOME}", "${HOME}", "https://example.com/$%7BKEY%7D"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<opml><body></opml>", "o.xml:1: is no OPML"),
        ("", "o.xml:1: is no OPML"),
        ("<opml/>", "has no <outline> with an xmlUrl"),
        ('<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><o><outline xmlUrl="&x;"/></o>', "o.xml"),
    ],
)
def test_what_is_none_is_told(text: str, says: str) -> None:
    """With the line where it breaks."""
    with pytest.raises(FeedsError, match=says):
        converted(text, "o.xml")
