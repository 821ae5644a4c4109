"""How an edition is, in words: why it is silent, if it is, and when something last came."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from streams.console.state import Articles, State, Step

QUIET = timedelta(minutes=15)
"""Without an article for so long, the silence is the news'."""


def answers(found: State, silent_seconds: float, now: datetime) -> Iterator[str]:
    """Say how an edition is, the weightiest first.

    Args:
        found: all that is known of it.
        silent_seconds: since the broker last answered.
        now: wall clock.
    """
    if not found.broker:
        yield (
            f"No broker has answered for {ago(timedelta(seconds=silent_seconds))}: nothing comes in, and "
            "what is told here is what was known before."
        )
        return
    if found.articles is None:
        yield "The topics of the last day are still being read: ask again in a moment."
        return
    trouble = [*_workers(found), *_behind(found)]
    yield from trouble
    yield from _news(found.articles, now, silent=not trouble)


def trouble(found: State) -> str | None:
    """Why an alert may not come though there is news for it, the weightiest reason; None where none is known.

    What is not known yet is no reason, and a broker that is silent is told of elsewhere.
    """
    if not found.broker or found.articles is None:
        return None
    return next(chain(_workers(found), _behind(found, unknown=False)), None)


def _workers(found: State) -> Iterator[str]:
    if not found.workers:
        yield (
            "No worker runs, or it would have been heard of in the last minute: nothing is worked on until "
            "one is started ('newswatch worker')."
        )
    elif found.watchlist.agreed is False:
        versions = "; ".join(f"{one.worker} has {one.version}" for one in found.workers)
        yield f"The workers work by different watchlists: {versions}."
    for one in found.workers:
        if one.refused:
            yield f"{one.worker} has not taken the watchlist on the topic: {one.refused}"


def _behind(found: State, *, unknown: bool = True) -> Iterator[str]:
    for one in found.steps:
        if one.condition == "stopped":
            yield f"{one.step} stands still{_waiting(one)}, and none was read in the last minute."
        elif one.condition == "behind":
            pace = f", and it reads {one.read_per_second:.1f} a second" if one.read_per_second else ""
            yield f"{one.step} is behind{_waiting(one)}{pace}."
        elif one.condition == "unread":
            yield f"{one.step} has never read {' and '.join(one.topics)}{_waiting(one)}."
        elif one.condition == "unknown" and unknown:
            yield f"How far {one.step} is could not be seen."


def _waiting(one: Step) -> str:
    """What waits for a step, after its name."""
    if one.lag_records is None:
        return ""
    records = f": {one.lag_records:,} {'record waits' if one.lag_records == 1 else 'records wait'}"
    oldest = f", the oldest for {ago(timedelta(seconds=one.lag_seconds))}" if one.lag_seconds else ""
    return records + oldest


def _news(articles: Articles, now: datetime, *, silent: bool) -> Iterator[str]:
    if silent:
        yield "Nothing waits: whatever came is worked off."
    if articles.last_arrived is None:
        yield (
            "No article has come that is still on the topics: publish some with 'newswatch replay' or "
            "'newswatch feeds'."
        )
        return
    age = now - articles.last_arrived
    if age > QUIET:
        yield (
            f"The last article came {ago(age)} ago: if news should be coming, look at what publishes it "
            "('newswatch feeds', your producer)."
        )
    else:
        yield f"The last article came {ago(age)} ago."
    if articles.last_alert is None:
        yield "No alert has been sent that is still on the topic."
    else:
        yield f"The last alert was sent {ago(now - articles.last_alert)} ago."


def ago(time: timedelta) -> str:
    """How long, in the two largest units at most."""
    seconds = max(0, int(time.total_seconds()))
    for unit, size, smaller, part in (
        ("day", 86_400, "h", 3_600),
        ("h", 3_600, "min", 60),
        ("min", 60, "s", 1),
    ):
        if seconds >= size:
            count, rest = divmod(seconds, size)
            many = f"{count} {unit}{'s' if unit == 'day' and count > 1 else ''}"
            return f"{many} {rest // part} {smaller}" if rest // part else many
    return f"{seconds} s"
