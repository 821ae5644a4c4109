"""Which alerts the webhook's receiver has still not got, and which of them it should get.

A receiver takes what was posted last for the state of an alert. An older revision that came after a newer one
would set it back, so it is posted only as long as all newer ones are undelivered too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.webhook.notice import Notice, decode
from agents.webhook.payload import NEWS

if TYPE_CHECKING:
    from agents.webhook.target import Format
    from streams.records import Undelivered

Revision = tuple[str, int]
"""`alert_id` and revision: what a message is known by."""


class Item(NamedTuple):
    """An alert that has not been delivered."""

    record: Undelivered
    """The newest, if a worker gave it up more than once."""
    notice: Notice | None
    """None for a record that is no alert, and cannot be posted."""
    newer: int | None
    """A newer revision that the receiver has, or that is under way to it."""

    @property
    def due(self) -> bool:
        """Whether to post it."""
        return self.notice is not None and self.newer is None


class _Sent(msgspec.Struct):
    alert_id: str
    revision: int = 0
    change: str | None = None


_sent = msgspec.json.Decoder(_Sent).decode


class Backlog:
    """Made from the records of `webhook.undelivered`, then those of `alerts`."""

    def __init__(self, format_: Format) -> None:
        """Make an empty one.

        Args:
            format_: of what is posted; to Alertmanager a reversal or a deadline that has come nearer is an
                alert of its own, which no other revision replaces.
        """
        self._format = format_
        self._open: dict[Revision, Undelivered] = {}
        self._unreadable: list[Undelivered] = []
        self._delivered: dict[Revision, Undelivered] = {}
        self._states: dict[str, set[int]] = {}
        """Revisions by `alert_id`, without those that stand alone."""

    def undelivered(self, record: Undelivered) -> None:
        """Take up a record of `webhook.undelivered`, in the order of the topic."""
        if record.alert_id is None or record.revision is None or record.reason == "unreadable":
            self._unreadable.append(record)
            return
        key = record.alert_id, record.revision
        self._states.setdefault(record.alert_id, set())
        if record.delivered:
            self._delivered[key] = record
            self._states[record.alert_id].add(record.revision)
            self._open.pop(key, None)
        # A worker that read it again after a kill may give it up again; the receiver has it all the same.
        elif key not in self._delivered:
            self._open[key] = record

    def alert(self, raw: bytes) -> None:
        """Take up a record of `alerts`, after those of `webhook.undelivered` that were there before."""
        try:
            sent = _sent(raw)
        except (msgspec.MsgspecError, ValueError):
            return
        if sent.alert_id in self._states and not self._stands_alone(sent.change):
            self._states[sent.alert_id].add(sent.revision)

    def delivered(self, alert_id: str) -> list[Undelivered]:
        """What says that revisions of an alert were delivered by hand; the beginning of its id is enough."""
        return [record for (id_, _), record in self._delivered.items() if id_.startswith(alert_id)]

    def newer(self, notice: Notice) -> int | None:
        """The newest revision of an alert that is not undelivered, if it is newer than this one."""
        if self._stands_alone(notice.change):
            return None
        later = (
            revision
            for revision in tuple(self._states.get(notice.alert_id, ()))
            if revision > notice.revision and (notice.alert_id, revision) not in self._open
        )
        return max(later, default=None)

    def items(self) -> list[Item]:
        """What is undelivered, in the order of the topic, but the revisions of one alert in theirs."""
        first: dict[str, int] = {}
        for id_, _ in self._open:
            first.setdefault(id_, len(first))
        keys = sorted(self._open, key=lambda key: (first[key[0]], key[1]))
        return [self._item(self._open[key]) for key in keys] + [
            Item(record, None, None) for record in self._unreadable
        ]

    def _item(self, record: Undelivered) -> Item:
        try:
            notice = decode(record.payload)
        except (msgspec.MsgspecError, ValueError):
            return Item(record, None, None)
        return Item(record, notice, self.newer(notice))

    def _stands_alone(self, change: str | None) -> bool:
        return self._format == "alertmanager" and change in NEWS
