"""One attempt to post, by aiohttp: no redirects, TLS verified, addresses checked when connected to."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self

import aiohttp

from agents.webhook.address import refusal
from agents.webhook.retry import Answer, kind_of, retry_after

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from agents.webhook.target import Target

READ_BYTES = 500
"""Of the receiver's answer, for the log."""


class ClosedAddressError(OSError):
    """The address that a name resolved to is one nothing is posted to."""


class Client:
    """A session with one receiver; an asynchronous context manager."""

    def __init__(self, target: Target, *, timeout: timedelta, connections: int) -> None:
        """Make it; nothing is connected yet.

        Args:
            target: where to post.
            timeout: of an attempt, from looking up the name to the end of the answer.
            connections: at most at once.
        """
        self._target = target
        self._timeout = aiohttp.ClientTimeout(total=timeout.total_seconds())
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=self._connections,
            ssl=ssl.create_default_context(),
            socket_factory=None if self._target.trusted else _checked_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=self._timeout,
            trust_env=False,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": f"newswatch/{version('newswatch')}", "Content-Type": "application/json"},
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post once; whatever goes wrong is an answer too."""
        if self._session is None:
            raise RuntimeError("the client is used outside its context")
        try:
            async with self._session.post(
                self._target.url, data=body, headers=headers, allow_redirects=False
            ) as response:
                text = (await response.content.read(READ_BYTES)).decode("utf-8", "replace")
                return Answer(
                    kind_of(response.status),
                    f"{response.status} {response.reason or ''}: {text}"[:READ_BYTES].strip(": \n"),
                    response.status,
                    retry_after(response.headers.get("Retry-After"), datetime.now(UTC)),
                )
        except TimeoutError:
            return Answer("timeout", f"no answer within {self._timeout.total:g} s")
        except (aiohttp.ClientError, OSError, ValueError, RuntimeError) as error:
            return Answer("connection", _told(error))


def _told(error: Exception) -> str:
    """The error in a line, without the address's path, which may be a secret."""
    words = str(error)
    if isinstance(error, aiohttp.ClientResponseError):
        words = error.message
    elif isinstance(error, aiohttp.ClientConnectorError) and not isinstance(error, aiohttp.ClientSSLError):
        words = f"{error.host}:{error.port}: {error.os_error}"  # its own words leave out what we raised
    return f"{type(error).__name__}: {words}"[:READ_BYTES]


def _checked_socket(info: tuple[Any, ...]) -> socket.socket:
    """Make the socket for one resolved address: nothing is looked up between this check and the connection.

    Raises:
        ClosedAddressError: nothing is posted there.
    """
    family, kind, protocol, _, address = info
    if reason := refusal(address[0]):
        raise ClosedAddressError(f"{reason}; NEWSWATCH_WEBHOOK_ALLOW can name hosts that may be there")
    return socket.socket(family, kind, protocol)
