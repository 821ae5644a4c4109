"""The alerts: a page of them as they are now, which then follows what comes; and one by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.routing import Route

from streams.console import asked, listing
from streams.console.pages import frame
from streams.console.pages.choices import Choices
from streams.console.pages.filters import Filters
from streams.console.pages.live import LiveRows
from streams.console.pages.shown import shown
from streams.topology import ALERTS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from streams.console.api import Api


def routes(api: Api) -> list[BaseRoute]:
    """The page's addresses."""
    page = AlertsPage(api)
    return [
        Route("/", page.list),
        Route("/alerts/stream", page.stream),
        Route("/alerts/{alert_id}", page.one),
    ]


class AlertsPage:
    """Answers with pages what the API answers with JSON, from the same topics by the same code."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._choices = Choices(api.feeds["live"])

    async def list(self, request: Request) -> Response:
        """The newest alerts, or those older than a cursor."""
        now = datetime.now(UTC)
        filters = Filters(request.query_params.multi_items())
        wanted = asked.page(filters.pairs, now)
        feed = self._api.read(wanted.stage)
        found = await listing.page(feed, wanted, now)
        await self._choices.take_up()
        return frame.page(
            request,
            "alerts.html",
            alerts=[ready for raw in found.alerts if (ready := shown(raw))],
            filters=filters,
            choices=self._choices,
            older=filters.address(cursor=str(found.next)) if found.next else None,
            stream=None if wanted.cursor else filters.stream(str(found.last)),
            trouble=self._api.lookups.trouble(),
            empty_topic=feed.log.end == feed.log.begin,
        )

    async def stream(self, request: Request) -> Response:
        """What comes after, as pieces of that page."""
        wanted = asked.stream(
            request.query_params.multi_items(), request.headers.get(asked.RESUME), datetime.now(UTC)
        )
        return self._api.streaming(LiveRows(self._api.feeds[wanted.stage], wanted, self._api.lookups.trouble))

    async def one(self, request: Request) -> Response:
        """One alert with all its revisions, the newest first."""
        stage = asked.one(request.query_params.multi_items())
        alert_id = request.path_params["alert_id"]
        records = await self._api.read(stage).revisions(alert_id)
        revisions: list[Any] = [ready for record in reversed(records) if (ready := shown(record.raw))]
        if not revisions:
            raise HTTPException(404, f"no alert {alert_id[:100]!r} is on the topic {ALERTS}")
        return frame.page(request, "one-alert.html", revisions=revisions)
