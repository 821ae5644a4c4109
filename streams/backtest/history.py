"""News that has been, as a backtest needs it; read from a folder or from the topics."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from streams.records import SCHEMA_VERSION, Enriched, Sequenced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from streams.backtest.placed import Placed
    from streams.records import Alert


class HistoryError(Exception):
    """History that can't be had; the message names the place and the way out."""


class History(Protocol):
    """Where it is read from."""

    @property
    def total(self) -> int:
        """Articles at most; less what was delivered twice."""

    def articles(self) -> Iterator[Sequenced]:
        """Each article once, in the order of the news.

        Raises:
            HistoryError: a record is no article.
        """

    def placed(self, *, ticks: bool) -> list[Placed]:
        """What befell the alert step, in the order of the news; `ticks` are asked for by clocks only."""

    def alerts(self) -> Iterator[Alert]:
        """What was sent, in shadow or not.

        Raises:
            HistoryError: it is not there, or a record is no alert.
        """


_decode = msgspec.json.Decoder(Sequenced | Enriched).decode


def article(value: bytes, where: str) -> Sequenced:
    """Decode a record of `news.enriched` or `news.repeats`; `where` it stands is named in errors.

    Raises:
        HistoryError: it is none, or one of a later schema.
    """
    found: Sequenced = record(value, where, _decode, "article")
    return found


def record(value: bytes, where: str, decode: Callable[[bytes], Any], what: str) -> Any:
    """Decode a record.

    Raises:
        HistoryError: it isn't what it should be, or of a later schema.
    """
    try:
        found = decode(value)
    except (msgspec.MsgspecError, ValueError) as error:
        raise HistoryError(
            f"{where}: is no {what}: {error}; take it out, or write the history again"
        ) from error
    if found.schema > SCHEMA_VERSION:
        raise HistoryError(f"{where}: has schema {found.schema}, above {SCHEMA_VERSION}; update newswatch")
    return found


def in_order(streams: Iterable[Iterable[Sequenced]]) -> Iterator[Sequenced]:
    """Merge partitions by `seq`, each article once; holds one article of each.

    A step sends what it read in its order, so within a partition `seq` goes back only where a worker sent
    some of it a second time after a kill.
    """
    last = -1
    for found in heapq.merge(*map(_ascending, streams), key=lambda item: item.seq):
        if found.seq > last:
            last = found.seq
            yield found


def _ascending(stream: Iterable[Sequenced]) -> Iterator[Sequenced]:
    highest = -1
    for found in stream:
        if found.seq > highest:
            highest = found.seq
            yield found
