"""One side of a comparison: what a watchlist gives on the news, or what was sent of them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from agents.alerts.desk import Desk
from agents.alerts.policy import policies
from agents.mentions.match import Matcher
from agents.mentions.settle import MOST_MENTIONS, settle
from streams.records import Alert, Tick
from streams.topology import ALERTS, SHADOW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta
    from pathlib import Path

    from agents.alerts.turn import Turn
    from agents.mentions.watchlist import Watchlist
    from streams.backtest.placed import Placed
    from streams.records import Sequenced


class Side(Protocol):
    """Gives the alerts of the news, up to each article."""

    def alerts(self, article: Sequenced) -> list[Alert]:
        """What is sent until an article has been worked off, in shadow or not, since the one before."""

    def rest(self) -> list[Alert]:
        """What is left when the articles are over."""


class Tried:
    """A watchlist on the news, by the code of the mentions step and the alert step."""

    def __init__(
        self,
        watchlist: Watchlist,
        *,
        window: timedelta,
        placed: Iterable[Placed],
        names: Path | None = None,
    ) -> None:
        """Make its matcher and its desk.

        Args:
            watchlist: to be tried.
            window: the alert step's.
            placed: what befell the alert step, in the order of the news.
            names: the user's own table of names.

        Raises:
            NamesError: it can't be read.
        """
        self.unmatched = 0
        """Articles in which nothing could be looked for, as the pipeline would have met them."""
        self._matcher = Matcher(watchlist, most=MOST_MENTIONS)
        # The gaps of history do not close: there is nothing to wait for.
        self._desk = Desk(policies(watchlist, names), window=window, gap_timeout=window)
        self._placed = deque(placed)

    def alerts(self, article: Sequenced) -> list[Alert]:
        """What the article raises; `detected_at` is its arrival."""
        before: list[Alert] = []
        while self._placed and self._placed[0].seq <= article.seq:
            before += self._befall(self._placed.popleft(), article.arrived)
        settled = settle(self._matcher, article)
        self.unmatched += settled.error is not None
        turn = self._desk.settle(settled.outcome, seq=article.seq, now=article.arrived)
        return before + _alerts(turn)

    def rest(self) -> list[Alert]:
        """What the clock struck after the last article."""
        return [
            alert
            for item in self._placed
            if isinstance(item.entry, Tick)
            for alert in self._befall(item, item.entry.time)
        ]

    def _befall(self, item: Placed, now: datetime) -> list[Alert]:
        if isinstance(item.entry, Tick):
            return _alerts(self._desk.settle(item.entry, seq=item.seq, now=now))
        self._desk.work([item.entry], now=now)
        return []


def _alerts(turn: Turn) -> list[Alert]:
    return [
        emit.value for emit in turn.emits if emit.topic in {ALERTS, SHADOW} and isinstance(emit.value, Alert)
    ]


class Sent:
    """What was sent when the news came."""

    def __init__(self, alerts: Iterable[Alert]) -> None:
        once: dict[object, Alert] = {}
        for alert in alerts:
            # Sent twice, as after a crash beyond repair, it is one all the same.
            once.setdefault(key(alert), alert)
        self._left = deque(sorted(once.values(), key=lambda alert: alert.seq))

    def alerts(self, article: Sequenced) -> list[Alert]:
        """What was sent up to an article."""
        found = []
        while self._left and self._left[0].seq <= article.seq:
            found.append(self._left.popleft())
        return found

    def rest(self) -> list[Alert]:
        """What was sent after the last article that history has."""
        return list(self._left)


def key(alert: Alert) -> tuple[object, ...]:
    """What there is one record of: a watch in an article, or a moment of a deadline."""
    deadline = alert.deadline
    return (alert.seq, alert.watch, *((deadline.due, deadline.left) if deadline else ()))
