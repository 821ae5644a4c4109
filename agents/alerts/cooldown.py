"""Cooldown with exponential back-off, in event time: how long the repeats of an alert are held back.

Nothing is sent again within the cooldown of the last time it was sent. Each repeat that is held back doubles
it, up to `MOST_DOUBLINGS` or 24 hours; a quiet as long as itself sets it back. As ElastAlert's `realert` with
`exponential_realert`, but for the clock.
"""

from __future__ import annotations

import msgspec

MOST_DOUBLINGS = 3
"""30 minutes become four hours: half a shift."""
LONGEST_MS = 24 * 3_600_000
"""A cooldown is doubled up to here; what must be quiet for longer wants a silence, with a reason."""


class Calm(msgspec.Struct, frozen=True, array_like=True):
    """Since when a watch is to be calm about a story or an entity. Times are Unix milliseconds."""

    alert_id: str
    """The alert that was sent."""
    sent: int
    """Event time of the article with which it was."""
    last: int
    """Event time of the last repeat, held back or not."""
    doublings: int = 0

    def length(self, cooldown: int) -> int:
        """The cooldown with its doublings, in milliseconds; a changed one counts from now on."""
        return min(cooldown << self.doublings, max(cooldown, LONGEST_MS))

    def holds(self, cooldown: int, time: int | None) -> bool:
        """Whether a repeat at `time` is held back.

        An article dated long before the alert is not: one wrong date must not keep a watch quiet. Neither is
        one of which nobody knows the time: rather an alert too many.
        """
        return time is not None and abs(time - self.sent) < self.length(cooldown)

    def held(self, time: int | None) -> Calm:
        """The same after a repeat was held back."""
        doublings = min(self.doublings + 1, MOST_DOUBLINGS)
        return Calm(self.alert_id, self.sent, self.last if time is None else time, doublings)


def sent(before: Calm | None, alert_id: str, cooldown: int, time: int | None) -> Calm | None:
    """The calm that begins when an alert is sent; None without a cooldown, or a time to measure it from."""
    if not cooldown or time is None:
        return None
    busy = before is not None and abs(time - before.last) < before.length(cooldown)
    return Calm(alert_id, time, time, before.doublings if before and busy else 0)
