"""How an edition is: each step's pace and lag, its workers, and in words why it is silent, if it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from streams.console.feed import SILENT_SECONDS
from streams.console.in_words import answers
from streams.records import Model, Status  # noqa: TC001  msgspec resolves annotations at run time
from streams.topology import ALERTS, ARTICLES, ENRICHED, OUTCOMES, RAW, REPEATS, UNIQUE
from streams.watches.applied import Applied  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from streams.console.known import Known
    from streams.console.pace import Rate

STEPS: Mapping[str, tuple[str, ...]] = {
    "ingest": (RAW,),
    "deduplicate": (ARTICLES,),
    "entities": (UNIQUE,),
    "mentions": (ENRICHED, REPEATS),
    "alerts": (OUTCOMES,),
    "webhook": (ALERTS,),
}
"""What each step reads."""
BEHIND_SECONDS = 60.0
"""A record that has waited for so long is worth a word."""

Condition = Literal["ok", "behind", "stopped", "unread", "unknown"]
"""`behind`: records wait; `stopped`: they wait and none is read; `unread`: nobody has read the topic yet;
`unknown`: the brokers did not say."""


class Unread(NamedTuple):
    """What the workers have not read of a topic."""

    records: int
    seconds: float
    """Age of the oldest."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step."""

    step: str
    topics: tuple[str, ...]
    """That it reads."""
    condition: Condition
    written_per_second: float | None
    """Records for it, in the last minute; None where nobody can tell."""
    read_per_second: float | None
    """That it has read and acknowledged."""
    lag_records: int | None
    lag_seconds: float | None
    """Age of the oldest unread record; None where nobody can tell."""


class Articles(msgspec.Struct, frozen=True, kw_only=True):
    """Articles that were settled, by status and the time they arrived."""

    hour: dict[Status, int]
    day: dict[Status, int]
    last_arrived: datetime | None
    last_alert: datetime | None


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """The watchlist that workers say they work by."""

    version: str | None
    """None where they differ, or none says anything."""
    agreed: bool | None
    watches: int | None
    source: str | None
    last_decided_by: str | None
    """Version that decided about the newest article."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How an edition is."""

    answers: tuple[str, ...]
    """In words, the weightiest first."""
    broker: bool
    """Whether it answers."""
    steps: tuple[Step, ...]
    workers: tuple[Applied, ...]
    """That live: heard of in the last minute, and not stopped."""
    model: Model | None
    """That found the entities of the newest article that was searched for any; None where none was."""
    watchlist: InForce
    articles: Articles | None
    """None while the topics are being read."""
    counted_since: datetime | None


def state(
    known: Known | None,
    since: datetime | None,
    rate: Callable[[str], Rate],
    lags: Mapping[str, Unread] | None,
    *,
    silent_seconds: float,
    now: datetime,
) -> State:
    """Say how it is.

    Args:
        known: what the topics say; None while they are being read.
        since: from when on they were read.
        rate: pace of a topic.
        lags: what is unread, by topic; None where nobody has looked.
        silent_seconds: since the broker last answered.
        now: wall clock.
    """
    broker = silent_seconds <= SILENT_SECONDS
    steps = tuple(_step(step, topics, rate, lags) for step, topics in STEPS.items())
    # A webhook is there only where an address is set.
    steps = tuple(one for one in steps if one.step != "webhook" or one.condition not in ("unread", "unknown"))
    workers = tuple(known.workers(now)) if known else ()
    articles = _articles(known, now) if known else None
    in_force = _in_force(workers, known.decided_by if known else None)
    found = State(
        answers=(),
        broker=broker,
        steps=steps,
        workers=workers,
        model=known.model if known else None,
        watchlist=in_force,
        articles=articles,
        counted_since=since,
    )
    told = tuple(answers(found, silent_seconds, now))
    return msgspec.structs.replace(found, answers=told)


def _step(
    step: str, topics: tuple[str, ...], rate: Callable[[str], Rate], lags: Mapping[str, Unread] | None
) -> Step:
    rates = [rate(topic) for topic in topics]
    written, read = _sum([one.written for one in rates]), _sum([one.read for one in rates])
    unread = _sum([one.unread for one in rates])
    found = [lags[topic] for topic in topics if lags and topic in lags]
    age = max((one.seconds for one in found), default=None)
    started = unread is not None
    if found:
        unread = sum(one.records for one in found)
    return Step(
        step=step,
        topics=topics,
        condition=_condition(rates, read, unread, age, started=started),
        written_per_second=written,
        read_per_second=read,
        lag_records=int(unread) if unread is not None else None,
        lag_seconds=age,
    )


def _condition(
    rates: list[Rate], read: float | None, unread: float | None, age: float | None, *, started: bool
) -> Condition:
    if all(one.written is None and one.unread is None for one in rates):
        return "unknown"
    if unread == 0:
        return "ok"
    if not started:
        return "unread"
    if read == 0 and (age is None or age > BEHIND_SECONDS):
        return "stopped"
    return "behind" if age is None or age > BEHIND_SECONDS else "ok"


def _sum(values: list[float | None] | list[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _articles(known: Known, now: datetime) -> Articles:
    return Articles(
        hour=dict(known.articles.since(now - timedelta(hours=1))),
        day=dict(known.articles.since(now - timedelta(days=1))),
        last_arrived=known.last_arrived,
        last_alert=known.last_alert,
    )


def _in_force(workers: tuple[Applied, ...], decided_by: str | None) -> InForce:
    versions = {one.version for one in workers}
    one = workers[0] if len(versions) == 1 else None
    return InForce(
        version=one.version if one else None,
        agreed=len(versions) == 1 if workers else None,
        watches=one.watches if one else None,
        source=one.source if one else None,
        last_decided_by=decided_by,
    )
