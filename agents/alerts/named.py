"""Whom a story names, four bytes each: a watch may ask for an entity that is not among the most named.

A copy is not searched for entities, so its story answers for it; and a scope may change while the story is
alive, so all of them count, not those alone that some watch asks for now.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.entity_scope import EntityScope
    from streams.records import AlertEntity, Enriched, Outcome

_DIGEST = 4
MOST_NAMED = 100
"""Of a story, those asked for and the most named first: a news article has some twenty, a list of names has
hundreds. Two of four billion digests are the same, which makes an alert too many and never one too few."""


def looked_at(article: Outcome | Enriched) -> bool:
    """Whether an article was searched for entities, and could be."""
    return article.entities_error is None and (article.model is not None or bool(article.entities))


def together(stories: Iterable[bytes | None]) -> bytes | None:
    """What several alerts know of the same story; None where none of them knows anything."""
    known = dict.fromkeys(story for story in stories if story is not None)
    return _joined(*known) if known else None


def named(
    outcome: Outcome, own: Iterable[AlertEntity], story: bytes | None, scope: EntityScope
) -> bytes | None:
    """Whom a story names with one more article; None where nobody can tell, which is in any scope.

    Args:
        outcome: the article's.
        own: its entities, the most named first.
        story: whom it names without the article; None where nobody can tell.
        scope: of the watch.
    """
    if outcome.entities_error is not None:
        return story if admits(scope, story) else None
    if not looked_at(outcome):
        return story
    own = tuple(own)
    asked = (entity.canonical_id for entity in scope.named(own))
    return _joined(_digests(asked), story or b"", _digests(entity.canonical_id for entity in own))


def admits(scope: EntityScope, story: bytes | None) -> bool:
    """Whether a story names one of those that a scope asks for, as far as anybody can tell."""
    if not scope or story is None:
        return True
    return not _asked(scope.ids).isdisjoint(_parts(story))


@lru_cache(maxsize=10_000)
def _asked(ids: frozenset[str]) -> frozenset[bytes]:
    return frozenset(_parts(_digests(ids)))


def _digests(ids: Iterable[str]) -> bytes:
    return b"".join(blake2b(key.encode(), digest_size=_DIGEST).digest() for key in ids)


def _parts(digests: bytes) -> list[bytes]:
    return [digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)]


def _joined(*digests: bytes) -> bytes:
    parts = dict.fromkeys(part for some in digests for part in _parts(some))
    return b"".join(list(parts)[:MOST_NAMED])
