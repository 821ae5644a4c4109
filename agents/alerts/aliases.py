"""Short names learnt from articles that explain them, for articles that don't.

An alias counts once `STORIES` stories of `OUTLETS` outlets use it for one full name within the time that
evidence is kept, and no article names anybody else by it. Copies explain nothing: they are not searched for
entities, and a story counts once however often it is updated. One article that means another ends it, until
that evidence is forgotten.

It is asked and told in the order of the news, so that the same news has the same names whatever the speed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.alerts.memory import Memory
from agents.alerts.outlet import outlet
from agents.entities.explained import alias_key
from streams.records import Evidence, Learnt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.records import Entity, Explained, Outcome

STORIES = 3
OUTLETS = 2
KEPT_MS = 90 * 86_400_000
"""Event time for which evidence counts after the last article that gave it: a quarter outlives a court case,
and what people are called for a new reason is learnt anew."""
MOST_ALIASES = 50_000
"""Meanings remembered at most; of more, those heard of least lately are forgotten."""
MOST_EVIDENCE = 10
"""Stories kept of a meaning; more prove nothing more."""


class Meaning(msgspec.Struct, frozen=True, array_like=True):
    """One thing that an alias was used for, or somebody who bears it."""

    canonical: str
    label: str
    evidence: tuple[tuple[str, str, str | None], ...] = ()
    """Article, story and source of each story that uses the alias so; none where it only names a bearer."""


class Aliases:
    """What short names have been used for, by alias and canonical id."""

    def __init__(self) -> None:
        self.memory = Memory("alias/", Meaning, most=MOST_ALIASES)
        self._meanings: dict[str, set[str]] = {}
        """Keys of an alias's meanings."""

    def __len__(self) -> int:
        return len(self.memory)

    def restored(self) -> None:
        """Take up what the memory has been given."""
        self._meanings = {}
        for key in self.memory:
            self._meanings.setdefault(_alias_of(key), set()).add(key)

    def hear(self, outcome: Outcome, now: int | None, came: int | None) -> None:
        """Learn what an article explains."""
        for told in outcome.explained:
            self._hear(told, outcome, now, came)

    def _hear(self, told: Explained, outcome: Outcome, now: int | None, came: int | None) -> None:
        key = f"{told.alias}\t{told.canonical_id}"
        known = self.memory.get(key) or Meaning(told.canonical, told.label)
        story = outcome.story_id or outcome.article_id or ""
        new = told.used and all(story != other for _, other, _ in known.evidence)
        if new and len(known.evidence) < MOST_EVIDENCE:
            evidence = (*known.evidence, (outcome.article_id or "", story, outcome.source))
            known = msgspec.structs.replace(known, evidence=evidence)
        self.memory.put(key, known, now, came)
        self._meanings.setdefault(told.alias, set()).add(key)

    def forget(self, before: int | None, now: int | None) -> None:
        """Drop what was last heard before a time, Unix milliseconds."""
        for key in self.memory.forget(before, now):
            alias = _alias_of(key)
            self._meanings[alias].discard(key)
            if not self._meanings[alias]:
                del self._meanings[alias]

    def learnt(self, entities: Iterable[Entity]) -> tuple[Learnt, ...]:
        """The short names among entities that nothing explains, as far as others do."""
        found: dict[str, Learnt | None] = {}
        for entity in entities:
            key = alias_key(entity.text, entity.label) if entity.by == "none" else None
            if key is not None and key not in found:
                found[key] = self._learnt(key, entity.text)
        return tuple(one for one in found.values() if one is not None)

    def _learnt(self, alias: str, text: str) -> Learnt | None:
        keys = self._meanings.get(alias, set())
        if len(keys) != 1:
            return None
        key = next(iter(keys))
        meaning = self.memory.get(key)
        if meaning is None or len(meaning.evidence) < STORIES:
            return None
        outlets = {outlet(source) for _, _, source in meaning.evidence if source}
        if len(outlets) < OUTLETS:
            return None
        return Learnt(
            alias=text,
            canonical=meaning.canonical,
            canonical_id=key.partition("\t")[2],
            label=meaning.label,
            stories=len(meaning.evidence),
            outlets=len(outlets),
            evidence=tuple(
                Evidence(article_id=article, story_id=story, source=source)
                for article, story, source in meaning.evidence
            ),
        )


def resolved_by(entities: Iterable[Entity], learnt: Iterable[Learnt]) -> tuple[Entity, ...]:
    """The entities with what was learnt in place of what nothing explains."""
    meant = {alias_key(one.alias, one.label): one for one in learnt}
    if not meant:
        return tuple(entities)
    return tuple(
        entity
        if entity.by != "none" or (one := meant.get(alias_key(entity.text, entity.label))) is None
        else msgspec.structs.replace(
            entity, canonical=one.canonical, canonical_id=one.canonical_id, label=one.label, by="learnt"
        )
        for entity in entities
    )


def _alias_of(key: str) -> str:
    return key.partition("\t")[0]
