"""What a request asks for: its parameters read and judged, before anything is done."""

from __future__ import annotations

import difflib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from streams.console.cursor import Cursor, CursorError, EventId, cursor, event_id
from streams.records import Stage
from streams.subscribe.filter import Filter, FilterError, moment, severities, sources

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Revisions = Literal["newest", "all"]

FILTER = ("watch", "severity", "source", "entity", "story", "since")
"""As the options of `newswatch alerts`; all but the last may be repeated."""
REPEATED = frozenset(FILTER) - {"since"}
LIST = (*FILTER, "stage", "revisions", "limit", "cursor")
ONE = ("stage",)
STREAM = (*FILTER, "stage", "last_event_id")
LIMIT = 50
MOST = 500
"""Alerts on a page."""
RESUME = "Last-Event-ID"


LONGEST = 300
"""Characters of a value; an address is short of 64 KB in all."""


class RequestError(Exception):
    """A request that can't be answered; the message names the parameter and what it takes."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message if message.startswith(parameter) else f"{parameter}: {message}")
        self.parameter = parameter


class List(NamedTuple):
    """A page of the list."""

    keep: Filter
    stage: Stage
    revisions: Revisions
    limit: int
    cursor: Cursor | None


class Stream(NamedTuple):
    """A stream."""

    keep: Filter
    stage: Stage
    last: EventId | None


def page(pairs: Iterable[tuple[str, str]], now: datetime) -> List:
    """Read what a page is asked for.

    Raises:
        RequestError: a parameter is unknown, or can't be taken.
    """
    found = given(pairs, LIST)
    at = _cursor(found)
    return List(
        keep=_filter(found, at.began if at else now),
        stage=stage(found),
        revisions=_one_of("revisions", found, get_args(Revisions)),
        limit=limit(found),
        cursor=at,
    )


def one(pairs: Iterable[tuple[str, str]]) -> Stage:
    """Read of which stage one alert is asked for.

    Raises:
        RequestError: a parameter is unknown, or can't be taken.
    """
    return stage(given(pairs, ONE))


def stream(pairs: Iterable[tuple[str, str]], header: str | None, now: datetime) -> Stream:
    """Read what a stream is asked for.

    Args:
        pairs: the parameters.
        header: `Last-Event-ID`, which a browser sends when it connects again, and which goes before the
            parameter in the address that it began with.
        now: what `since` counts from.

    Raises:
        RequestError: a parameter or the header is unknown, or can't be taken.
    """
    found = given(pairs, STREAM)
    parameter = "last_event_id" if header is None else RESUME
    text = single("last_event_id", found) if header is None else header
    try:
        last = event_id(text) if text else None
    except CursorError as error:
        raise RequestError(parameter, str(error)) from None
    return Stream(keep=_filter(found, now), stage=stage(found), last=last)


def stage(given: Mapping[str, Sequence[str]]) -> Stage:
    """Which alerts: those that were sent, or those of watches on trial."""
    value: Stage = _one_of("stage", given, get_args(Stage))
    return value


def given(
    pairs: Iterable[tuple[str, str]],
    known: Sequence[str],
    *,
    repeated: Collection[str] = REPEATED,
    longest: int = LONGEST,
) -> dict[str, list[str]]:
    """The values of each parameter.

    Args:
        pairs: the parameters.
        known: names of those that are taken.
        repeated: which of them may be given more than once.
        longest: characters of a value.

    Raises:
        RequestError: one is unknown, too long, or given more often than it may be.
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
            raise RequestError(name[:100], f"no such parameter: {hint}")
        if len(value) > longest:
            raise RequestError(name, f"a value of {len(value):,} characters: {longest} are the most")
        found.setdefault(name, []).append(value)
        if name not in repeated and len(found[name]) > 1:
            raise RequestError(name, "given more than once: give it once")
    return found


def single(name: str, given: Mapping[str, Sequence[str]]) -> str | None:
    """The value of a parameter that is given once at most."""
    return given[name][0] if name in given else None


def _one_of(name: str, given: Mapping[str, Sequence[str]], values: Sequence[str]) -> Any:
    value = single(name, given)
    if value is None:
        return values[0]
    if value not in values:
        raise RequestError(name, f"{value[:100]!r} is none of {', '.join(values)}")
    return value


def limit(given: Mapping[str, Sequence[str]], default: int = LIMIT) -> int:
    """How many are asked for.

    Raises:
        RequestError: it is no number, or too large a one.
    """
    text = single("limit", given)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:10]) <= MOST:
        raise RequestError("limit", f"{text[:100]!r} is no number from 1 to {MOST}")
    return int(text)


def _cursor(given: Mapping[str, Sequence[str]]) -> Cursor | None:
    text = single("cursor", given)
    try:
        return None if text is None else cursor(text)
    except CursorError as error:
        raise RequestError("cursor", str(error)) from None


def _filter(given: Mapping[str, Sequence[str]], now: datetime) -> Filter:
    since = single("since", given)
    parameter = "severity"
    try:
        wanted = severities(given.get("severity", ()))
        parameter = "source"
        outlets = sources(given.get("source", ()))
        parameter = "since"
        return Filter(
            watches=tuple(given.get("watch", ())),
            severities=wanted,
            sources=outlets,
            entities=tuple(given.get("entity", ())),
            stories=tuple(given.get("story", ())),
            since=None if since is None else moment(since, now).astimezone(UTC),
        )
    except (FilterError, OverflowError) as error:
        raise RequestError(parameter, str(error)) from None
