"""Which of the undelivered alerts does an operator mean?"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec

from streams.records import Lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from agents.webhook.backlog import Backlog, Item


class UndeliveredError(Exception):
    """What was asked for can't be had; the message says why, and what there is."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert has to be, in every respect that is asked for; of several values one is enough."""

    ids: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    since: datetime | None = None
    """Wall clock of the first that was given up."""

    def __call__(self, item: Item) -> bool:
        """Whether it is meant."""
        record = item.record
        return (
            (not self.ids or record.alert_id in self.ids)
            and (not self.watches or record.watch in self.watches)
            and (not self.reasons or record.reason in self.reasons)
            and (self.since is None or record.time >= self.since)
        )


def reasons(names: Sequence[str]) -> tuple[str, ...]:
    """The names, if each is a reason.

    Raises:
        UndeliveredError: one is none.
    """
    known = get_args(Lost)
    if unknown := [name for name in names if name not in known]:
        raise UndeliveredError(f"no reason {', '.join(map(repr, unknown))}: there is {', '.join(known)}")
    return tuple(names)


def ids(asked: Iterable[str], backlog: Backlog) -> tuple[str, ...]:
    """The ids that are meant by ids or their beginnings.

    Raises:
        UndeliveredError: one fits no undelivered alert, or several.
    """
    known = dict.fromkeys(item.record.alert_id for item in backlog.items() if item.record.alert_id)
    return tuple(_one(begin, [id_ for id_ in known if id_.startswith(begin)], backlog) for begin in asked)


def _one(begin: str, fits: list[str], backlog: Backlog) -> str:
    if begin in fits:
        return begin
    if len(fits) > 1:
        raise UndeliveredError(f"{begin!r} is the beginning of {', '.join(fits[:5])}: write more of it")
    if fits and begin:
        return fits[0]
    if begin and (before := backlog.delivered(begin)):
        last = max(record.delivered for record in before if record.delivered)
        raise UndeliveredError(f"alert {begin} was delivered by hand at {last:%Y-%m-%d %H:%M:%S}Z")
    raise UndeliveredError(
        f"no alert {begin!r} is undelivered: 'newswatch webhook undelivered' shows those that are"
    )
