"""What befell the alert step between the articles of a history: silences, and the wall clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agents.alerts.order import Order
from streams.records import Silence, Start, Tick

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from streams.records import Entry


class Placed(NamedTuple):
    """A silence asked for, or with `expired` its end; or a tick."""

    seq: int
    """Of the first article that was decided after it."""
    entry: Silence | Tick


def placed(log: Iterable[Entry], kept: Iterable[Silence], gap_timeout: timedelta) -> list[Placed]:
    """Find the place of each, in the order of the news.

    Args:
        log: entries of `news.outcomes`, in their order: what the alert step read.
        kept: of the topic `silences`, which outlives the log; one that only it knows held from its `seq` on.
        gap_timeout: the step's.
    """
    order, found = Order(), list[Placed]()
    for entry in log:
        if isinstance(entry, Silence):
            found.append(Placed(order.cursor.next_seq or 0, entry))
        elif isinstance(entry, Start):
            order.begin(entry.seq)
        elif isinstance(entry, Tick):
            order.tick(entry.time, gap_timeout)
            found.append(Placed(order.cursor.next_seq or 0, entry))
        else:
            # The beginning of a long log is gone, and the start with it.
            order.begin(entry.seq)
            order.offer(entry)
    logged = {item.entry.silence_id for item in found if isinstance(item.entry, Silence)}
    found += [Placed(item.seq, item) for item in kept if item.silence_id not in logged and not item.expired]
    return sorted(found, key=lambda item: item.seq)
