"""Why is it silent? Each step's pace and lag, workers, pipeline and watchlist, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from streams.console.asked import given
from streams.console.pages import frame

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from streams.console.api import Api
    from streams.console.state import Condition, State
    from streams.records import Status

CONDITION: dict[Condition, str] = {
    "ok": "keeps up",
    "behind": "is behind",
    "stopped": "stands still",
    "unread": "was never read",
    "unknown": "not seen",
}
STATUS: dict[Status, str] = {
    "new": "new",
    "exact_duplicate": "the same text as before",
    "near_duplicate": "near copies",
    "update": "new versions",
    "rejected": "refused",
}


def routes(api: Api) -> list[BaseRoute]:
    """The page's address."""

    async def health(request: Request) -> Response:
        given(request.query_params.multi_items(), ())
        found = api.lookups.state()
        return frame.page(
            request, "health.html", found=found, well=well(found), conditions=CONDITION, statuses=STATUS
        )

    return [Route("/health", health)]


def well(found: State) -> bool:
    """Whether nothing stands in the way of news and alerts."""
    return (
        found.broker
        and found.articles is not None
        and bool(found.workers)
        and found.watchlist.agreed is True
        and not any(one.refused for one in found.workers)
        and all(step.condition == "ok" for step in found.steps)
    )
