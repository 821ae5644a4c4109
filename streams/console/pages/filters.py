"""The filters of the alerts page: all of them are in its address, so that it can be sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from streams.console.asked import FILTER, REPEATED, STREAM

if TYPE_CHECKING:
    from collections.abc import Iterable

SINCE = (("", "any time"), ("1h", "the last hour"), ("8h", "8 hours"), ("24h", "24 hours"), ("7d", "7 days"))


class Chosen(NamedTuple):
    """One filter that is set."""

    name: str
    value: str
    without: str
    """The address without it."""


class Filters:
    """What an address asks for; a form sends empty fields along, and those ask for nothing."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = [(name, value.strip()) for name, value in pairs if value.strip()]

    @property
    def chosen(self) -> list[Chosen]:
        """Those that are shown as set, each to be taken away; the others have fields that show them."""
        shown = REPEATED - {"severity"}
        return [Chosen(*pair, self._but(pair)) for pair in dict.fromkeys(self.pairs) if pair[0] in shown]

    @property
    def fields(self) -> str:
        """What the fields show as set, for where they are folded away."""
        return ", ".join(value for name, value in self.pairs if name in {"severity", "since", "stage"})

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return any(name in FILTER for name, _ in self.pairs)

    @property
    def since(self) -> list[tuple[str, str]]:
        """What can be chosen, and what is."""
        given = self.one("since")
        return [*SINCE, *([(given, f"since {given}")] * (given not in dict(SINCE)))]

    def one(self, name: str) -> str:
        """The value of what can be given once, or nothing."""
        return next((value for known, value in self.pairs if known == name), "")

    def has(self, name: str, value: str) -> bool:
        """Whether it is asked for."""
        return (name, value) in self.pairs

    def address(self, *, cursor: str | None = None) -> str:
        """Of the page with these filters; from its beginning, or from a cursor on."""
        pairs = [pair for pair in self.pairs if pair[0] != "cursor"]
        return _address("/", [*pairs, *([("cursor", cursor)] if cursor else [])])

    def with_one(self, name: str, value: str) -> str:
        """The address of the page with one filter more."""
        pairs = [pair for pair in self.pairs if pair[0] != "cursor"]
        return _address("/", dict.fromkeys([*pairs, (name, value)]))

    def stream(self, last_event_id: str) -> str:
        """Of what comes after that."""
        pairs = [pair for pair in self.pairs if pair[0] in STREAM]
        return _address("/alerts/stream", [*pairs, ("last_event_id", last_event_id)])

    def _but(self, pair: tuple[str, str]) -> str:
        return _address("/", [other for other in self.pairs if other != pair and other[0] != "cursor"])


def _address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path
