"""Which alerts does a subscriber want?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

import msgspec

from agents.mentions.scope import MOST_STARS, Scope
from streams.records import Severity
from streams.settings import parse_duration

if TYPE_CHECKING:
    from collections.abc import Sequence


class FilterError(Exception):
    """A filter that can't be understood; the message names it and what it takes."""


class _Entity(msgspec.Struct):
    canonical: str
    canonical_id: str


class _Alert(msgspec.Struct):
    """What is asked of an alert, whatever its version."""

    watch: str
    severity: str
    story_id: str
    event_time: datetime
    source: str | None = None
    entities: tuple[_Entity, ...] = ()


_decode = msgspec.json.Decoder(_Alert).decode


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert has to be, in every respect that is asked for; of several values one is enough."""

    watches: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """In any case; `*` stands for anything."""
    entities: tuple[str, ...] = ()
    """Canonical names, in any case, or canonical ids."""
    stories: tuple[str, ...] = ()
    """Story ids, or how they begin."""
    since: datetime | None = None
    """Event time of the first."""

    def __call__(self, raw: bytes) -> bool:
        """Whether a record is wanted; what is no alert is so only where nothing is asked for."""
        if self == _ANY:
            return True
        try:
            alert = _decode(raw)
        except (msgspec.MsgspecError, ValueError):
            return False
        return (
            (not self.watches or alert.watch in self.watches)
            and (not self.severities or alert.severity in self.severities)
            and Scope(sources=self.sources).admits(language=None, source=alert.source)
            and (not self.entities or self._names_one(alert))
            and (not self.stories or alert.story_id.startswith(self.stories))
            and (self.since is None or alert.event_time >= self.since)
        )

    def _names_one(self, alert: _Alert) -> bool:
        wanted = {name.casefold() for name in self.entities}
        return any(
            wanted & {name.canonical.casefold(), name.canonical_id.casefold()} for name in alert.entities
        )


_ANY = Filter()


def severities(names: Sequence[str]) -> tuple[str, ...]:
    """The names, if each is a severity.

    Raises:
        FilterError: one is none.
    """
    known = get_args(Severity)
    if unknown := [name for name in names if name not in known]:
        raise FilterError(f"no severity {', '.join(map(repr, unknown))}: there is {', '.join(known)}")
    return tuple(names)


def sources(names: Sequence[str]) -> tuple[str, ...]:
    """The names of outlets, if none of them has too many `*`.

    Raises:
        FilterError: one has.
    """
    if many := [name for name in names if name.count("*") > MOST_STARS]:
        raise FilterError(
            f"{many[0]!r} has more than {MOST_STARS} of '*': leave some out, as in '*.gov' or '*reuters*'"
        )
    return tuple(names)


def moment(text: str, now: datetime) -> datetime:
    """The moment that is meant by `2h` (so long before `now`) or by a date, in UTC where it has no offset.

    Raises:
        FilterError: it is neither.
    """
    try:
        ago = parse_duration(text)
        if isinstance(ago, timedelta):
            return now - ago
        date = datetime.fromisoformat(text)
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise FilterError(
            f"{text!r} is no time: write how long ago, as 2h, or a date, as 2025-11-24 or 2025-11-24T12:00Z"
        ) from None
