"""What a feed says: bytes to entries, by feedparser; runs in a process of its own, which may be killed.

feedparser took 4.4 s for 3.7 MB, and 8.7 s for 600 KB of nothing but `<a>`.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser
import msgspec
import trafilatura

from agents.ingest.identity import digest
from streams.feeds.fields import read_url
from streams.replay.rows import date_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_ENTRIES = 10_000
LONGEST_TEXT = 1_000_000
"""Characters of an entry; a longer text is cut, for ingest would refuse all of it."""
LONGEST_TTL = 86400.0
"""Seconds; a feed that asks for a week is looked at once a day."""
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
_XML = "application/xml"
_FEED_TYPES = (
    "//link[contains(@rel, 'alternate')][@type='application/rss+xml' or @type='application/atom+xml']/@href"
)
_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]{1,20})|([0-9]{1,20}));?", re.IGNORECASE)
_TEXTS = {"text/html", "application/xhtml+xml", "text/plain"}


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a feed, whatever of it there is."""

    id: str
    """Its guid, else its link, else a digest of its words."""
    link: str | None = None
    """http(s), absolute."""
    title: str | None = None
    """Text or HTML, as the rest."""
    text: str = ""
    """The longest there is: its content or its summary."""
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None

    @property
    def newest(self) -> datetime | None:
        """The later of its two dates."""
        dates = [date for date in (self.published, self.updated) if date]
        return max(dates, default=None)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What there is in a feed."""

    version: str
    """As feedparser names it (`rss20`); empty: it is no feed."""
    title: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    """In the order of the feed, which mostly is newest first."""
    asks: float | None = None
    """Seconds between two polls that it asks for (`ttl`, `sy:updatePeriod`)."""
    problem: str | None = None
    """Where it is broken; what could be read of it was."""
    alternates: tuple[str, ...] = ()
    """Feeds that it names, where it is a page."""


def read(body: bytes, content_type: str | None, url: str) -> Reading:
    """Read a feed.

    Args:
        body: as it came.
        content_type: the header.
        url: where it came from, for relative links.
    """
    headers = {"content-type": _typed(body, content_type), "content-location": url}
    # As a file: of a string feedparser may make a name of a file or an address to fetch.
    found = feedparser.parse(
        io.BytesIO(_REFERENCE.sub(_possible, body)),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    version = found.get("version") or ""
    feed = found.get("feed") or {}
    entries = found.get("entries") or []
    if not version and not entries:
        return Reading(version="", problem=_reason(found), alternates=_alternates(body, url))
    return Reading(
        version=version or "unknown",
        title=_words(feed.get("title")),
        language=_words(feed.get("language")),
        entries=tuple(_entry(entry, url) for entry in entries[:MOST_ENTRIES] if entry),
        asks=_asks(feed),
        problem=_reason(found),
    )


def _possible(found: re.Match[bytes]) -> bytes:
    """A reference to a character, in place of one to none, at which feedparser gives up the whole feed."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else b"&#xFFFD;"  # noqa: PLR2004


def _typed(body: bytes, content_type: str | None) -> str:
    """The content type that feedparser takes the encoding from.

    Servers say ISO-8859-1 of UTF-8 more often than they are right, and `text/xml` alone would mean ASCII. By
    chance hardly any text is valid UTF-8; of what isn't, the document's own declaration goes first.
    """
    try:
        body.decode()
    except UnicodeDecodeError:
        pass
    else:
        return f"{_XML}; charset=utf-8"
    declared = b"encoding" in body[:200].partition(b"?>")[0]
    charset = (content_type or "").lower().partition("charset=")[2].strip("\"' ;")
    return f"{_XML}; charset={charset}" if charset and not declared else _XML


def _reason(found: Mapping[str, Any]) -> str | None:
    error = found.get("bozo_exception")
    if not found.get("bozo") or isinstance(error, feedparser.exceptions.ThingsNobodyCaresAboutButMe):
        return None
    line = getattr(error, "getLineNumber", lambda: None)()
    words = getattr(error, "getMessage", lambda: str(error))()
    return f"{words} in line {line}" if line else str(words)


def _entry(entry: dict[str, Any], url: str) -> Entry:
    title, text = _words(entry.get("title")), _text(entry)
    link = _absolute(entry.get("link"), url)
    return Entry(
        id=_words(entry.get("id")) or link or digest(f"{title}\n{text}"),
        link=link,
        title=title,
        text=text,
        author=_words(entry.get("author")),
        published=_date(entry, "published"),
        updated=_date(entry, "updated"),
    )


def _text(entry: Mapping[str, Any]) -> str:
    parts = [part for part in entry.get("content") or () if part.get("type") in _TEXTS]
    texts = [part.get("value") or "" for part in parts] + [entry.get("summary") or ""]
    return _whole(max(texts, key=len)[:LONGEST_TEXT])


def _words(value: object) -> str | None:
    return (_whole(" ".join(value.split())) or None) if isinstance(value, str) else None


def _whole(text: str) -> str:
    """A text without halves of characters, which a broken feed can make and nobody can send."""
    return text.encode("utf-8", "replace").decode()


def _absolute(link: object, url: str) -> str | None:
    if not isinstance(link, str):
        return None
    try:
        # Not yarl's own form of it: it is the article's identity, and others wrote it as it stands.
        joined = urljoin(url, link.strip())
    except ValueError:
        return None
    return joined if read_url(joined) else None


def _date(entry: dict[str, Any], field: str) -> datetime | None:
    """A date in UTC; None for what names no day that a newspaper can have appeared on."""
    # Asked by its own way, feedparser gives one date for the other.
    parsed, written = dict.get(entry, f"{field}_parsed"), dict.get(entry, field)
    try:
        own = datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        own = None
    return date_of(own) or date_of(written)


def _asks(feed: Mapping[str, Any]) -> float | None:
    seconds = 0.0
    ttl = _number(feed.get("ttl"))
    if ttl:
        seconds = ttl * 60
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if period:
        seconds = max(seconds, period / (_number(feed.get("sy_updatefrequency")) or 1))
    return min(seconds, LONGEST_TTL) or None


def _number(value: object) -> float | None:
    text = str(value or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004  years


def _alternates(body: bytes, url: str) -> tuple[str, ...]:
    try:
        tree = trafilatura.load_html(body)
        found = tree.xpath(_FEED_TYPES) if tree is not None else []
    except Exception:  # noqa: BLE001  it is only a hint
        found = []
    links = [link for href in found if (link := _absolute(str(href), url))]
    return tuple(dict.fromkeys(links))[:5]
