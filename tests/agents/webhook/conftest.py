"""A real HTTP server on loopback that answers as it is told, and alerts to post to it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import pytest
from aiohttp import web

from streams.records import Alert, Mention
from streams.wire import encoder

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)


class Got(NamedTuple):
    """A request as the receiver sees it."""

    path: str
    headers: Mapping[str, str]
    body: bytes


class Receiver:
    """Takes posts; `answers` are given one after the other, the last one for ever."""

    def __init__(self, *answers: Handler | web.Response | int) -> None:
        self.answers: list[Handler | web.Response | int] = list(answers) or [200]
        self.got: list[Got] = []
        self.url = ""

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.got.append(Got(request.path, request.headers.copy(), await request.read()))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, int):
            return web.Response(status=answer, text="as told")
        if isinstance(answer, web.Response):
            return web.Response(status=answer.status, headers=answer.headers)
        return await answer(request)

    @asynccontextmanager
    async def serving(self, context: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
        """Listen on a free port of loopback."""
        runner = web.ServerRunner(web.Server(self._take), shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
        await site.start()
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{runner.addresses[0][1]}/hook"
        try:
            yield self
        finally:
            await runner.cleanup()


@pytest.fixture(scope="session")
def make_receiver() -> Callable[..., Receiver]:
    """`Receiver`."""
    return Receiver


@pytest.fixture(scope="session")
def make_alert() -> Callable[..., Alert]:
    """An alert on a truce, with other fields as given."""

    def make(**changes: Any) -> Alert:
        sentence = "Both sides agreed a truce."
        mention = Mention(
            watch="ceasefire", text="truce", field="body_text", start=20, end=25, sentence=sentence
        )
        fields: dict[str, Any] = {
            "alert_id": "a" * 32,
            "watch": "ceasefire",
            "severity": "critical",
            "article_id": "b" * 32,
            "story_id": "c" * 32,
            "headline": "Truce agreed",
            "uri": "https://example.org/truce",
            "source": "example.org",
            "event_time": NOW,
            "arrived": NOW,
            "detected_at": NOW,
            "mentions": (mention,),
            "origin": "live",
            "seq": 0,
        }
        return Alert(**(fields | changes))

    return make


@pytest.fixture(scope="session")
def make_raw(make_alert: Callable[..., Alert]) -> Callable[..., bytes]:
    """An alert as on the topic; the fields given go first, also those it doesn't know."""

    def make(**changes: Any) -> bytes:
        return encoder.encode(msgspec.to_builtins(make_alert()) | changes)

    return make
