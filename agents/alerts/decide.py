"""One outcome in; out come its alerts and revisions, and a reason for each watched term that raised none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.alerts import compose
from agents.alerts.coverage import Spread
from agents.alerts.facts import MOST_SENTENCES, Facts, facts, pack, told, unpack
from agents.alerts.policy import Policy
from agents.alerts.reversal import reversals
from agents.alerts.standing import Standing, alert_id, packed, standing_key, summarise, unpacked
from streams.records import Alert, Change, Suppressed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from streams.records import Mention, Outcome

MOST_NAMED = 10
"""Other watches that a revision names."""


class Decided(NamedTuple):
    """What came of one watch, and what stands now."""

    record: Alert | Suppressed
    stands: Standing


def decide(
    outcome: Outcome,
    *,
    policies: Mapping[str, Policy],
    standing: Mapping[str, Standing],
    time: int | None,
    detected_at: datetime,
) -> list[Decided]:
    """Raise an alert for each watch that the story has not alerted for; else merge, and tell what changed.

    Exactly one record comes out for each watch that the article mentions, so outcomes and alerts can be
    counted against each other.

    Args:
        outcome: the article's; its turn has come.
        policies: of the watches in force.
        standing: the alerts that stand for its story, by watch.
        time: the article's event time, Unix milliseconds; None where nobody can tell.
        detected_at: wall clock.
    """
    if outcome.redelivered or outcome.article_id is None:
        return []
    by_watch: dict[str, list[Mention]] = {}
    for mention in outcome.mentions:
        by_watch.setdefault(mention.watch, []).append(mention)
    now = dict(standing)
    decided: dict[str, Decided] = {}
    firsts = [watch for watch in by_watch if not _falls_under(outcome, standing.get(watch))]
    # Those that raise an alert come first, so that the others can tell of it.
    for watch in firsts + [watch for watch in by_watch if watch not in firsts]:
        article = _Article(outcome, tuple(by_watch[watch]), time, detected_at)
        policy = policies.get(watch, Policy())
        if watch in firsts:
            decided[watch] = article.first(policy)
        else:
            decided[watch] = article.repeat(policy, now[watch], now)
        now[watch] = decided[watch].stands
    return [decided[watch] for watch in by_watch]


class _Article(NamedTuple):
    """What an article says of one watch."""

    outcome: Outcome
    mentions: tuple[Mention, ...]
    time: int | None
    detected_at: datetime

    def first(self, policy: Policy) -> Decided:
        """The alert that it raises."""
        seq = self.outcome.seq
        entities = summarise(self.outcome.entities)
        stands = Standing(
            alert_id=alert_id(self.mentions[0].watch, self.outcome),
            opened=seq,
            raised=seq,
            told=seq,
            spread=Spread().add(self.outcome.source, self.time),
            entities=packed(entities),
            facts=pack(facts(self.mentions, MOST_SENTENCES)),
        )
        return self._send(policy, stands, ())

    def repeat(self, policy: Policy, stands: Standing, story: Mapping[str, Standing]) -> Decided:
        """The alert that stands once more, if it has something to tell; else the ledger's entry."""
        spread = stands.spread.add(self.outcome.source, self.time)
        known = unpack(stands.facts)
        said = Facts() if self.outcome.status == "exact_duplicate" else facts(self.mentions)
        changes = (
            *reversals(known, said),
            *_other_watches(stands, story),
            *_step(stands, spread),
        )
        stands = msgspec.structs.replace(stands, spread=spread)
        if not changes:
            record = compose.suppressed(
                self.outcome, self.mentions, "duplicate", stands.alert_id, detected_at=self.detected_at
            )
            return Decided(record, stands)
        stands = msgspec.structs.replace(
            stands,
            revision=stands.revision + 1,
            told=max(stands.told, self.outcome.seq),
            step=spread.reached,
            facts=pack(told(known, said)),
        )
        return self._send(policy, stands, changes)

    def _send(self, policy: Policy, stands: Standing, changes: tuple[Change, ...]) -> Decided:
        entities = summarise(self.outcome.entities) or unpacked(stands.entities)
        record = compose.alert(
            self.outcome,
            self.mentions,
            stands,
            policy=policy,
            entities=entities,
            changes=changes,
            detected_at=self.detected_at,
        )
        return Decided(record, stands)


def _other_watches(stands: Standing, story: Mapping[str, Standing]) -> Iterable[Change]:
    """Those that have alerted for the story since this alert was last sent, by a later article's word."""
    news = [watch for watch, other in story.items() if other.raised > stands.told]
    return [Change(what="watch", before=None, after=watch) for watch in sorted(news)[:MOST_NAMED]]


def _step(stands: Standing, spread: Spread) -> Iterable[Change]:
    """The step of coverage, if it is another than the one told."""
    if spread.reached <= stands.step:
        return ()
    told = f"{stands.step} outlets" if stands.step else None
    return (Change(what="coverage", before=told, after=f"{spread.reached} outlets"),)


def _falls_under(outcome: Outcome, stands: Standing | None) -> bool:
    """Whether the alert that stands speaks for this article as well.

    A new article is the first of its story: what stands from before is of one forgotten since, what stands
    from after is of a copy that came first because this one was given up.
    """
    return stands is not None and (outcome.status != "new" or stands.opened > outcome.seq)


def key_of(decided: Decided) -> str:
    """Under which the alert stands."""
    return standing_key(decided.record.watch, decided.record.story_id)
