"""The addresses below `/api/` of what is looked up, and what is said where that can't be answered."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from agents.mentions.watchlist import WatchlistError
from streams.console import lookup_asked as asked
from streams.console.asked import RequestError, given
from streams.console.lookups import UnknownArticleError
from streams.console.slow import BusyError, TooLongError
from streams.console.story import UnknownStoryError
from streams.why.explain import UnknownWatchError
from streams.why.history import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from streams.console.lookups import Lookups

HERE = "/api/stories/{story_id}, /api/articles/{article_id}, /api/articles?q=, /api/watches, /api/health"


AGAIN = {"Retry-After": "5"}


@contextmanager
def faults() -> Iterator[None]:
    """Say to who asks what stands in the way of an answer.

    Raises:
        HTTPException: it is not there, or can't be had just now.
        RequestError: no such watch.
    """
    try:
        yield
    except (UnknownStoryError, UnknownArticleError) as error:
        raise HTTPException(404, str(error)) from error
    except UnknownWatchError as error:
        raise RequestError("watch", str(error)) from error
    except TooLongError as error:
        # No 503: a page that gets one asks again by itself, and this would take as long again.
        raise HTTPException(504, str(error)) from error
    except (BusyError, HistoryError, WatchlistError) as error:
        raise HTTPException(503, str(error), headers=AGAIN) from error


def routes(lookups: Lookups) -> list[Route]:
    """The addresses."""

    async def story(request: Request) -> Response:
        story_id = asked.story_id(request.path_params["story_id"])
        most = asked.story(request.query_params.multi_items())
        with faults():
            return json(await lookups.story(story_id, most, request.receive))

    async def article(request: Request) -> Response:
        pairs = request.query_params.multi_items()
        question = asked.article(request.path_params["article_id"], pairs)
        with faults():
            return json((await lookups.article(question, request.receive)).explanation)

    async def articles(request: Request) -> Response:
        question = asked.articles(request.query_params.multi_items())
        with faults():
            return json((await lookups.article(question, request.receive)).explanation)

    async def watches(request: Request) -> Response:
        page = asked.watches(request.query_params.multi_items())
        with faults():
            return json(await lookups.watches(page))

    async def health(request: Request) -> Response:
        given(request.query_params.multi_items(), ())
        return json(lookups.state())

    return [
        Route("/api/stories/{story_id}", story),
        Route("/api/articles", articles),
        Route("/api/articles/{article_id}", article),
        Route("/api/watches", watches),
        Route("/api/health", health),
    ]


def json(content: Any, status: int = 200) -> Response:
    """An answer in JSON."""
    return Response(msgspec.json.encode(content) + b"\n", status, media_type="application/json")
