"""The entities of a watch's scope: what may be written in it, and which articles fit.

Written is `label:Name`, a name alone (any label), an id as the records have it (`city:703448`), or `id:` and
any other id, as a user's own table may have. Who is meant, the table says: see `scope_ids`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from agents.entities.labels import LABELS, RENAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agents.mentions.text import Text
    from streams.records import AlertEntity, Entity, Mention

    E = TypeVar("E", AlertEntity, Entity)

PLACES = ("city", "region", "country", "continent", "place")
"""What the ids of places begin with; all others begin with a label."""
ANY_ID = "id"
LONGEST_ENTITY = 200
"""Characters of an entity in a scope; the longest name in the table has 64."""


class Written(NamedTuple):
    """An entity of a scope, taken apart."""

    before: str | None
    """What stands before the colon, in small letters: a label, the beginning of an id, or `id`."""
    name: str


def taken_apart(written: str) -> Written | None:
    """Take apart what stands in a scope; None where before the colon is neither a label nor of an id."""
    before, colon, name = written.partition(":")
    if not colon:
        return Written(None, written.strip())
    before = before.strip().lower()
    label = RENAMED.get(before.upper(), before.upper())
    if label in LABELS:
        return Written(label.lower(), name.strip())
    return Written(before, name.strip()) if before in (*PLACES, ANY_ID) else None


class EntityScope(msgspec.Struct, frozen=True):
    """Whom an article has to name, one of them at least; an empty one asks for nothing."""

    written: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    """Canonical ids of what is written."""

    def __bool__(self) -> bool:
        return bool(self.written)

    def named(self, entities: Iterable[E]) -> Iterator[E]:
        """Those of an article's entities that are asked for."""
        return (entity for entity in entities if entity.canonical_id in self.ids)

    def speaks_of(self, entities: Iterable[Entity | AlertEntity]) -> bool:
        """Whether one of them is of a kind that is asked for: who names no person leaves open which."""
        kinds = {apart.before for written in self.written if (apart := taken_apart(written))}
        return any(
            not kinds.isdisjoint((None, ANY_ID, entity.label.lower(), entity.canonical_id.partition(":")[0]))
            for entity in entities
        )

    def admits(self, entities: Iterable[Entity | AlertEntity]) -> bool:
        """Whether an article that names these is in scope."""
        return not self.written or any(entity.canonical_id in self.ids for entity in entities)


class Asking(NamedTuple):
    """What it takes to ask a text for entities where no pipeline has done it."""

    scopes: Mapping[str, EntityScope] = MappingProxyType({})
    """Of the watches that ask for entities, by their name."""
    find: Callable[[Text], Iterable[Entity]] = lambda _: ()
    """Finds the entities of a text; called where such a watch is mentioned only, for that takes its time."""

    def in_scope(self, mentions: tuple[Mention, ...], text: Text) -> tuple[Mention, ...]:
        """The mentions without those of watches that ask for entities which the text doesn't name."""
        if not any(mention.watch in self.scopes for mention in mentions):
            return mentions
        entities = tuple(self.find(text))
        out = {watch for watch, scope in self.scopes.items() if not scope.admits(entities)}
        return tuple(mention for mention in mentions if mention.watch not in out)
