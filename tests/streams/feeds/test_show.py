"""What is told of feeds that were polled once."""

from __future__ import annotations

from datetime import UTC, datetime

from streams.feeds.show import ShownArticle, ShownFeed, lines, total

ARTICLE = ShownArticle(
    uri="https://example.org/1",
    title="Truce\x1b[31m agreed",
    published=datetime(2025, 11, 24, 12, tzinfo=UTC),
    words=120,
    text_from="page",
)
READ = ShownFeed(
    feed="example",
    url="https://example.org/rss",
    outcome="read",
    message="",
    version="rss20",
    entries=30,
    asks_seconds=3600,
    counts={"published": 1, "known": 29, "old": 0},
    articles=[ARTICLE],
    pages=["busy: 503 Service Unavailable"] * 5,
    moved_to="https://example.org/new",
)
LOST = ShownFeed(feed="lost", url="https://example.net", outcome="refused", message="404 Not Found")


def test_a_feed_that_was_read() -> None:
    """With its articles where that is what is asked for; a hostile title does nothing to the terminal."""
    assert list(lines(READ, articles=True)) == [
        "ok    example: rss20, 30 entries; 1 published, 29 known; asks for 60 min between polls",
        "      moved for good to https://example.org/new: put that into the file",
        *["      a page: busy: 503 Service Unavailable"] * 3,
        "      and 2 pages more",
        "      2025-11-24 12:00Z  Truce agreed  (120 words from its page)",
    ]
    assert len(list(lines(READ, articles=False))) == 6


def test_a_feed_that_was_not() -> None:
    """What came of it, and why."""
    assert list(lines(LOST, articles=True)) == ["FAIL  lost: refused: 404 Not Found"]
    assert total([READ, LOST], published=True) == "2 feeds, 1 failed; 1 articles published"
    assert total([READ], published=False) == "1 feeds, 0 failed"
