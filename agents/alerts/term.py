"""A watch that an article mentions: is it sent, and if not, why not?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.alerts import compose
from agents.alerts.changes import is_reversal, material
from agents.alerts.cooldown import Calm, sent
from agents.alerts.facts import MOST_SAID, MOST_SENTENCES, above, facts, pack, told, unpack
from agents.alerts.named import admits, looked_at, named
from agents.alerts.policy import Policy
from agents.alerts.silences import silence_for
from agents.alerts.standing import (
    Standing,
    alert_id,
    group_of,
    packed,
    standing_key,
    summarise,
    unpacked,
    with_asked,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from streams.records import (
        Alert,
        AlertEntity,
        Learnt,
        Mention,
        Outcome,
        Silence,
        Suppressed,
        SuppressedReason,
    )


class Decided(NamedTuple):
    """What came of one watch in an article, and what stands now."""

    watch: str
    alert: Alert | None
    ledger: Suppressed | None
    """Why it raised nothing; of a watch in shadow beside its alert."""
    key: str = ""
    stands: Standing | None = None
    calm_key: str = ""
    calm: Calm | None = None

    def with_learnt(self, learnt: tuple[Learnt, ...]) -> Decided:
        """The same, saying by which aliases the article's names were understood."""
        if not learnt:
            return self
        alert = self.alert and msgspec.structs.replace(self.alert, learnt=learnt)
        ledger = self.ledger and msgspec.structs.replace(self.ledger, learnt=learnt)
        return self._replace(alert=alert, ledger=ledger)


class Mutes(NamedTuple):
    """What may keep an alert from being sent."""

    silences: Iterable[Silence] = ()
    calm: Callable[[str], Calm | None] = lambda _: None
    """The calm of a watch and group."""


class Live:
    """The alerts of a story that were sent to people."""

    def __init__(self, policies: Mapping[str, Policy]) -> None:
        self._policies = policies
        self._raised: dict[str, int] = {}
        self.critical: str | None = None
        """Id of that of a critical watch, where there is one."""

    def add(self, watch: str, stands: Standing) -> None:
        """Take up one that stands."""
        policy = self._policies.get(watch, Policy())
        if stands.revision >= 0 and policy.stage == "live" and not stands.trial:
            # The first: with `group_by: none` each copy has one, and the watch is news but once.
            self._raised[watch] = min(stands.raised, self._raised.get(watch, stands.raised))
            if policy.severity == "critical":
                self.critical = self.critical or stands.alert_id

    def since(self, watch: str, seq: int) -> list[str]:
        """Other watches that have alerted after an article."""
        return sorted(other for other, raised in self._raised.items() if raised > seq and other != watch)


class Term(NamedTuple):
    """A watch that an article mentions."""

    outcome: Outcome
    watch: str
    mentions: tuple[Mention, ...]
    policy: Policy
    time: int | None
    """The article's event time, Unix milliseconds; None where nobody can tell."""
    detected_at: datetime

    @property
    def key(self) -> str:
        """Under which its alert stands."""
        return standing_key(self.watch, self.outcome, self.policy.group_by)

    def decide(
        self, before: Standing | None, live: Live, mutes: Mutes, story: bytes | None = None
    ) -> Decided:
        """Send it, or say why not.

        Args:
            before: the alert that the article falls under.
            live: the story's other alerts.
            mutes: silences and cooldowns.
            story: whom it names; see `named`.
        """
        own = summarise(self.outcome.entities)
        shadow = self.policy.stage == "shadow"
        promoted = before is not None and before.trial and not shadow
        stands = self._stands(before.live() if before is not None and promoted else before, own, story)
        stands = msgspec.structs.replace(stands, spread=stands.spread.add(self.outcome.source, self.time))
        first = stands.revision < 0
        if not admits(self.policy.entities, stands.named):
            return self._held("out_of_scope", stands, None if first else stands.alert_id)
        day = None if self.time is None else self.outcome.event_time.date()
        known, said = unpack(stands.facts), facts(self.mentions, MOST_SENTENCES if first else MOST_SAID, day)
        same = above(said) if self.outcome.status == "exact_duplicate" else said
        changes = () if first else material(known, same, stands, live.since(self.watch, stands.told))
        if not first and not changes:
            return self._held("duplicate", stands, stands.alert_id)
        entities = own or unpacked(stands.entities)
        if silence := silence_for(mutes.silences, self.watch, self.outcome, entities, self.time):
            under = None if first else stands.alert_id
            return self._held("silence", stands, under, silence=silence.silence_id)
        calm_key = f"{self.watch}/{group_of(self.key, self.policy.group_by, entities)}"
        calm = None if promoted else mutes.calm(calm_key)
        if not is_reversal(changes):
            if self.policy.severity == "info" and live.critical is not None:
                return self._held("inhibited", stands, live.critical)
            if calm is not None and calm.holds(self.policy.cooldown, self.time):
                held = self._held("cooldown", stands, calm.alert_id)
                return held._replace(calm_key=calm_key, calm=calm.held(self.time))
        seq = self.outcome.seq
        stands = msgspec.structs.replace(
            stands,
            revision=stands.revision + 1,
            raised=seq if first else stands.raised,
            told=max(stands.told, seq),
            step=stands.spread.reached,
            facts=pack(said if first else told(known, said)),
            trial=shadow if first else stands.trial,
        )
        alert = compose.alert(
            self.outcome,
            self.mentions,
            stands,
            policy=self.policy,
            entities=entities,
            changes=changes,
            detected_at=self.detected_at,
        )
        ledger = self._held("shadow", stands, stands.alert_id).ledger if shadow else None
        calm = sent(calm, stands.alert_id, self.policy.cooldown, self.time)
        return Decided(self.watch, alert, ledger, self.key, stands, calm_key, calm)

    def outside(self, before: Standing | None, story: bytes | None = None) -> Decided:
        """Say that the scope leaves the article out for its language or source.

        Whom it names is kept all the same where the watch asks for it: a copy elsewhere may be in scope.
        """
        under = before.alert_id if before is not None and before.revision >= 0 else None
        ledger = compose.suppressed(
            self.outcome, self.watch, (), "out_of_scope", under, detected_at=self.detected_at
        )
        if not self.policy.entities or not looked_at(self.outcome):
            return Decided(self.watch, None, ledger)
        stands = self._stands(before, summarise(self.outcome.entities), story)
        return Decided(self.watch, None, ledger, self.key, stands)

    def _stands(self, before: Standing | None, own: tuple[AlertEntity, ...], story: bytes | None) -> Standing:
        """What stands with the article's entities known, before it is counted."""
        stands = before or Standing(
            alert_id=alert_id(self.key, self.outcome), opened=self.outcome.seq, entities=packed(own)
        )
        scope = self.policy.entities
        return msgspec.structs.replace(
            stands,
            entities=with_asked(stands.entities, own, scope),
            named=named(self.outcome, own, story, scope),
        )

    def _held(
        self, reason: SuppressedReason, stands: Standing, under: str | None, *, silence: str | None = None
    ) -> Decided:
        ledger = compose.suppressed(
            self.outcome,
            self.watch,
            self.mentions,
            reason,
            under,
            silence=silence,
            asked=self.policy.entities.written if reason == "out_of_scope" else (),
            detected_at=self.detected_at,
        )
        return Decided(self.watch, None, ledger, self.key, stands)
