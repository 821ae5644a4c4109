"""The page that an entry links to, and the article on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from streams.feeds.answer import PASSING, Trouble
from streams.feeds.article import is_of
from streams.feeds.client import Ask
from streams.feeds.parser import ParserError
from streams.feeds.robots import Robots

if TYPE_CHECKING:
    from yarl import URL

    from streams.feeds.answer import Answer, Kind
    from streams.feeds.client import Client
    from streams.feeds.feed import Feed
    from streams.feeds.parser import Parser
    from streams.feeds.reading import Entry

PageOutcome = Literal["read", "no_article", "unlike", "unread", "robots", Trouble]
"""`unlike`: its text is not the entry's; `unread`: the parser gave up; the rest as `Trouble`."""
OUTCOMES: tuple[PageOutcome, ...] = get_args(PageOutcome)
_TYPES = {"text/html", "application/xhtml+xml"}
_OF: dict[Kind, PageOutcome] = {"ok": "read", "unchanged": "failed"} | {  # type: ignore[assignment]
    name: name for name in OUTCOMES
}


class Page(NamedTuple):
    """What became of a page."""

    outcome: PageOutcome
    article: bytes | None = None
    """JSON, as `article_of` makes it; only where it was read."""
    message: str = ""
    passing: bool = False
    """Whether it may be otherwise in a few minutes."""


class Pages:
    """Fetches pages, as far as their sites allow robots to."""

    def __init__(self, client: Client, parser: Parser) -> None:
        self._client = client
        self._parser = parser
        self._robots = Robots(client.get)

    async def of(self, entry: Entry, feed: Feed, home: URL) -> Page:
        """The article on the page of an entry that has a link.

        Args:
            entry: with a link.
            feed: that it is in.
            home: origin of the feed: its headers go nowhere else, nor does anything into a private network.
        """
        ask = Ask(
            entry.link or "",
            home=home,
            private=feed.private,
            headers=feed.headers,
            types=lambda kind: kind in _TYPES,
        )
        rule = await self._robots.rule(ask._replace(types=lambda _: True))
        if rule.failed is not None:
            return _failed(rule.failed, "robots.txt: ")
        if not rule.allowed:
            return Page("robots", message="the site's robots.txt asks for it to be left alone")
        answer = await self._client.get(ask._replace(delay=rule.delay))
        return await self._article(answer, entry) if answer.kind == "ok" else _failed(answer)

    async def _article(self, answer: Answer, entry: Entry) -> Page:
        try:
            article = await self._parser.page(answer.body)
        except ParserError as error:
            return Page("unread", message=str(error))
        if article is None:
            return Page("no_article", message="there is no article on it")
        if not is_of(article, entry):
            return Page("unlike", message="what is on it has nothing to do with the entry")
        return Page("read", article)


def _failed(answer: Answer, before: str = "") -> Page:
    return Page(_OF[answer.kind], message=before + answer.message, passing=answer.kind in PASSING)
