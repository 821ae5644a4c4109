"""What gets a rate of its own: names that the watchlist in force tells, as many as Prometheus should bear."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from agents.mentions.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.watch import Watch
    from agents.mentions.watchlist import Watchlist

T = TypeVar("T")

MOST_WATCHES = 2_000
"""Each is a series at every worker and ten more by the rules; 2,000 are 0.3 MB of a scrape."""
MOST_REASONED = 200
"""Watches whose reasons have their series from the beginning, five to ten each. Those of 2,000 would make a
scrape of 0.4 MB one of 1.4."""
MOST_ENTITIES = 500
MOST_SOURCES = 500
"""Each is tried on a source that was not seen lately: 500 take 1.5 ms, a thirtieth of finding entities."""
MOST_PAIRS = 2_000
"""Of a watch and a source that it names."""
_SEVERITIES = ("critical", "warning", "info")


class Measured(NamedTuple):
    """Labels in force, of which each has its series from the beginning."""

    watches: frozenset[str]
    reasoned: frozenset[str]
    """Of them, those whose reasons are shown before there is one."""
    entities: frozenset[str]
    """As they are written in scopes."""
    sources: frozenset[str]
    """As they are written in scopes, stars and all."""
    pairs: frozenset[tuple[str, str]]
    """A watch, and a source that it names."""
    left_out: dict[str, int]
    """How many of each kind have none, since there are more than are measured."""


def measured(watchlist: Watchlist) -> Measured:
    """What a watchlist has measured; of too many, those of the critical watches first, then by name."""
    watches = sorted(watchlist.watches, key=lambda watch: (_SEVERITIES.index(watch.severity), watch.name))
    sources, sources_left = _first((name for watch in watches for name in _sources(watch)), MOST_SOURCES)
    pairs, pairs_left = _first(
        ((watch.name, name) for watch in watches for name in _sources(watch) if name in sources), MOST_PAIRS
    )
    names, names_left = _first((watch.name for watch in watches), MOST_WATCHES)
    entities, entities_left = _first((item for watch in watches for item in _entities(watch)), MOST_ENTITIES)
    left_out = {
        "watch": names_left,
        "entity": entities_left,
        "source": sources_left,
        "watch_source": pairs_left,
    }
    reasoned = frozenset(watch.name for watch in watches[:MOST_REASONED])
    return Measured(names, reasoned, entities, sources, pairs, left_out)


def _first(items: Iterable[T], most: int) -> tuple[frozenset[T], int]:
    distinct = list(dict.fromkeys(items))
    return frozenset(distinct[:most]), len(distinct[most:])


def _sources(watch: Watch) -> tuple[str, ...]:
    return watch.scope.sources if watch.scope else ()


def _entities(watch: Watch) -> tuple[str, ...]:
    return watch.scope.entities if watch.scope else ()


class NamedSources:
    """The sources that watches name, asked which of them an article's source is."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._scopes = {pattern: Scope(sources=(pattern,)) for pattern in sorted(patterns)}
        # Names come again; a hostile one is thrown out by the next thousands.
        self.fitting = lru_cache(maxsize=10_000)(self._fitting)

    def _fitting(self, source: str) -> tuple[str, ...]:
        """The patterns that fit, exactly as the scope of a watch takes them."""
        return tuple(
            pattern for pattern, scope in self._scopes.items() if scope.admits(language=None, source=source)
        )

    def spells_out(self, source: str) -> bool:
        """Whether a watch names this very source."""
        return any("*" not in pattern for pattern in self.fitting(source))
