"""Asking for feeds and pages, by aiohttp: each address checked when connected to, time and size bounded."""

from __future__ import annotations

import asyncio
import socket
import ssl
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import aiohttp
from msgspec.structs import replace
from yarl import URL

from streams.feeds.address import refusal
from streams.feeds.answer import PERMANENT, REDIRECTS, Answer, answer
from streams.feeds.fields import read_url
from streams.feeds.unpack import TooLargeError, Unpacker, UnpackError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streams.feeds.answer import Kind
    from streams.feeds.polite import Polite

MOST_REDIRECTS = 5
AT_ONCE = 32
"""Requests under way; each may hold `FEED_BYTES` in memory."""
SECONDS = 20.0
"""For one request, from looking up the name to the last byte; a redirect is another."""
FEED_BYTES = 10 << 20
PAGE_BYTES = 4 << 20
"""As much as is parsed (`streams.replay.page`)."""
_PIECE = 64 << 10
_SHOWN = 300


CLOSED = "not asked, since "


class ClosedAddressError(OSError):
    """A name or link led to an address that is not asked."""


class Ask(NamedTuple):
    """What to ask for."""

    url: str
    home: URL | None = None
    """Origin of the feed whose headers these are, and which may be in a private network."""
    private: bool = False
    """Whether it may."""
    headers: Mapping[str, str] = {}
    """For that origin alone: a redirect elsewhere goes without them."""
    conditions: Mapping[str, str] = {}
    limit: int = PAGE_BYTES
    """Bytes."""
    types: Callable[[str], bool] = lambda _: True
    """Whether a content type, in lower case without parameters, will do."""
    delay: float = 0.0
    """Seconds that the host wants between two requests."""


class Client:
    """Two sessions, for private and for public addresses, so that no connection serves both."""

    def __init__(self, polite: Polite, *, contact: str | None = None, seconds: float = SECONDS) -> None:
        """Make it; nothing is connected yet.

        Args:
            polite: gives turns at hosts.
            contact: who asks, for those who are asked.
            seconds: for one request.
        """
        self.agent = f"newswatch/{version('newswatch')}" + (f" (+{contact})" if contact else "")
        self._polite = polite
        self._seconds = seconds
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        for private in (False, True):
            connector = aiohttp.TCPConnector(
                limit=0,
                ssl=ssl.create_default_context(),
                socket_factory=partial(_checked_socket, private=private),
            )
            self._sessions[private] = aiohttp.ClientSession(
                connector=connector,
                timeout=aiohttp.ClientTimeout(total=self._seconds),
                trust_env=False,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate"},
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        for session in self._sessions.values():
            await session.close()

    async def get(self, ask: Ask) -> Answer:
        """Ask, and follow redirects; whatever goes wrong is an answer too."""
        url = URL(ask.url)
        been: set[URL] = set()
        moved_to: str | None = None
        moving = True
        while True:
            if url in been or len(been) > MOST_REDIRECTS:
                words = "it redirects in a circle" if url in been else f"more than {MOST_REDIRECTS} redirects"
                return Answer(kind="redirects", message=words, url=str(url))
            been.add(url)
            got = await self._once(ask, url, moved_to)
            if isinstance(got, Answer):
                return got
            moving = moving and got.permanent
            moved_to = str(got.url) if moving else moved_to
            url = got.url

    async def _once(self, ask: Ask, url: URL, moved_to: str | None) -> Answer | _Redirect:
        kind: Kind
        try:
            async with (
                self._polite.turn(url.host or "", ask.delay),
                self._slots,
                asyncio.timeout(self._seconds),
            ):
                return await self._request(ask, url, moved_to)
        except TimeoutError:
            kind, message = "timeout", f"not done within {self._seconds:g} s"
        except TooLargeError:
            kind, message = "too_large", f"longer than {ask.limit:,} bytes"
        except UnpackError as error:
            kind, message = "failed", str(error)
        except (aiohttp.ClientError, OSError, ValueError, RuntimeError) as error:
            message = _told(error)
            # aiohttp puts what was raised at each of a name's addresses into words.
            kind = "closed" if CLOSED in message else "connection"
        return Answer(kind=kind, message=message[:_SHOWN], url=str(url), moved_to=moved_to)

    async def _request(self, ask: Ask, url: URL, moved_to: str | None) -> Answer | _Redirect:
        home = url.origin() == ask.home
        headers = {**ask.conditions, **(ask.headers if home else {})}
        session = self._sessions[ask.private and home]
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status in REDIRECTS and (to := response.headers.get("Location")):
                return _redirect(url, to, response.status)
            got = answer(
                response.status,
                response.reason,
                response.headers,
                url=str(url),
                moved_to=moved_to,
                now=datetime.now(UTC),
            )
            if got.kind == "ok" and not ask.types(response.content_type):
                return replace(got, kind="wrong_type", message=f"it is {response.content_type}")
            return replace(got, body=await _body(response, ask.limit)) if got.kind == "ok" else got


class _Redirect(NamedTuple):
    url: URL
    permanent: bool


def _redirect(url: URL, to: str, status: int) -> Answer | _Redirect:
    try:
        found = read_url(str(url.join(URL(to))))
    except ValueError:
        found = None
    if found is None:
        # Without its query, which may be that of the address that was asked for.
        words = f"it redirects to {to.partition('?')[0][:100]!r}, which is no http(s) address"
        return Answer(kind="redirects", message=words, url=str(url))
    return _Redirect(found, status in PERMANENT)


async def _body(response: aiohttp.ClientResponse, limit: int) -> bytes:
    body = Unpacker(response.headers.get("Content-Encoding", ""), limit)
    async for piece in response.content.iter_chunked(_PIECE):
        body.take(piece)
    return body.finish()


def _told(error: Exception) -> str:
    """The error in a line, without the address's path, which may be a secret."""
    words = str(error)
    if isinstance(error, aiohttp.ClientResponseError):
        words = error.message
    elif isinstance(error, aiohttp.ClientConnectorError) and not isinstance(error, aiohttp.ClientSSLError):
        words = f"{error.host}:{error.port}: {error.os_error}"
    return f"{type(error).__name__}: {words}"


def _checked_socket(info: tuple[Any, ...], *, private: bool) -> socket.socket:
    """Make the socket for one resolved address: nothing is looked up between this check and the connection.

    Raises:
        ClosedAddressError: nothing is asked there.
    """
    family, kind, protocol, _, address = info
    if reason := refusal(address[0], private=private):
        raise ClosedAddressError(CLOSED + reason)
    return socket.socket(family, kind, protocol)
