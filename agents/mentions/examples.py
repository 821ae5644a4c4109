"""Try the examples of a watchlist: what a watch has to find, and what it must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.mentions.entity_scope import Asking
from agents.mentions.explain import listed, names_none
from agents.mentions.match import Matcher
from agents.mentions.query.explain import why_not
from agents.mentions.watchlist import Watchlist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agents.mentions.entity_scope import EntityScope
    from agents.mentions.scope import Scope
    from agents.mentions.text import Text
    from agents.mentions.watch import Watch
    from streams.records import Entity


_NOT_ASKING = Asking()


class Failure(NamedTuple):
    """An example that doesn't do as it says."""

    watch: str
    example: str
    """`match[0]`, as in the file."""
    text: str
    """Its first words."""
    reason: str


def failures(watchlist: Watchlist, asking: Asking = _NOT_ASKING) -> Iterator[Failure]:
    """The examples that fail, in the order of the file.

    Of a scope only that is asked which the example tells: a plain text has no source and no language, and who
    has to be named only where it names somebody of that kind.

    Args:
        watchlist: with its examples.
        asking: which watches ask for entities, and what finds them.
    """
    for watch in watchlist.watches:
        if watch.examples is None:
            continue
        for expected, texts in ((True, watch.examples.match), (False, watch.examples.no_match)):
            for index, text in enumerate(texts):
                if reason := _wrong(watch, text, asking, expected=expected):
                    field = "match" if expected else "no_match"
                    words = " ".join(f"{text.headline} {text.body_text}".split())
                    yield Failure(watch.name, f"{field}[{index}]", words[:60], reason)


def count(watchlist: Watchlist) -> int:
    """Examples in a watchlist."""
    return sum(
        len(watch.examples.match) + len(watch.examples.no_match)
        for watch in watchlist.watches
        if watch.examples
    )


def _wrong(watch: Watch, text: Text, asking: Asking, *, expected: bool) -> str | None:
    asked = msgspec.structs.replace(watch, scope=_asked(watch.scope, text))
    matcher = Matcher(Watchlist(watches=(asked,), version=""))
    words = matcher.matched(text).mentions
    found = asking.in_scope(words, text)
    if expected == bool(found):
        return None
    if words and not found:
        scope, entities = asking.scopes[watch.name], tuple(asking.find(text))
        return _names_none(scope, entities) if scope.speaks_of(entities) else None
    if found:
        return f"found {found[0].text!r} in {found[0].field}"
    if not asked.admits(text):
        return f"out of scope: language {text.language}, source {text.source}"
    anything = Matcher(Watchlist(watches=(msgspec.structs.replace(asked, claim=()),), version=""))
    if other := [item for item in anything.matched(text).mentions if item.claim not in asked.claim]:
        first = min(other, key=lambda item: item.text[0].isupper())  # What is said of a name decides nothing.
        return f"{first.text!r} is {first.claim}; the watch counts {', '.join(asked.claim)}"
    query = matcher.watchlist.query(asked)
    return why_not(query.root, matcher.finding(text)) if query else "none of its terms was found"


def _names_none(scope: EntityScope, entities: Iterable[Entity]) -> str:
    here = dict.fromkeys(f"{entity.canonical} ({entity.canonical_id})" for entity in entities)
    return f"{names_none(scope.written)}; it names {listed(tuple(here))}"


def _asked(scope: Scope | None, text: Text) -> Scope | None:
    return scope and msgspec.structs.replace(
        scope,
        languages=scope.languages if text.language else (),
        sources=scope.sources if text.source else (),
    )
