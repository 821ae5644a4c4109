"""Two sides held against each other, article by article: what is gained, lost and changed, and the load."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from streams.backtest.side import key
from streams.records import Alert  # noqa: TC001  msgspec resolves annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.backtest.side import Side
    from streams.records import Sequenced

Kind = Literal["alerts", "revisions", "shadow"]
"""`alerts`: sent for the first time; `revisions`: sent again; `shadow`: either, by a watch on trial."""
KINDS: tuple[Kind, ...] = get_args(Kind)
OF_RUN = "detected_at"
"""Wall clock of a worker."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What one watch sends for an article or a deadline by one side and not, or not so, by the other."""

    before: Alert | None
    after: Alert | None
    fields: tuple[str, ...] = ()
    """In which the two differ."""


class Range(msgspec.Struct, frozen=True):
    """From one event time up to another, which is no part of it; None is open."""

    start: datetime | None = None
    end: datetime | None = None

    def __contains__(self, time: datetime) -> bool:
        return (self.start is None or self.start <= time) and (self.end is None or time < self.end)


class Tally(msgspec.Struct):
    """What was counted on the way."""

    articles: int = 0
    """In the range."""
    days: set[date] = msgspec.field(default_factory=set)
    """Of UTC on which there was news in the range: one wrong date makes one day, not years."""
    before: Counter[tuple[str, Kind]] = msgspec.field(default_factory=Counter)
    """Records by watch and kind."""
    after: Counter[tuple[str, Kind]] = msgspec.field(default_factory=Counter)
    gained: Counter[Kind] = msgspec.field(default_factory=Counter)
    lost: Counter[Kind] = msgspec.field(default_factory=Counter)
    changed: int = 0

    @property
    def differ(self) -> bool:
        """Whether the sides gave anything that is not the same."""
        return bool(self.gained or self.lost or self.changed)

    def per_day(self, counts: Counter[tuple[str, Kind]], watch: str, *kinds: Kind) -> float:
        """Records of a watch for each day with news."""
        return sum(counts[watch, kind] for kind in kinds) / max(1, len(self.days))


def compare(
    articles: Iterable[Sequenced], before: Side, after: Side, within: Range, tally: Tally
) -> Iterator[Difference]:
    """Yield what differs, in the order of the news, and count in `tally`.

    Articles out of the range are gone through as well, for what they leave behind: stories, cooldowns,
    totals.
    """
    for article in articles:
        if article.event_time in within:
            tally.articles += 1
            tally.days.add(article.event_time.astimezone(UTC).date())
        yield from _held(before.alerts(article), after.alerts(article), within, tally)
    yield from _held(before.rest(), after.rest(), within, tally)


def _held(one: list[Alert], other: list[Alert], within: Range, tally: Tally) -> Iterator[Difference]:
    before, after = ([alert for alert in side if alert.event_time in within] for side in (one, other))
    tally.before.update((alert.watch, kind(alert)) for alert in before)
    tally.after.update((alert.watch, kind(alert)) for alert in after)
    for difference in differences(before, after):
        if difference.before is None and difference.after is not None:
            tally.gained[kind(difference.after)] += 1
        elif difference.after is None and difference.before is not None:
            tally.lost[kind(difference.before)] += 1
        else:
            tally.changed += 1
        yield difference


def differences(before: Iterable[Alert], after: Iterable[Alert]) -> Iterator[Difference]:
    """What differs for an article: what the one side has, watch by watch, then what only the other has."""
    left = {key(alert): alert for alert in after}
    for alert in before:
        other = left.pop(key(alert), None)
        fields = () if other is None else _fields(alert, other)
        if other is None or fields:
            yield Difference(before=alert, after=other, fields=fields)
    for alert in left.values():
        yield Difference(before=None, after=alert)


def kind(alert: Alert) -> Kind:
    """What it counts as."""
    return "shadow" if alert.stage == "shadow" else "revisions" if alert.revision else "alerts"


def by_kind(counts: Counter[tuple[str, Kind]]) -> Counter[Kind]:
    """Those of all watches."""
    found = Counter[Kind]()
    for (_, counted), count in counts.items():
        found[counted] += count
    return found


def _fields(one: Alert, other: Alert) -> tuple[str, ...]:
    return tuple(
        name
        for name in one.__struct_fields__
        if name != OF_RUN and getattr(one, name) != getattr(other, name)
    )
