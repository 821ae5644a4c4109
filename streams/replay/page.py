"""An HTML page into a row: the article's text by trafilatura, and what its metadata says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import trafilatura

from streams.replay.rows import date_of

if TYPE_CHECKING:
    from datetime import datetime

PAGE_MAX = 4 << 20
"""Bytes of a page that are parsed: 2.5 MB took 3.8 s on one core; a longer one goes on as it is."""

_TIMES = (
    "//meta[@property='article:published_time' or @property='og:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='datePublished' or @name='article:published_time']/@content",
    "//meta[@name='pubdate' or @name='date' or @name='parsely-pub-date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
"""Where a page states its time of publication; htmldate, trafilatura's own way, keeps the day alone."""
_LINKED_DATA = "//script[@type='application/ld+json']/text()"
_DAY = {"original_date": True, "extensive_search": False}
"""Only a date the page states as its own; a guess from the text would put it in the wrong place."""


def article_of(page: bytes) -> bytes | None:
    """The article on a page as a JSON object, or None when there is none to be found.

    Its fields, each where the page has it: `uri`, `title`, `text`, `author`, `published`, `source`.
    """
    if len(page) > PAGE_MAX:
        return None
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            return None
        stated = _stated_time(tree)
        found: Any = trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, date_extraction_params=_DAY
        )
    except Exception:  # noqa: BLE001  whatever a hostile page does to the parser, its bytes go on
        return None
    text = getattr(found, "text", None)
    if not text:
        return None
    row: dict[str, Any] = {
        "uri": found.url,
        "title": found.title,
        "text": text,
        "author": found.author,
        "published": stated.isoformat() if stated else found.date,
        "source": found.sitename,
    }
    return msgspec.json.encode({name: value for name, value in row.items() if value})


def _stated_time(tree: Any) -> datetime | None:
    values: list[Any] = [value for path in _TIMES for value in tree.xpath(path)]
    for script in tree.xpath(_LINKED_DATA):
        values += _published_in(script)
    return next(filter(None, map(date_of, values)), None)


def _published_in(script: str) -> list[Any]:
    """`datePublished` of each object in a JSON-LD script, at its top, in a list or in its `@graph`."""
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return []
    objects = [thing for thing in _listed(data) if isinstance(thing, dict)]
    parts = [part for thing in objects for part in _listed(thing.get("@graph")) if isinstance(part, dict)]
    return [thing["datePublished"] for thing in objects + parts if "datePublished" in thing]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
