"""What the console knows of an edition beside its alerts: watches, workers, what came lately."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.mentions.watchlist import WatchlistError
from streams.console.tally import KEPT, Tally
from streams.records import Model, Origin, Status  # noqa: TC001  msgspec resolves annotations at run time
from streams.topology import ALERTS, OUTCOMES, SHADOW, SUPPRESSED, WATCHLIST, WORKERS
from streams.watches.applied import Applied, running
from streams.watches.entries import Entries

if TYPE_CHECKING:
    from agents.mentions.watchlist import Watchlist

TIMED = (ALERTS, SHADOW, SUPPRESSED, OUTCOMES)
"""Topics of which the last day is read."""
WHOLE = (WATCHLIST, WORKERS)
"""Compacted ones, of which all is read."""


class Tallied(NamedTuple):
    """What is counted of a watch."""

    watch: str
    what: str
    """`alerts`, `revisions` or `mentions`."""


class Last(NamedTuple):
    """The last alert of a watch."""

    alert_id: str
    story_id: str
    headline: str
    at: datetime


class _Alert(msgspec.Struct):
    alert_id: str
    watch: str
    story_id: str
    headline: str
    detected_at: datetime
    revision: int = 0
    deadline: dict[str, object] | None = None


class _Suppressed(msgspec.Struct):
    watch: str
    reason: str
    detected_at: datetime
    deadline: dict[str, object] | None = None


class _Entry(msgspec.Struct):
    """An outcome, or another record of `news.outcomes`, which has no status."""

    status: Status | None = None
    arrived: datetime | None = None
    origin: Origin | None = None
    redelivered: bool = False
    model: Model | None = None
    watchlist: str | None = None


_decode_alert = msgspec.json.Decoder(_Alert).decode
_decode_suppressed = msgspec.json.Decoder(_Suppressed).decode
_decode_entry = msgspec.json.Decoder(_Entry).decode
_decode_applied = msgspec.json.Decoder(Applied).decode


class Known:
    """Takes in records, and tells what comes of them."""

    def __init__(self) -> None:
        self.watches: Tally[Tallied] = Tally()
        self.articles: Tally[Status] = Tally()
        self.last: dict[str, Last] = {}
        """The last alert of each watch that had one among the records read."""
        self.model: Model | None = None
        """That found the entities of the newest article that has any pipeline's name."""
        self.decided_by: str | None = None
        """Version of the watchlist that decided last."""
        self.last_arrived: datetime | None = None
        """Of the article that was settled last."""
        self.last_alert: datetime | None = None
        self._entries = Entries()
        self._bad: dict[str, str] = {}
        self._workers: dict[bytes, Applied] = {}
        self._list: Watchlist | None = None
        self._stale = False
        self._changes = 0
        """Records of watches that were taken in."""

    def copy(self) -> Known:
        """What is known now, whatever comes: for an answer that is worked out in another thread."""
        made = Known()
        made.watches, made.articles = self.watches.copy(), self.articles.copy()
        made.last, made._bad, made._workers = dict(self.last), dict(self._bad), dict(self._workers)
        made.model, made.decided_by = self.model, self.decided_by
        made.last_arrived, made.last_alert = self.last_arrived, self.last_alert
        made._entries, made._list, made._stale = self._entries.copy(), self._list, self._stale
        made._changes = self._changes
        return made

    def put_together(self, other: Known) -> None:
        """Take over the watchlist that a copy has put together, unless a watch came meanwhile."""
        if self._changes == other._changes:
            self._list, self._stale = other._list, other._stale

    def take(self, topic: str, key: bytes | None, value: bytes | None) -> None:
        """Take in a record of one of the topics; what can't be read is passed over."""
        try:
            self._take(topic, key, value)
        except (msgspec.MsgspecError, ValueError):
            return

    def _take(self, topic: str, key: bytes | None, value: bytes | None) -> None:
        if topic == WATCHLIST:
            self._take_watch(key, value)
        elif value is None:
            if topic == WORKERS:
                self._workers.pop(key or b"", None)
        elif topic == WORKERS:
            self._workers[key or b""] = _decode_applied(value)
        elif topic == OUTCOMES:
            self._take_entry(_decode_entry(value))
        elif topic == SUPPRESSED:
            one = _decode_suppressed(value)
            # Where the scope leaves an article out, the watch has not been mentioned; a date is no article.
            if one.reason != "out_of_scope" and one.deadline is None:
                self.watches.add(Tallied(one.watch, "mentions"), one.detected_at)
        else:
            self._take_alert(topic, _decode_alert(value))

    def _take_watch(self, key: bytes | None, value: bytes | None) -> None:
        name = (key or b"").decode(errors="replace")
        self._bad.pop(name, None)
        self._stale = True
        self._changes += 1
        try:
            self._entries.take(key, value)
        except WatchlistError as error:
            self._bad[name] = str(error)

    def _take_entry(self, one: _Entry) -> None:
        if one.status is None or one.arrived is None or one.redelivered:
            return
        self.articles.add(one.status, one.arrived)
        self.last_arrived = max(self.last_arrived or one.arrived, one.arrived)
        self.model = one.model or self.model
        self.decided_by = one.watchlist or self.decided_by

    def _take_alert(self, topic: str, one: _Alert) -> None:
        self.watches.add(Tallied(one.watch, "revisions" if one.revision else "alerts"), one.detected_at)
        # An alert on trial has an entry in the ledger as well.
        if topic == ALERTS and one.deadline is None:
            self.watches.add(Tallied(one.watch, "mentions"), one.detected_at)
        self.last[one.watch] = Last(one.alert_id, one.story_id, one.headline, one.detected_at)
        if topic == ALERTS:
            self.last_alert = one.detected_at

    def workers(self, now: datetime) -> list[Applied]:
        """Those that live."""
        return running(self._workers.values(), now)

    def watchlist(self) -> Watchlist | None:
        """What is on the topic; None while there is none.

        Raises:
            WatchlistError: two watches make the same topic.
        """
        if self._stale:
            self._list, self._stale = self._entries.watchlist(), False
        return self._list

    @property
    def bad(self) -> dict[str, str]:
        """By its key, what is wrong with a record that is no watch."""
        return dict(self._bad)


class _Timed(msgspec.Struct):
    detected_at: datetime | None = None
    arrived: datetime | None = None
    time: datetime | None = None
    created: datetime | None = None


_decode_timed = msgspec.json.Decoder(_Timed).decode


def moment(value: bytes | None) -> datetime | None:
    """When a record of a timed topic was written, by the wall clock; None where it doesn't say."""
    try:
        one = _decode_timed(value or b"")
    except (msgspec.MsgspecError, ValueError):
        return None
    return one.detected_at or one.arrived or one.time or one.created


def day_before(now: datetime) -> datetime:
    """From when on records count."""
    return now.astimezone(UTC) - KEPT
