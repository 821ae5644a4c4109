"""What became of the dates beside an article's mentions: what was told of them, and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.records import Alert
from streams.subscribe.show import told_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.records import Outcome, Suppressed
    from streams.why.trace import Trace


def deadlines(trace: Trace, outcome: Outcome, watch: str) -> tuple[str, ...]:
    """A line for each moment that has struck, and for each date of which none has.

    Args:
        trace: what is kept of the article.
        outcome: its own.
        watch: the name of the watch.
    """
    struck = [one for one in trace.deadlines if one.watch == watch and one.deadline]
    struck.sort(key=lambda one: one.event_time)
    silent = {mention.due for mention in outcome.mentions if mention.watch == watch and mention.due}
    silent -= {one.deadline.due for one in struck if one.deadline}
    return (*_told(struck), *(f"nothing was told of {due} yet" for due in sorted(silent)))


def _told(struck: list[Alert | Suppressed]) -> Iterator[str]:
    for one in struck:
        if one.deadline is None:
            continue
        when = f"{told_of(one.deadline)} ({one.event_time:%Y-%m-%d %H:%M:%S}Z)"
        if isinstance(one, Alert):
            trial = " on trial" if one.stage == "shadow" else ""
            yield f"{when}: alert{trial} {one.alert_id}, revision {one.revision}"
        elif one.reason != "shadow":
            yield f"{when}: not told, {one.reason} {one.silence or ''}".rstrip()
