"""A story put together from the topics: its articles in order, the alerts it raised, what was held back."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any

import msgspec

from streams.console.story_page import Count, Held, Linked, Raised, Revision, StoryPage, Told
from streams.records import Alert, Coverage, Outcome, Silence, Story, Suppressed, SuppressedReason
from streams.topology import ALERTS, OUTCOMES, SHADOW, SILENCES, STORIES, SUPPRESSED
from streams.why.answer import held
from streams.why.find import entry, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.why.history import History

MOST_ALERTS = 100
"""Of a story. It has one for each watch that it mentions, and some for dates."""
MOST_REVISIONS = 50
"""Of an alert, the newest."""


class UnknownStoryError(Exception):
    """No topic knows the story; the message says where to look instead."""


def gather(history: History, story_id: str, most: int) -> StoryPage:
    """Put a story together.

    Args:
        history: where to look.
        story_id: of the story.
        most: articles, and lines of the ledger, that are told.

    Raises:
        UnknownStoryError: there is no such story.
    """
    first, newest, total = _articles(history, story_id, most)
    record = _record(history, story_id)
    raised, alerts_total = _alerts(history, story_id)
    lines, counts = _ledger(history, story_id, most)
    if not (total or record or raised or lines):
        raise UnknownStoryError(f"no story {story_id!r} is on the topics: it never was, or it is gone by now")
    told = tuple(_told(one) for one in ([first] if first else []) + newest)
    begin = record or (told[0] if told else None)
    return StoryPage(
        story_id=story_id,
        headline=begin.headline if begin else None,
        source=begin.source if begin else None,
        uri=begin.uri if begin else None,
        coverage=record.coverage if record else _alone(told),
        outlets=record.outlets if record else tuple(dict.fromkeys(one.source for one in told if one.source)),
        first_time=record.first_time if record else told[0].event_time if told else None,
        last_time=record.last_time if record else told[-1].event_time if told else None,
        articles_total=total,
        articles=told,
        links=_links(history, record),
        alerts_total=alerts_total,
        alerts=raised,
        ledger_total=sum(counts.values()),
        ledger_counts=tuple(
            Count(watch=watch, reason=reason, count=count)
            for (watch, reason), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1]))
        ),
        ledger=lines,
    )


def _articles(history: History, story_id: str, most: int) -> tuple[Outcome | None, list[Outcome], int]:
    """The first article, the newest of the others, and how many there are.

    Raises:
        UnknownStoryError: it is an article of another story.
    """
    first: Outcome | None = None
    newest: deque[Outcome] = deque(maxlen=most - 1)
    total, other = 0, None
    for record in history.scan(OUTCOMES, said(story_id)):
        one = entry(record.value)
        if not isinstance(one, Outcome) or one.redelivered:
            continue
        if one.story_id != story_id:
            other = one.story_id if one.article_id == story_id else other
        elif one.article_id == story_id and one.status == "new":
            first, total = first or one, total + (first is None)
        else:
            newest.append(one)
            total += 1
    if other and not total:
        raise UnknownStoryError(f"{story_id!r} is an article of the story {other}: ask for that one")
    return first, sorted(newest, key=lambda one: one.seq), total


def _told(one: Outcome) -> Told:
    verdict = one.verdict
    return Told(
        article_id=one.article_id or "",
        seq=one.seq,
        status=one.status,
        source=one.source,
        headline=one.headline,
        uri=one.uri,
        name=one.name,
        event_time=one.event_time,
        arrived=one.arrived,
        method=verdict.method if verdict else None,
        similarity=verdict.similarity if verdict else None,
        duplicate_of=verdict.duplicate_of if verdict else None,
        compared=verdict.compared if verdict else None,
        watches=tuple(dict.fromkeys(mention.watch for mention in one.mentions)),
    )


def _alone(told: tuple[Told, ...]) -> Coverage | None:
    """Of a story of one article, which has no record of its own."""
    if len(told) != 1 or told[0].status != "new":
        return None
    return Coverage(articles=1, outlets=1 if told[0].source else 0, first_outlet=told[0].source)


_story = msgspec.json.Decoder(Story).decode
_alert = msgspec.json.Decoder(Alert).decode
_suppressed = msgspec.json.Decoder(Suppressed).decode
_silence = msgspec.json.Decoder(Silence).decode


def _record(history: History, story_id: str) -> Story | None:
    found = None
    for record in history.scan(STORIES, said(story_id)):
        one = _story(record.value)
        found = one if one.story_id == story_id else found
    return found


def _links(history: History, record: Story | None) -> tuple[Linked, ...]:
    if record is None or not record.links:
        return ()
    headlines: dict[str, str] = {}
    for found in history.scan(STORIES, *(said(link.story_id) for link in record.links)):
        one = _story(found.value)
        headlines[one.story_id] = one.headline
    return tuple(
        Linked(
            story_id=link.story_id,
            headline=headlines.get(link.story_id),
            article_id=link.article_id,
            seq=link.seq,
        )
        for link in record.links
    )


def _alerts(history: History, story_id: str) -> tuple[tuple[Raised, ...], int]:
    """The first alerts, and how many there are."""
    found: dict[str, deque[Alert]] = {}
    dated = False
    for alert in _scan(history, story_id):
        if alert.story_id == story_id:
            found.setdefault(alert.alert_id, deque(maxlen=MOST_REVISIONS)).append(alert)
            dated = dated or any(mention.due for mention in alert.mentions)
    ids = [] if not dated else list(found)[:MOST_ALERTS]
    for alert in _scan(history, *ids) if ids else ():
        # What was told of a date is under the first story that named it, and names the alerts of the others.
        if alert.story_id != story_id and alert.deadline and not set(ids).isdisjoint(alert.deadline.alerts):
            found.setdefault(alert.alert_id, deque(maxlen=MOST_REVISIONS)).append(alert)
    return tuple(_raised(revisions) for revisions in list(found.values())[:MOST_ALERTS]), len(found)


def _scan(history: History, *ids: str) -> Iterator[Alert]:
    for topic in (ALERTS, SHADOW):
        for record in history.scan(topic, *map(said, ids)):
            yield _alert(record.value)


def _raised(revisions: deque[Alert]) -> Raised:
    newest = revisions[-1]
    return Raised(
        alert_id=newest.alert_id,
        watch=newest.watch,
        severity=newest.severity,
        stage=newest.stage,
        deadline=newest.deadline,
        revisions=tuple(
            Revision(
                revision=one.revision,
                article_id=one.article_id,
                seq=one.seq,
                headline=one.headline,
                source=one.source,
                event_time=one.event_time,
                detected_at=one.detected_at,
                change=one.change,
                changes=one.changes,
                coverage=one.coverage,
                suppressed=one.suppressed,
            )
            for one in revisions
        ),
    )


def _ledger(
    history: History, story_id: str, most: int
) -> tuple[tuple[Held, ...], Counter[tuple[str, SuppressedReason]]]:
    newest: deque[Suppressed] = deque(maxlen=most)
    counts: Counter[tuple[str, SuppressedReason]] = Counter()
    for record in history.scan(SUPPRESSED, said(story_id)):
        one = _suppressed(record.value)
        if one.story_id == story_id:
            newest.append(one)
            counts[one.watch, one.reason] += 1
    asked = {one.silence for one in newest if one.silence}
    silences: dict[Any, Silence] = {}
    for record in history.scan(SILENCES, *map(said, sorted(asked))) if asked else ():
        known = _silence(record.value)
        silences[known.silence_id] = known
    return tuple(_held(one, silences.get(one.silence)) for one in newest), counts


def _held(one: Suppressed, silence: Silence | None) -> Held:
    return Held(
        watch=one.watch,
        reason=one.reason,
        why=held(one, silence=silence),
        alert_id=one.alert_id,
        article_id=one.article_id,
        seq=one.seq,
        source=one.source,
        headline=one.headline,
        event_time=one.event_time,
        detected_at=one.detected_at,
        deadline=one.deadline,
    )
