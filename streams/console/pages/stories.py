"""A story: its articles in the order of the news, each with what it raised and what was held back."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from starlette.routing import Route

from streams.console import lookup_asked as asked
from streams.console.lookups_api import faults
from streams.console.pages import frame
from streams.console.pages.shown import changed, outlet
from streams.subscribe.clean import clean
from streams.topology import ARTICLES
from streams.why.answer import HELD
from streams.why.verdict import facts, why_not

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from streams.console.api import Api
    from streams.console.pages.shown import Link
    from streams.console.story_page import Held, Raised, Revision, StoryPage, Told
    from streams.records import Status

STATUS: dict[Status, str] = {
    "new": "first article",
    "exact_duplicate": "the same text",
    "near_duplicate": "near copy",
    "update": "new version",
    "rejected": "refused",
}
METHOD = {
    "content_hash": "every word is the same",
    "jaccard": "of the word sequences of both are the same",
    "containment": "of the shorter text is in the longer",
    "words": "of the words are the same",
    "uri": "of the text is as before, under the same address",
}
"""What the likeness says, by the measure that decided."""


class Sent(NamedTuple):
    """An alert as an article raised it, or had it sent again."""

    alert: Raised
    revision: Revision
    changes: list[tuple[str, str | None, str | None]]
    """What is another, from what to what."""


class Moment(NamedTuple):
    """An article of the story, and what became of it."""

    article: Told
    headline: str
    status: str
    outlet: Link
    why: str
    """Its id; where others in the story have the same, its place."""
    likeness: str | None
    no_copy: str | None
    """Why it is none, though it is like the one it was held against."""
    differs: list[str]
    """What is in one of the two texts only, a line for each list."""
    sent: list[Sent]
    held: list[Held]
    after: str | None
    """How long after the first article it came, by event time."""


def routes(api: Api) -> list[BaseRoute]:
    """The page's address."""

    async def story(request: Request) -> Response:
        story_id = asked.story_id(request.path_params["story_id"])
        most = asked.story(request.query_params.multi_items())
        with faults():
            found = await api.lookups.story(story_id, most, request.receive)
        moments, beside = timeline(found)
        return frame.page(
            request,
            "story.html",
            story=found,
            headline=clean(found.headline or "") or "(no headline)",
            outlet=moments[0].outlet
            if moments and found.source is None
            else outlet(found.source, None, found.uri),
            moments=moments,
            beside=beside,
            reasons=HELD,
            left_out=found.articles_total - len(found.articles),
        )

    return [Route("/stories/{story_id}", story)]


def timeline(story: StoryPage) -> tuple[list[Moment], list[Sent | Held]]:
    """Each article with what it led to; and beside them what belongs to none that is told."""
    sent: dict[int, list[Sent]] = defaultdict(list)
    held: dict[int, list[Held]] = defaultdict(list)
    beside: list[Sent | Held] = []
    told = {article.seq for article in story.articles}
    for alert in story.alerts:
        for revision in alert.revisions:
            one = Sent(alert, revision, changed(revision.changes))
            # What is told of a date is told when the date comes near, not when an article came.
            if revision.seq in told and alert.deadline is None:
                sent[revision.seq].append(one)
            else:
                beside.append(one)
    for line in story.ledger:
        if line.seq in told and line.deadline is None:
            held[line.seq].append(line)
        else:
            beside.append(line)
    ids = Counter(article.article_id for article in story.articles)
    moments = [
        _moment(
            story.articles[0],
            article,
            sent[article.seq],
            held[article.seq],
            alone=ids[article.article_id] == 1,
        )
        for article in story.articles
    ]
    return moments, beside


def _moment(first: Told, article: Told, sent: list[Sent], held: list[Held], *, alone: bool) -> Moment:
    compared = article.compared
    differs = [clean(line) for line in facts(compared)] if compared else []
    seconds = (article.event_time - first.event_time).total_seconds()
    return Moment(
        article=article,
        headline=clean(article.headline or "") or "(no headline)",
        status=_status(article, first),
        outlet=outlet(article.source, article.name, article.uri),
        why=article.article_id if alone else f"{ARTICLES}:0:{article.seq}",
        likeness=_likeness(article),
        no_copy=why_not(compared.turned_down) if compared and compared.turned_down else None,
        differs=differs,
        sent=sent,
        held=held,
        after=None if article is first else _after(seconds),
    )


def _status(article: Told, first: Told) -> str:
    # One that says the opposite of what it is like is new, and the story goes on.
    goes_on = article.status == "new" and article is not first
    return "new text, same story" if goes_on else STATUS[article.status]


def _likeness(article: Told) -> str | None:
    if article.similarity is None:
        return None
    if article.method == "content_hash":
        return METHOD["content_hash"]
    return f"{article.similarity:.0%} {METHOD.get(article.method or '', article.method or 'alike')}"


def _after(seconds: float) -> str:
    """How long after, in one unit: '12 min later'."""
    late = "later" if seconds >= 0 else "earlier"
    seconds = abs(seconds)
    for unit, size in (("days", 2 * 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // (86400 if unit == 'days' else size):.0f} {unit} {late}"
    return f"{seconds:.0f} s {late}"
