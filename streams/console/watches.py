"""The watches in force, and how much each has had to tell lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from agents.mentions.scope import Scope  # noqa: TC001  msgspec resolves annotations at run time
from agents.mentions.watchlist import assemble, load
from streams.console.known import Last, Tallied
from streams.records import Claim, Severity, Stage  # noqa: TC001

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from agents.mentions.watch import Watch
    from agents.mentions.watchlist import Watchlist
    from streams.console.known import Known

MOST = 500
"""Watches on a page."""
MOST_TERMS = 50
"""Of a watch that are told."""


class Lately(msgspec.Struct, frozen=True, kw_only=True):
    """How much there was in some time."""

    mentions: int
    """Articles that mentioned it, copies among them."""
    alerts: int
    """Sent for the first time; of a watch on trial, those that would have been."""
    revisions: int
    """Alerts sent again."""


class LastAlert(msgspec.Struct, frozen=True, kw_only=True):
    """The last alert of a watch."""

    alert_id: str
    story_id: str
    headline: str
    detected_at: datetime


class WatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """A watch."""

    name: str
    version: str
    """Another one where anything in the watch is another."""
    stage: Stage
    severity: Severity
    description: str
    runbook_url: str | None
    query: str | None
    terms: tuple[str, ...]
    """The first fifty."""
    terms_total: int
    scope: Scope | None
    claim: tuple[Claim, ...]
    cooldown_seconds: int
    clock: bool
    hour: Lately
    day: Lately
    last_alert: LastAlert | None
    """Among the alerts of the last day, and at least the newest 20,000; None where it has none there."""


class Watches(msgspec.Struct, frozen=True, kw_only=True):
    """The watchlist, and what became of it."""

    version: str
    source: Literal["file", "topic"]
    """`file`: the topic holds no watch, and the console knows the file only that it was started with."""
    workers: int
    """That live."""
    in_force: int | None
    """How many of them work by this version; None where none lives."""
    refused: tuple[str, ...]
    """What is wrong with records on the topic that are no watches."""
    counted_since: datetime
    """Later than a day ago where there was too much to read to begin with."""
    total: int
    watches: tuple[WatchRow, ...]
    next: str | None
    """`after` of the next page; None at the end."""


class InForce:
    """The watchlist that the console takes to be in force."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Watchlist | None = None

    def __call__(self, known: Known) -> tuple[Watchlist, Literal["file", "topic"]]:
        """The topic's, else the file's, which is read once.

        Raises:
            WatchlistError: neither can be taken.
        """
        if found := known.watchlist():
            return found, "topic"
        self._file = self._file or load(self._path)
        return self._file, "file"


def watches(
    known: Known, in_force: InForce, since: datetime, now: datetime, *, after: str = "", most: int = MOST
) -> Watches:
    """A page of the watches, in the order of their names.

    Args:
        known: what is known of the edition.
        in_force: the watchlist.
        since: from when on `known` has counted everything.
        now: wall clock.
        after: the page begins with the first name behind this one.
        most: watches on it.

    Raises:
        WatchlistError: the watchlist can't be taken.
    """
    watchlist, source = in_force(known)
    hour = known.watches.since(now - timedelta(hours=1))
    day = known.watches.since(now - timedelta(days=1))
    workers = known.workers(now)
    named = sorted((watch for watch in watchlist.watches if watch.name > after), key=lambda watch: watch.name)
    page = named[:most]
    return Watches(
        version=watchlist.version,
        source=source,
        workers=len(workers),
        in_force=sum(one.version == watchlist.version for one in workers) if workers else None,
        refused=tuple(known.bad.values())[:10],
        counted_since=since,
        total=len(watchlist.watches),
        watches=tuple(_row(watch, hour, day, known.last.get(watch.name)) for watch in page),
        next=page[-1].name if len(named) > most else None,
    )


def _row(watch: Watch, hour: Counter[Tallied], day: Counter[Tallied], last: Last | None) -> WatchRow:
    return WatchRow(
        name=watch.name,
        version=assemble([(watch, None)]).version,
        stage=watch.stage,
        severity=watch.severity,
        description=watch.description,
        runbook_url=watch.runbook_url,
        query=watch.query,
        terms=watch.terms[:MOST_TERMS],
        terms_total=len(watch.terms),
        scope=watch.scope,
        claim=watch.claim,
        cooldown_seconds=watch.cooldown,
        clock=watch.clock,
        hour=_lately(watch.name, hour),
        day=_lately(watch.name, day),
        last_alert=LastAlert(
            alert_id=last.alert_id, story_id=last.story_id, headline=last.headline, detected_at=last.at
        )
        if last
        else None,
    )


def _lately(name: str, counts: Counter[Tallied]) -> Lately:
    mentions, alerts, revisions = (
        counts[Tallied(name, what)] for what in ("mentions", "alerts", "revisions")
    )
    return Lately(mentions=mentions, alerts=alerts, revisions=revisions)
