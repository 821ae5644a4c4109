"""What is asked of what the console looks up: ids and parameters, judged before anything is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from streams.console.asked import RequestError, given, limit, single

if TYPE_CHECKING:
    from collections.abc import Iterable

STORY = ("limit",)
ARTICLE = ("watch",)
ARTICLES = ("q", "watch")
WATCHES = ("after", "limit")
STORY_LIMIT = 100
WATCHES_LIMIT = 500
LONGEST_QUESTION = 2_000
"""Characters of a URI that is asked for; browsers and servers take hardly more."""
ID = r"[0-9a-f]{32}"
PLACE = r"[A-Za-z0-9._\-]{1,249}:[0-9]{1,9}:[0-9]{1,18}"
_ID = re.compile(ID, re.ASCII)
_ARTICLE = re.compile(f"{ID}|{PLACE}", re.ASCII)


class Question(NamedTuple):
    """Which article, and of which watch is to be told; None for all."""

    article: str
    watch: str | None


class Page(NamedTuple):
    """Which watches."""

    after: str
    limit: int


def story_id(text: str) -> str:
    """An id that a story can have.

    Raises:
        RequestError: none can have this one.
    """
    if not _ID.fullmatch(text):
        raise RequestError(
            "story_id", f"{text[:100]!r} is no story: an id is 32 hex digits, in small letters"
        )
    return text


def story(pairs: Iterable[tuple[str, str]]) -> int:
    """How many articles of a story are asked for, and lines of its ledger.

    Raises:
        RequestError: a parameter is unknown, or can't be taken.
    """
    return limit(given(pairs, STORY, repeated=()), STORY_LIMIT)


def article(text: str, pairs: Iterable[tuple[str, str]]) -> Question:
    """Which article is asked for by id or place.

    Raises:
        RequestError: it is neither, a parameter is unknown, or can't be taken.
    """
    if not _ARTICLE.fullmatch(text):
        raise RequestError(
            "article_id",
            f"{text[:100]!r} is no article: give its id (32 hex digits) or a place as news.raw:0:17; "
            "a URI or a name goes into /api/articles?q=",
        )
    return Question(text, single("watch", given(pairs, ARTICLE, repeated=())))


def articles(pairs: Iterable[tuple[str, str]]) -> Question:
    """Which article is asked for by whatever it is known by.

    Raises:
        RequestError: nothing is asked for, a parameter is unknown, or can't be taken.
    """
    found = given(pairs, ARTICLES, repeated=(), longest=LONGEST_QUESTION)
    text = (single("q", found) or "").strip()
    if not text:
        raise RequestError("q", "give an article's id, URI, name or place")
    return Question(text, single("watch", found))


def watches(pairs: Iterable[tuple[str, str]]) -> Page:
    """Which watches are asked for.

    Raises:
        RequestError: a parameter is unknown, or can't be taken.
    """
    found = given(pairs, WATCHES, repeated=())
    return Page(single("after", found) or "", limit(found, WATCHES_LIMIT))
