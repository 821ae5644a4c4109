"""The alert that stands for one story and watch, as the table has it."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.coverage import Spread
from streams.records import AlertEntity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.mentions.entity_scope import EntityScope
    from agents.mentions.watch import GroupBy
    from streams.records import Entity, Outcome

_NAMED = msgspec.msgpack.Decoder(list[tuple[str, str, str, int]])

MOST_ENTITIES = 6
"""Kept of the first article, the most named: its copies go without recognition and carry these."""


class Standing(msgspec.Struct, frozen=True, array_like=True):
    """The alert of one story and watch."""

    alert_id: str
    opened: int
    """`seq` of the article with which it began."""
    revision: int = -1
    """The last one sent; -1 before the first, while something holds it back."""
    raised: int = -1
    """`seq` of the article of revision 0."""
    told: int = -1
    """The last `seq` of which an article was told."""
    step: int = 0
    """Step of coverage that was told."""
    spread: Spread = Spread()
    entities: bytes = b""
    """Those of the first article; see `packed`."""
    facts: bytes = b""
    """What it has said; packed likewise, since objects take five times as much."""
    named: bytes | None = None
    """Whom its story names, for the scope; see `named`. None where nobody can tell."""


def standing_key(watch: str, outcome: Outcome, group_by: GroupBy = "story") -> str:
    """Key of the alert that speaks for an article.

    Ids have no slash, a watch's name neither. Without grouping each article has an alert of its own.
    """
    article = outcome.article_id or ""
    key = f"{outcome.story_id or article}/{watch}"
    return f"{key}/{article}" if group_by == "none" else key


def story_of(key: str) -> str:
    """The story of a key."""
    return key.partition("/")[0]


def watch_of(key: str) -> str:
    """The watch of a key."""
    return key.split("/")[1]


def group_of(key: str, group_by: GroupBy, entities: tuple[AlertEntity, ...]) -> str:
    """What an alert's cooldown counts for: the entity named most where that is asked for, else the alert.

    An article without entities, or none that was recognised, stands for itself.
    """
    return f"entity/{entities[0].canonical_id}" if group_by == "entity" and entities else key


def alert_id(key: str, outcome: Outcome) -> str:
    """Id of the alert that an article raises: 128-bit BLAKE2b (RFC 7693) of watch and story, 32 hex digits.

    The article's own date counts as well: the same text a month later is another story and another alert.
    """
    dated = outcome.event_time.isoformat() if outcome.event_time_source == "own" else ""
    return blake2b(f"{key}/{dated}".encode(), digest_size=16).hexdigest()


def summarise(entities: Iterable[Entity]) -> tuple[AlertEntity, ...]:
    """Each canonical entity once, the most named first, then in order of appearance."""
    counts: Counter[tuple[str, str, str]] = Counter(
        (entity.canonical_id, entity.canonical, entity.label) for entity in entities
    )
    return tuple(
        AlertEntity(canonical=name, canonical_id=key, label=label, count=count)
        for (key, name, label), count in counts.most_common()
    )


def packed(entities: tuple[AlertEntity, ...]) -> bytes:
    """The most named ones, as the table has them."""
    return _packed(entities[:MOST_ENTITIES])


def with_asked(kept: bytes, entities: tuple[AlertEntity, ...], scope: EntityScope) -> bytes:
    """The same with one of an article's entities that a scope asks for, where none of those kept is."""
    here = unpacked(kept)
    found = None if not scope or scope.admits(here) else next(scope.named(entities), None)
    return kept if found is None else _packed((*here[:MOST_ENTITIES], found))


def _packed(entities: tuple[AlertEntity, ...]) -> bytes:
    named = [(item.canonical, item.canonical_id, item.label, item.count) for item in entities]
    return msgspec.msgpack.encode(named) if named else b""


def unpacked(kept: bytes) -> tuple[AlertEntity, ...]:
    """The same as an alert carries them."""
    named = _NAMED.decode(kept) if kept else []
    return tuple(
        AlertEntity(canonical=name, canonical_id=key, label=label, count=count)
        for name, key, label, count in named
    )
