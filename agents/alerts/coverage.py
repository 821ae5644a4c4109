"""How far a story spreads: counted as its copies come, in a few bytes."""

from __future__ import annotations

from bisect import bisect_right
from hashlib import blake2b

import msgspec

from agents.alerts.outlet import outlet
from streams.records import Coverage

STEPS = (3, 10, 30)
"""Outlets at which an alert is sent again: more than a chance reprint, all over, everywhere."""
MOST_OUTLETS = 255
"""Told apart at most, 8 bytes each; no step lies beyond."""
_DIGEST = 8
_MINUTE_MS = 60_000


class Spread(msgspec.Struct, frozen=True, array_like=True):
    """The coverage of an alert as the table has it."""

    articles: int = 0
    outlets: bytes = b""
    """A 64-bit BLAKE2b of each, one after the other."""
    first_outlet: str | None = None
    began: int | None = None
    """Event time of the first article, Unix milliseconds; None where nobody can tell."""
    minutes: tuple[int | None, ...] = ()
    """From the first article to each step reached."""

    @property
    def reached(self) -> int:
        """The last of `STEPS` that the outlets have reached, 0 before the first."""
        return (0, *STEPS)[bisect_right(STEPS, len(self.outlets) // _DIGEST)]

    def add(self, source: str | None, time: int | None) -> Spread:
        """Count one more article.

        Args:
            source: its outlet; None counts as an article and as no outlet.
            time: its event time, Unix milliseconds.
        """
        began = time if self.articles == 0 else self.began
        outlets, first = self.outlets, self.first_outlet
        if source is not None:
            digest = blake2b(outlet(source).encode(), digest_size=_DIGEST).digest()
            known = range(0, len(outlets), _DIGEST)
            if len(known) < MOST_OUTLETS and not any(outlets[at : at + _DIGEST] == digest for at in known):
                outlets += digest
            first = first or source
        minutes = self.minutes
        if len(minutes) < len(STEPS) and len(outlets) // _DIGEST == STEPS[len(minutes)]:
            since = None if began is None or time is None else max(0, time - began) // _MINUTE_MS
            minutes = (*minutes, since)
        return Spread(self.articles + 1, outlets, first, began, minutes)

    def coverage(self) -> Coverage:
        """As the alert carries it."""
        minutes = dict(zip(STEPS, self.minutes, strict=False))
        return Coverage(
            articles=self.articles,
            outlets=len(self.outlets) // _DIGEST,
            first_outlet=self.first_outlet,
            minutes_to_3=minutes.get(3),
            minutes_to_10=minutes.get(10),
            minutes_to_30=minutes.get(30),
        )
