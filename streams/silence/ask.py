"""What an operator asked for, as a silence; or what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.silences import fits
from streams.records import Silence
from streams.settings import parse_duration

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MATCHERS = ("watch", "source", "entity", "story")


class SilenceError(Exception):
    """A silence that can't be had; the message says why, and what to write."""


def silence(
    matchers: Mapping[str, str | None],
    *,
    reason: str,
    lasts: str | None,
    until: str | None,
    seq: int,
    now: datetime,
) -> Silence:
    """Make a silence of what was asked for.

    Args:
        matchers: each of `MATCHERS` and what it has to be; None or missing for anything.
        reason: why.
        lasts: for how long from now on, as 2h, or else:
        until: ISO 8601; UTC unless it says otherwise.
        seq: of the next article.
        now: wall clock.

    Raises:
        SilenceError: nothing or everything would be silenced, no reason is given, or no end.
    """
    given = {name: value for name in MATCHERS if (value := matchers.get(name)) is not None}
    if not given:
        raise SilenceError(f"say what to silence: one or several of --{', --'.join(MATCHERS)}")
    if empty := [name for name, value in given.items() if not value.strip()]:
        raise SilenceError(f"--{empty[0]} is empty; write a name, or leave it out")
    if not reason.strip():
        raise SilenceError("--reason is empty; say why, for whoever is on shift next")
    made = Silence(
        silence_id="",
        reason=reason.strip(),
        created=now,
        until=_end(lasts, until, now),
        seq=seq,
        **given,  # type: ignore[arg-type]  # names of its own fields
    )
    silence_id = blake2b(msgspec.json.encode(made), digest_size=4).hexdigest()
    return msgspec.structs.replace(made, silence_id=silence_id)


def notes(made: Silence, watches: Collection[str]) -> list[str]:
    """What an operator may not have meant, though it can be had.

    Args:
        made: as asked for.
        watches: names of those that alert; empty where nobody can tell.
    """
    found = []
    if made.until <= made.created:
        found.append(
            f"its end {made.until:%Y-%m-%d %H:%M}Z has passed: it holds for articles dated before that only, "
            "as in a replay; 'newswatch silence list --all' shows it"
        )
    if made.watch is not None and watches and not any(fits(made.watch, name) for name in watches):
        found.append(f"no watch fits {made.watch!r}: there is {', '.join(sorted(watches))}")
    return found


def _end(lasts: str | None, until: str | None, now: datetime) -> datetime:
    if (lasts is None) == (until is None):
        raise SilenceError("give its end: either --for, as 2h, or --until, as 2025-11-27T18:00")
    if lasts is not None:
        try:
            length = parse_duration(lasts)
            if not isinstance(length, timedelta) or length <= timedelta(0):
                raise SilenceError(f"--for {lasts!r} is no length of time; write one as 30m, 2h or 3d")
            return now + length
        except OverflowError:
            raise SilenceError(
                f"--for {lasts!r} ends after the year 9999; write one as 30m, 2h or 3d"
            ) from None
    try:
        end = datetime.fromisoformat(until or "")
    except ValueError:
        raise SilenceError(f"--until {until!r} is no time; write one as 2025-11-27T18:00") from None
    return end if end.tzinfo else end.replace(tzinfo=UTC)


def find(silences: Mapping[str, Silence], start: str) -> Silence:
    """The one silence whose id begins so.

    Raises:
        SilenceError: there is none, or more than one.
    """
    found = [item for key, item in sorted(silences.items()) if start and key.startswith(start)]
    if len(found) != 1:
        what = "more than one silence begins with" if found else "there is no silence"
        raise SilenceError(f"{what} {start!r}: 'newswatch silence list' shows them")
    return found[0]
