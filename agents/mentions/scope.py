"""Where a watch looks: only in some languages, only in some sources, only where some entity is named."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

LONGEST_SOURCE = 300
"""Code points of a source that are compared; a host name has 253."""

MOST_STARS = 2
"""In a pattern; each more multiplies the work on a hostile name."""


class Scope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an article has to be for a watch to look at it; an empty tuple asks for nothing."""

    languages: tuple[str, ...] = ()
    """ISO 639-1."""
    sources: tuple[str, ...] = ()
    """Host names or names of outlets, in any case, with or without `www.`; `*` stands for anything."""
    entities: tuple[str, ...] = ()
    """As written, of which one is enough; see `agents.mentions.entity_scope`."""

    def admits(self, *, language: str | None, source: str | None) -> bool:
        """Whether an article is in scope by its language and its source.

        Entities are asked for later, since a copy has none of its own: see `agents.alerts.named`. One whose
        language nobody can tell is: rather an alert too many. One without a source is not, where sources are
        named.
        """
        if self.languages and language not in (None, "und", *self.languages):
            return False
        if not self.sources:
            return True
        return source is not None and _pattern(self.sources).fullmatch(source[:LONGEST_SOURCE]) is not None


@lru_cache(maxsize=10_000)
def _pattern(sources: tuple[str, ...]) -> re.Pattern[str]:
    """Of any of the sources; with `www.` or without it is the same outlet."""
    bare = (re.escape(name.lower().removeprefix("www.")).replace(r"\*", ".*") for name in sources)
    return re.compile(rf"(?:www\.)?(?:{'|'.join(bare)})", re.IGNORECASE)
