"""The console's addresses."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from streams.connect import KafkaUnusable
from streams.console import asked, events, feed, listing, lookups_api, session
from streams.console.access import bearer
from streams.console.asked import RequestError
from streams.console.gate import Gate
from streams.console.lookups import Lookups
from streams.console.lookups_api import json
from streams.console.measure import ConsoleMetrics
from streams.console.openapi import document
from streams.console.pages import addresses, frame
from streams.console.problem import problem
from streams.lag.observer import Observer
from streams.topology import ALERTS, SHADOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from streams.console.feed import Feed
    from streams.records import Stage
    from streams.settings import Settings

MOST_STREAMS = 200
"""Clients of the stream at once; each holds a connection."""
TOPICS: dict[Stage, str] = {"live": ALERTS, "shadow": SHADOW}
HERE = (
    f"here are /api/alerts, …/{{alert_id}}, …/stream, {lookups_api.HERE}, /api/openapi.json, /healthz, "
    "/readyz, /metrics; pages: /"
)


class Api:
    """Answers from the topics of alerts."""

    def __init__(self, settings: Settings, token: str | None) -> None:
        self._token = token
        self._streams = 0
        self._following: asyncio.Task[None] | None = None
        self.feeds: dict[Stage, Feed] = {stage: feed.Feed(settings, topic) for stage, topic in TOPICS.items()}
        self.observer = Observer(settings, others=True)
        self._metrics = ConsoleMetrics(self.feeds, lambda: self._streams, self.observer)
        self.lookups = Lookups(settings, seen=lambda: self.observer.seen)

    def app(self) -> ASGIApp:
        """The application, behind its gate."""
        routes = [
            Route("/api/alerts", self.list),
            Route("/api/alerts/stream", self.stream),
            Route("/api/alerts/{alert_id}", self.one),
            *lookups_api.routes(self.lookups),
            Route("/api/session", self.begin, methods=["POST"]),
            Route("/api/session", self.end, methods=["DELETE"]),
            Route("/api/openapi.json", self.openapi),
            Route("/healthz", self.healthz),
            Route("/readyz", self.readyz),
            Route("/metrics", self.metrics),
            *addresses.routes(self),
        ]
        handlers: Any = {HTTPException: _http, RequestError: _bad, KafkaUnusable: _unusable}
        return Gate(Starlette(routes=routes, exception_handlers=handlers, lifespan=self._life), self._token)

    def close(self) -> None:
        """End the streams."""
        for followed in self.feeds.values():
            followed.close()
        self.lookups.close()

    async def list(self, request: Request) -> Response:
        """A page of alerts."""
        now = datetime.now(UTC)
        wanted = asked.page(request.query_params.multi_items(), now)
        page = await listing.page(self.read(wanted.stage), wanted, now)
        return json(
            {
                "alerts": [msgspec.Raw(raw) for raw in page.alerts],
                "next": str(page.next) if page.next else None,
                "last_event_id": str(page.last),
            }
        )

    async def one(self, request: Request) -> Response:
        """Every revision of an alert."""
        stage = asked.one(request.query_params.multi_items())
        alert_id = request.path_params["alert_id"]
        found = await self.read(stage).revisions(alert_id)
        if not found:
            raise HTTPException(404, f"no alert {alert_id[:100]!r} is on the topic {TOPICS[stage]}")
        return json({"alert_id": alert_id, "revisions": [msgspec.Raw(record.raw) for record in found]})

    async def stream(self, request: Request) -> Response:
        """Alerts as they come."""
        wanted = asked.stream(
            request.query_params.multi_items(), request.headers.get(asked.RESUME), datetime.now(UTC)
        )
        return self.streaming(events.Telling(self.feeds[wanted.stage], wanted))

    async def begin(self, request: Request) -> Response:
        """A cookie for a browser that has the token."""
        if self._token is None or not bearer(request.headers, self._token):
            raise HTTPException(
                403, "a session begins with 'Authorization: Bearer …'; without a token none is needed"
            )
        response = Response(status_code=204)
        response.set_cookie(
            session.COOKIE,
            session.issue(self._token, time.time()),
            max_age=session.SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    async def end(self, request: Request) -> Response:  # noqa: ARG002  Starlette's signature
        """The cookie taken back."""
        response = Response(status_code=204)
        response.delete_cookie(session.COOKIE, httponly=True, samesite="strict")
        return response

    async def openapi(self, request: Request) -> Response:  # noqa: ARG002
        """This API's own description."""
        return json(document())

    async def healthz(self, request: Request) -> Response:  # noqa: ARG002
        """Whether it lives: it answers, and the topics are followed."""
        dead = self._following is not None and self._following.done()
        return json(self._facts(), 503 if dead else 200)

    async def readyz(self, request: Request) -> Response:  # noqa: ARG002
        """Whether it has read the topics, and the broker answers."""
        facts = self._facts()
        return json(facts, 200 if facts["ready"] else 503)

    async def metrics(self, request: Request) -> Response:
        """For Prometheus."""
        text, content_type = self._metrics.text(request.headers.get("accept", ""))
        return Response(text, headers={"content-type": content_type})

    def _facts(self) -> dict[str, Any]:
        unmet = list(dict.fromkeys(name for feed in self.feeds.values() for name in feed.unmet))
        return {
            "ready": not unmet,
            "unmet": unmet,
            "in_memory": {stage: len(feed.log) for stage, feed in self.feeds.items()},
            "streams": self._streams,
        }

    def streaming(self, telling: events.Telling) -> Response:
        """A stream, unless there are too many."""
        if self._streams >= MOST_STREAMS:
            return problem(
                503,
                f"{MOST_STREAMS} clients have a stream already, which is the most",
                headers={"Retry-After": "30"},
            )
        self._streams += 1
        return events.Response(telling, self._stream_ended)

    def read(self, stage: Stage) -> Feed:
        """The feed, once it is known what is on its topic.

        Raises:
            KafkaUnusable: it is not known yet.
        """
        if not self.feeds[stage].caught_up.is_set():
            raise KafkaUnusable(f"the topic {TOPICS[stage]} is still being read: ask again in a moment")
        return self.feeds[stage]

    def _stream_ended(self) -> None:
        self._streams -= 1

    @asynccontextmanager
    async def _life(self, app: Starlette) -> AsyncIterator[None]:  # noqa: ARG002
        self._following = asyncio.create_task(feed.follow(list(self.feeds.values())))
        looking = asyncio.create_task(self.lookups.run())
        self.observer.start()
        try:
            yield
        finally:
            await asyncio.to_thread(self.observer.stop)
            await feed.stop(self._following)
            await feed.stop(looking)


def _answer(
    request: Request,
    status: int,
    detail: str,
    *,
    parameter: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """What is wrong, as a page where a person looks at it."""
    if not frame.wants_page(request.method, request.url.path, request.headers):
        return problem(status, detail, parameter=parameter, headers=headers)
    answer = frame.refused(request, status, detail)
    answer.headers.update(headers or {})
    return answer


async def _http(request: Request, error: HTTPException) -> Response:
    detail = HERE if (error.status_code, error.detail) == (404, "Not Found") else error.detail
    return _answer(request, error.status_code, detail, headers=error.headers)


async def _bad(request: Request, error: RequestError) -> Response:
    return _answer(request, 400, str(error), parameter=error.parameter)


async def _unusable(request: Request, error: KafkaUnusable) -> Response:
    return _answer(request, 503, str(error), headers={"Retry-After": "5"})
