"""In front of everything: refuses who may not ask, and tells browsers what they may do with an answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from streams.console.access import refusal
from streams.console.pages import frame
from streams.console.problem import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Gate:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application do it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        scope["newswatch.token"] = self._token is not None
        asked = HTTPConnection(scope)
        refused = refusal(scope["path"], asked.headers, asked.cookies, token=self._token, now=time.time())
        if refused is None:
            await self._app(scope, receive, sealed)
            return
        if frame.wants_page(scope["method"], scope["path"], asked.headers):
            answer = frame.refused(asked, refused.status, refused.detail)
        else:
            answer = problem(refused.status, refused.detail)
        if refused.status == 401:  # noqa: PLR2004
            answer.headers["WWW-Authenticate"] = 'Bearer realm="newswatch"'
        await answer(scope, receive, sealed)
