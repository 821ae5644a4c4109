"""Why an article did or did not alert: what decided first, then its path, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from starlette.routing import Route

from streams.console import lookup_asked as asked
from streams.console.lookups_api import faults
from streams.console.pages import frame
from streams.console.pages.linked import Piece, linked
from streams.console.pages.marked import passages
from streams.console.pages.shown import Link, web
from streams.subscribe.clean import clean
from streams.why.show import MOST_SILENT, short, steps

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from streams.console.api import Api
    from streams.console.lookups import Answered
    from streams.console.pages.marked import Passage
    from streams.why.explanation import Explanation, Judged

Word = Literal["alert", "held", "near", "none"]
"""What came of a watch. `near`: its words are there, and did not count; `none`: they are not."""
STEPS = {
    "input": "Input",
    "parsed": "Parsed",
    "verdict": "Copy or new",
    "story": "Story",
    "entities": "Entities",
    "watches": "Watches",
    "alerts": "Alerts",
    "records": "Records",
}


class Watch(NamedTuple):
    """What a watch made of the article."""

    name: str
    word: Word
    said: str
    """The word for it."""
    answer: list[Piece]
    reason: str | None
    """The clause that decides by today's watchlist: what would have to differ."""
    first: list[Passage]
    more: list[Passage]
    differs: str | None


def routes(api: Api) -> list[BaseRoute]:
    """The page's addresses."""

    async def article(request: Request) -> Response:
        pairs = request.query_params.multi_items()
        question = asked.article(request.path_params["article_id"], pairs)
        return await _answer(api, request, question)

    async def articles(request: Request) -> Response:
        if not request.query_params.get("q", "").strip():
            return frame.page(request, "find-article.html")
        return await _answer(api, request, asked.articles(request.query_params.multi_items()))

    return [Route("/articles", articles), Route("/articles/{article_id}", article)]


async def _answer(api: Api, request: Request, question: asked.Question) -> Response:
    with faults():
        found = await api.lookups.article(question, request.receive)
    return frame.page(request, "article.html", **_values(found, question))


def _values(found: Answered, question: asked.Question) -> dict[str, Any]:
    one = found.explanation
    watches = [judged(watch) for watch in one.watches]
    silent = [watch for watch in watches if watch.word == "none" and question.watch is None]
    return {
        "headline": _headline(one),
        "outlet": _outlet(one),
        "answers": [(linked(clean(line)), line.startswith("alert for")) for line in one.answers],
        "steps": [
            (STEPS[label], [(linked(line.text), line.under) for line in told])
            for label, told in steps(one).items()
            if told
        ],
        "watches": [watch for watch in watches if watch not in silent],
        "silent": silent[:MOST_SILENT],
        "silent_more": len(silent) - MOST_SILENT,
        "others": [(short(version), f"news.articles:0:{version.seq}") for version in found.others],
        "only": question.watch,
        "asked": question.article,
    }


def _headline(one: Explanation) -> str:
    if one.read is None:
        return "A refused input" if one.refused else "An input on its way"
    return clean(one.read.headline) or "(no headline)"


def _outlet(one: Explanation) -> Link | None:
    if one.read is None:
        return None
    return Link(
        clean(one.read.source or one.read.name or one.read.uri or "unknown source"), web(one.read.uri)
    )


def judged(one: Judged) -> Watch:
    """What a watch made of it, made ready to be shown."""
    clause = one.clause
    first, more = passages(clause.mentions) if clause else ([], [])
    word = _word(one)
    return Watch(
        name=clean(one.watch),
        word=word,
        said={"alert": "alert", "held": "held back", "near": "did not count", "none": "not mentioned"}[word],
        answer=linked(clean(one.answer)),
        reason=clean(clause.reason) if clause else None,
        first=first,
        more=more,
        differs=clean(one.differs) if one.differs else None,
    )


def _word(one: Judged) -> Word:
    if one.reason:
        return "held"
    if one.alert or one.mentioned:
        return "alert" if one.alert else "held"
    near = one.clause is not None and one.clause.decided in ("claim", "scope")
    return "near" if near or one.differs else "none"
