"""Every page's addresses, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.console.pages import alerts, articles, assets, health, stories, watches

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from streams.console.api import Api


def routes(api: Api) -> list[BaseRoute]:
    """What is served to people."""
    return [
        *assets.routes(),
        *alerts.routes(api),
        *stories.routes(api),
        *articles.routes(api),
        *watches.routes(api),
        *health.routes(api),
    ]
