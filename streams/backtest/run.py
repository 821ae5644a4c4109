"""A backtest from start to end: the history found, both sides made, and what differs told as it comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from agents.mentions.watchlist import load
from streams.backtest.compare import Range, Tally, compare
from streams.backtest.folder import Folder
from streams.backtest.side import Sent, Tried
from streams.backtest.topics import Topics
from streams.watches.publish import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from agents.mentions.watchlist import Watchlist
    from streams.backtest.compare import Difference
    from streams.backtest.history import History
    from streams.records import Sequenced
    from streams.settings import Settings

    Watched = Callable[[Iterable[Sequenced], int], AbstractContextManager[Iterable[Sequenced]]]


class RequestError(Exception):
    """What was asked for makes no backtest; the message says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to try, and on what."""

    watchlist: Path | None = None
    """None for the one in force."""
    against: Path | None = None
    """None for the one in force."""
    verify: bool = False
    """Whether to hold it against what was sent."""
    history: Path | None = None
    """Folder of a run; None for the topics."""
    within: Range = field(default_factory=Range)


class Named(NamedTuple):
    """A side as it is told."""

    version: str | None
    """None for what was sent."""
    place: str


@dataclass(slots=True)
class Result:
    """What came of it."""

    tally: Tally
    watchlist: Named
    against: Named
    watches: list[str]
    """Of either side, by name."""
    unmatched: int
    """Articles in which nothing could be looked for."""


def run(
    request: Request, settings: Settings, *, tell: Callable[[Difference], None], watched: Watched
) -> Result:
    """Go through the history and tell each difference as it is found.

    Args:
        request: what to try.
        settings: of the pipeline; those of the alert step count.
        tell: given each difference, in the order of the news.
        watched: shows how far it is; given the articles and how many there are at most.

    Raises:
        RequestError: there is nothing to try, or two things to hold it against.
        WatchlistError: a watchlist can't be taken.
        NamesError: nor can the user's own table of names, where a watch asks for entities.
        HistoryError: there is no history, or a record of it can't be read.
        KafkaUnusable: the topics are asked for and no broker answers, or it has none.
    """
    if request.verify and request.against:
        raise RequestError("--verify holds it against what was sent: leave out --against")
    if not request.verify and not request.watchlist:
        raise RequestError("name the watches to try: --watchlist FILE; or give --verify")
    start, end = request.within.start, request.within.end
    if start and end and start >= end:
        raise RequestError(f"--from is not before --to: no news is from {start} and before {end}")
    tried, place = _watchlist(request.watchlist, request, settings)
    other: tuple[Watchlist, str] | None = None
    if not request.verify:
        other = _watchlist(request.against, request, settings)
    history: History = (
        Folder(request.history, gap_timeout=settings.gap_timeout) if request.history else Topics(settings)
    )
    clocks = any(watch.clock for one in (tried, *(other or ())[:1]) for watch in one.watches)
    placed, window = history.placed(ticks=clocks), settings.dedup_window
    names = settings.names
    after = Tried(tried, window=window, placed=placed, names=names)
    before = Tried(other[0], window=window, placed=placed, names=names) if other else Sent(history.alerts())
    tally = Tally()
    with watched(history.articles(), history.total) as articles:
        for difference in compare(articles, before, after, request.within, tally):
            tell(difference)
    watches = {watch.name for watchlist in (tried, *(other or ())[:1]) for watch in watchlist.watches}
    return Result(
        tally,
        Named(tried.version, place),
        Named(other[0].version, other[1]) if other else Named(None, "the alerts that were sent"),
        sorted(watches | {watch for watch, _ in (*tally.before, *tally.after)}),
        after.unmatched,
    )


def _watchlist(file: Path | None, request: Request, settings: Settings) -> tuple[Watchlist, str]:
    """The one in a file; else the one in force: of the topic, unless a folder is read, or as configured."""
    if file is None and request.history is None:
        entries, _ = read(settings)
        if watchlist := entries.watchlist():
            return watchlist, "the topic watchlist"
    file = file or settings.watchlist
    return load(file), str(file)
