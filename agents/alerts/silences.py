"""Silences: what operators asked not to be told for a while, and why."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from agents.alerts.outlet import outlet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import Alert, AlertEntity, Outcome, Silence


def silence_for(
    silences: Iterable[Silence],
    watch: str,
    outcome: Outcome | Alert,
    entities: Iterable[AlertEntity],
    time: int | None,
) -> Silence | None:
    """The first silence that holds for a watch's mention in an article.

    It begins with a place in the order of the news (what was asked for does not depend on how quick the
    workers are) and ends in event time.

    Args:
        silences: in force, in a fixed order.
        watch: that is mentioned.
        outcome: the article's, or an alert as it would be.
        entities: of the article, or for a copy those of its alert.
        time: the article's event time, Unix milliseconds; None where nobody can tell.
    """
    named = {name.casefold() for entity in entities for name in (entity.canonical_id, entity.canonical)}
    for silence in silences:
        if (
            silence.seq <= outcome.seq
            and (time is None or time < silence.until.timestamp() * 1000)
            and fits(silence.watch, watch)
            and fits(silence.source, outcome.source)
            and (silence.story is None or silence.story == outcome.story_id)
            and (silence.entity is None or silence.entity.casefold() in named)
        ):
            return silence
    return None


def fits(pattern: str | None, name: str | None) -> bool:
    """Whether a name is meant; `*` is anything, an unknown name is not one that is named.

    With `www.` or without it is the same outlet, as in coverage and scopes.
    """
    if pattern is None:
        return True
    return name is not None and fnmatchcase(outlet(name), outlet(pattern))
