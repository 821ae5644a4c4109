"""One side of a comparison: what a watchlist gives on the news, or what was sent of them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from agents.alerts.desk import Desk
from agents.alerts.policy import policies
from agents.mentions.match import Matcher
from agents.mentions.settle import MOST_MENTIONS, settle
from streams.records import Alert
from streams.topology import ALERTS, SHADOW

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta
    from pathlib import Path

    from agents.mentions.watchlist import Watchlist
    from streams.backtest.silences import Placed
    from streams.records import Sequenced


class Side(Protocol):
    """Gives the alerts of each article."""

    def alerts(self, article: Sequenced) -> list[Alert]:
        """What is sent when an article comes, in shadow or not; one record a watch at most."""

    def rest(self) -> list[Alert]:
        """What is left when the articles are over."""


class Tried:
    """A watchlist on the news, by the code of the mentions step and the alert step."""

    def __init__(
        self,
        watchlist: Watchlist,
        *,
        window: timedelta,
        silences: Iterable[Placed],
        names: Path | None = None,
    ) -> None:
        """Make its matcher and its desk.

        Args:
            watchlist: to be tried.
            window: the alert step's.
            silences: in the order of the news.
            names: the user's own table of names.

        Raises:
            NamesError: it can't be read.
        """
        self.unmatched = 0
        """Articles in which nothing could be looked for, as the pipeline would have met them."""
        self._matcher = Matcher(watchlist, most=MOST_MENTIONS)
        # The gaps of history do not close: there is nothing to wait for.
        self._desk = Desk(policies(watchlist, names), window=window, gap_timeout=window)
        self._silences = deque(silences)

    def alerts(self, article: Sequenced) -> list[Alert]:
        """What the article raises; `detected_at` is its arrival."""
        while self._silences and self._silences[0].seq <= article.seq:
            self._desk.work([self._silences.popleft().silence], now=article.arrived)
        settled = settle(self._matcher, article)
        self.unmatched += settled.error is not None
        turn = self._desk.settle(settled.outcome, now=article.arrived)
        return [
            emit.value
            for emit in turn.emits
            if emit.topic in {ALERTS, SHADOW} and isinstance(emit.value, Alert)
        ]

    def rest(self) -> list[Alert]:
        """Nothing."""
        return []


class Sent:
    """What was sent when the news came."""

    def __init__(self, alerts: Iterable[Alert]) -> None:
        self._by_seq: dict[int, dict[str, Alert]] = {}
        for alert in alerts:
            # Sent twice, as after a crash beyond repair, it is one all the same.
            self._by_seq.setdefault(alert.seq, {}).setdefault(alert.watch, alert)

    def alerts(self, article: Sequenced) -> list[Alert]:
        """What was sent for an article."""
        return list(self._by_seq.pop(article.seq, {}).values())

    def rest(self) -> list[Alert]:
        """What was sent for articles that history has no more."""
        return [alert for seq in sorted(self._by_seq) for alert in self._by_seq[seq].values()]
