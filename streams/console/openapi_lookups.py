"""What the OpenAPI document says of stories, articles, watches and health."""

from __future__ import annotations

from typing import Any

from streams.console.asked import LONGEST, MOST
from streams.console.lookup_asked import ID, LONGEST_QUESTION, PLACE, STORY_LIMIT, WATCHES_LIMIT
from streams.console.problem import MEDIA_TYPE
from streams.console.slow import AT_ONCE, SECONDS, WAITING
from streams.console.state import State
from streams.console.story_page import StoryPage
from streams.console.watches import Watches
from streams.why.explanation import Explanation

ANSWERS = (StoryPage, Explanation, Watches, State)

_WATCH = {
    "name": "watch",
    "in": "query",
    "description": "Tell of this watch only.",
    "schema": {"type": "string", "maxLength": LONGEST},
}
_SLOW = (
    f"The topics are looked through for it, which takes seconds where they hold 100,000 articles: {AT_ONCE} "
    f"at a time, {WAITING} wait, none takes longer than {SECONDS:.0f} s."
)


def paths(bad: dict[str, Any], refused: dict[str, Any]) -> dict[str, Any]:
    """The addresses.

    Args:
        bad: the response to parameters that can't be taken.
        refused: those to who may not ask.
    """
    common = {**bad, **refused}
    slow = {
        **common,
        "404": _problem("No topic knows it."),
        "503": _problem("The broker does not answer, or too many ask; `Retry-After` says when again."),
        "504": _problem("It took too long."),
    }
    reading = {"503": _problem("The topics are still being read, or the watchlist can't be.")}
    return {
        "/api/stories/{story_id}": {
            "get": {
                "operationId": "getStory",
                "summary": "A story: its articles, its alerts, and what was held back.",
                "description": _SLOW,
                "parameters": [
                    _path("story_id", "`article_id` of its first article.", f"^{ID}$"),
                    _limit(
                        "Of articles, and of lines of the ledger: the first article, and the newest.",
                        STORY_LIMIT,
                    ),
                ],
                "responses": {"200": _json("The story.", "StoryPage"), **slow},
            }
        },
        "/api/articles": {
            "get": {
                "operationId": "findArticle",
                "summary": "The same by URI, name, id or place.",
                "description": f"Of several versions and copies the newest. {_SLOW}",
                "parameters": [
                    {
                        "name": "q",
                        "in": "query",
                        "required": True,
                        "description": "A URI in any spelling, its producer's name for it, an id or a place.",
                        # At least one character that is no space.
                        "schema": {"type": "string", "maxLength": LONGEST_QUESTION, "pattern": r"\S"},
                    },
                    _WATCH,
                ],
                "responses": {"200": _json("The article explained.", "Explanation"), **slow},
            }
        },
        "/api/articles/{article_id}": {
            "get": {
                "operationId": "explainArticle",
                "summary": "Why an article did or did not alert, as `newswatch why … --json` tells it.",
                "description": f"Of several versions the newest. {_SLOW}",
                "parameters": [
                    _path(
                        "article_id",
                        "Its id, or a place: `news.raw:0:17` is the input that was read there, "
                        "`news.articles:0:12` the one whose `seq` is 12.",
                        f"^(?:{ID}|{PLACE})$",
                    ),
                    _WATCH,
                ],
                "responses": {"200": _json("The article explained.", "Explanation"), **slow},
            }
        },
        "/api/watches": {
            "get": {
                "operationId": "listWatches",
                "summary": "The watches in force by name, and what each told in the last hour and day.",
                "parameters": [
                    {
                        "name": "after",
                        "in": "query",
                        "description": "The `next` of the page before.",
                        "schema": {"type": "string", "maxLength": LONGEST},
                    },
                    _limit("Of watches on a page.", WATCHES_LIMIT),
                ],
                "responses": {"200": _json("A page of watches.", "Watches"), **common, **reading},
            }
        },
        "/api/health": {
            "get": {
                "operationId": "getState",
                "summary": "How the edition is: each step's pace and lag, workers, pipeline, watchlist.",
                "description": "In `answers` in words, the weightiest first; without a broker, too. "
                "Paces are those of the last minute.",
                "responses": {"200": _json("How it is.", "State"), **common},
            }
        },
    }


def _path(name: str, description: str, pattern: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "pattern": pattern},
    }


def _limit(description: str, default: int) -> dict[str, Any]:
    return {
        "name": "limit",
        "in": "query",
        "description": description,
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": default},
    }


def _json(description: str, name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}
