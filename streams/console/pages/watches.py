"""The watches in force: what each looks for, and how much it told lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from starlette.routing import Route

from streams.console import lookup_asked as asked
from streams.console.lookups_api import faults
from streams.console.pages import frame
from streams.console.pages.shown import web
from streams.subscribe.clean import clean

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from streams.console.api import Api
    from streams.console.watches import WatchRow

TERMS = 6
"""Shown at once; the rest is behind a click."""


class Row(NamedTuple):
    """A watch as the table shows it."""

    watch: WatchRow
    terms: list[str]
    more: list[str]
    left: int
    """Terms that are not told at all."""
    scope: list[str]
    """What an article has to be, a line for each respect."""
    runbook: str | None
    alerts: str
    """Address of its alerts."""
    story: str | None
    """Of its last alert."""


def routes(api: Api) -> list[BaseRoute]:
    """The page's address."""

    async def watches(request: Request) -> Response:
        page = asked.watches(request.query_params.multi_items())
        with faults():
            found = await api.lookups.watches(page)
        following = {"after": found.next, "limit": page.limit} if found.next else None
        return frame.page(
            request,
            "watches.html",
            found=found,
            rows=[row(watch) for watch in found.watches],
            following=f"/watches?{urlencode(following)}" if following else None,
            begun=bool(page.after),
        )

    return [Route("/watches", watches)]


def row(watch: WatchRow) -> Row:
    """A watch made ready to be shown."""
    terms = [clean(term) for term in watch.terms]
    stage = {"stage": "shadow"} if watch.stage == "shadow" else {}
    return Row(
        watch=watch,
        terms=terms[:TERMS],
        more=terms[TERMS:],
        left=watch.terms_total - len(terms),
        scope=list(_scope(watch)),
        runbook=web(watch.runbook_url),
        alerts="/?" + urlencode({"watch": watch.name, **stage}),
        story=f"/stories/{quote(watch.last_alert.story_id, safe='')}" if watch.last_alert else None,
    )


def _scope(watch: WatchRow) -> list[str]:
    found = []
    if watch.scope:
        for what, names in (
            ("in", watch.scope.languages),
            ("from", watch.scope.sources),
            ("naming", watch.scope.entities),
        ):
            if names:
                found.append(f"only {what} {clean(', '.join(names))}")
    if watch.claim:
        found.append(f"only {', '.join(watch.claim)}")
    if watch.cooldown_seconds:
        found.append(f"tells again after {watch.cooldown_seconds // 60:,} min at the earliest")
    if watch.clock:
        found.append("tells of dates as they come near")
    return found
