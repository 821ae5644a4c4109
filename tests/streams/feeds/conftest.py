"""A real HTTP server on loopback whose paths answer as they are told, and feeds to give."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from aiohttp import web

from streams.feeds.feed import Feed
from streams.feeds.fields import is_private_literal
from streams.feeds.reading import Entry

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Got(NamedTuple):
    """A request as the site sees it."""

    path: str
    headers: Mapping[str, str]


class Site:
    """Paths to what they answer: a body, a status, the parts of a response, or a function; else 404.

    A list of answers is given one after the other, the last one for ever.
    """

    def __init__(self) -> None:
        self.paths: dict[str, Any] = {}
        self.got: list[Got] = []
        self.url = ""

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(got.path == path for got in self.got)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.got.append(Got(request.path, request.headers.copy()))
        answer = self.paths.get(request.path, 404)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, int):
            return web.Response(status=answer)
        if isinstance(answer, str | bytes):
            body = answer.encode() if isinstance(answer, str) else answer
            return web.Response(body=body, content_type="application/rss+xml")
        if isinstance(answer, dict):
            return web.Response(**answer)
        response: web.StreamResponse = await answer(request)
        return response

    @asynccontextmanager
    async def serving(self, context: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
        """Listen on a free port of loopback."""
        runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        await runner.setup()
        tcp = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await tcp.start()
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


@pytest.fixture(scope="session")
def make_site() -> Callable[[], Site]:
    """`Site`."""
    return Site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A site that is served."""
    async with Site().serving() as it:
        yield it


@pytest.fixture(scope="session")
def make_feed() -> Callable[..., Feed]:
    """A feed of an address, with other fields as given."""

    def make(url: str, **changes: Any) -> Feed:
        host = url.partition("//")[2].partition("/")[0].partition(":")[0]
        fields: dict[str, Any] = {"name": "news", "url": url, "shown": url}
        return Feed(**(fields | {"private": is_private_literal(host)} | changes))

    return make


@pytest.fixture(scope="session")
def make_entry() -> Callable[..., Entry]:
    """An entry, with other fields as given."""

    def make(**changes: Any) -> Entry:
        fields: dict[str, Any] = {
            "id": "tag:example.org,2025:1",
            "link": "https://example.org/truce",
            "title": "Truce agreed",
            "text": "Both sides agreed a truce on Monday.",
        }
        return Entry(**(fields | changes))

    return make


@pytest.fixture(scope="session")
def rss() -> Callable[..., str]:
    """RSS 2.0 with items as given, each a mapping of its elements; `channel` goes before them."""

    def element(pair: tuple[str, str]) -> str:
        name, value = pair
        about = ' isPermaLink="false"' if name == "guid" else ""
        return f"<{name}{about}>{value}</{name}>"

    def make(*items: Mapping[str, str], channel: str = "") -> str:
        inner = "".join("<item>" + "".join(map(element, item.items())) + "</item>" for item in items)
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
            f"<channel><title>Example</title>{channel}{inner}</channel></rss>"
        )

    return make
