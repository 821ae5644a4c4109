"""What comes of an attempt: done, not to be tried again, or tried again after a while."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
"""Seconds; a receiver that comes back is found within a minute."""
LONGEST_RETRY_AFTER = 300.0
"""Seconds; a receiver may ask for more time than the back-off gives, not for any."""
_PASSING = {408, 429}
"""Answers of 4xx that say nothing against the request itself."""

Kind = Literal["2xx", "3xx", "4xx", "5xx", "timeout", "connection"]


class Answer(NamedTuple):
    """What one attempt met."""

    kind: Kind
    message: str
    """For people: status and the beginning of the body, or the error."""
    status: int | None = None
    retry_after: float | None = None
    """Seconds, as the receiver asks."""


def kind_of(status: int) -> Kind:
    """Class of a status. What is none of HTTP's final ones is the receiver's fault."""
    kinds: dict[int, Kind] = {2: "2xx", 3: "3xx", 4: "4xx"}
    return kinds.get(status // 100, "5xx")


def is_final(answer: Answer) -> bool:
    """Whether to leave it at that: 3xx, since no redirect is followed, and most of 4xx."""
    return answer.kind in {"3xx", "4xx"} and answer.status not in _PASSING


def wait(failures: int, answer: Answer, chance: float) -> float:
    """Seconds to the next attempt.

    Exponential back-off whose second half is drawn by lot, so that many that failed at once don't come
    back at once; never sooner than the receiver asks, within bounds.

    Args:
        failures: attempts so far, 1 or more.
        answer: to the last of them.
        chance: from 0 to 1.
    """
    backoff = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, 10)) * (0.5 + chance / 2)
    return max(backoff, min(answer.retry_after or 0.0, LONGEST_RETRY_AFTER))


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, section 10.2.3); None if it says nothing."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            date = parsedate_to_datetime(header)
        except ValueError:
            return None
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None
