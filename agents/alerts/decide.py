"""One outcome in; out come its alerts and revisions, and a reason for each watched term that raised none."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from agents.alerts.named import together
from agents.alerts.policy import Policy
from agents.alerts.standing import story_of, watch_of
from agents.alerts.term import Decided, Live, Mutes, Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from agents.alerts.standing import Standing
    from streams.records import Mention, Outcome

RANK = {"critical": 0, "warning": 1, "info": 2}


def decide(
    outcome: Outcome,
    *,
    policies: Mapping[str, Policy],
    standing: Mapping[str, Standing],
    joined: Mapping[str, Standing] = MappingProxyType({}),
    time: int | None,
    detected_at: datetime,
    mutes: Mutes = Mutes(),  # noqa: B008  frozen
) -> list[Decided]:
    """Raise an alert for each watch that the story has not alerted for; else merge, and tell what changed.

    Exactly one decision comes out for each watch that the article mentions or has out of its scope, so
    outcomes and decisions can be counted against each other.

    Args:
        outcome: the article's; its turn has come.
        policies: of the watches in force.
        standing: the alerts that stand for its story, by key.
        joined: those of other stories that it is a copy of as well.
        time: the article's event time, Unix milliseconds; None where nobody can tell.
        detected_at: wall clock.
        mutes: silences and cooldowns.
    """
    if outcome.redelivered or outcome.article_id is None:
        return []
    by_watch: dict[str, list[Mention]] = {}
    for mention in outcome.mentions:
        by_watch.setdefault(mention.watch, []).append(mention)
    lives: dict[str, Live] = {}
    for key, stands in {**standing, **joined}.items():
        lives.setdefault(story_of(key), Live(policies)).add(watch_of(key), stands)
    under = {key: stands for key, stands in standing.items() if falls_under(outcome, stands)}
    stand = {**joined, **under}
    names = together(stands.named for stands in under.values())

    def term_of(watch: str, mentions: Sequence[Mention] = ()) -> Term:
        policy = policies.get(watch, Policy())
        term = Term(outcome, watch, tuple(mentions), policy, time, detected_at)
        return term if term.key in under else _told_elsewhere(term, joined) or term

    terms = [term_of(watch, mentions) for watch, mentions in by_watch.items()]
    # What is said for the first time comes first, the weightiest before the rest: the others tell of it.
    terms.sort(key=lambda term: (term.key in under, RANK[term.policy.severity]))
    decided: dict[str, Decided] = {}
    for term in terms:
        before = stand.get(term.key)
        live = lives.setdefault(story_of(term.key), Live(policies))
        found = decided[term.watch] = term.decide(before, live, mutes, _story(before, names))
        if found.stands is not None:
            live.add(term.watch, found.stands)
    outside = [term_of(watch) for watch in outcome.out_of_scope if watch not in by_watch]
    return [
        *(decided[watch] for watch in by_watch),
        *(term.outside(before := stand.get(term.key), _story(before, names)) for term in outside),
    ]


def _story(before: Standing | None, names: bytes | None) -> bytes | None:
    """Whom the story names for an alert; None where the alert's own articles don't tell."""
    if before is None:
        return names
    return before.named if before.named is None else together((before.named, names))


def _told_elsewhere(term: Term, joined: Mapping[str, Standing]) -> Term | None:
    """The watch as a matter of another story that the article is a copy of, where it has alerted already.

    A round-up of two stories belongs to one of them. What the other has alerted for is no news of the first.
    """
    verdict = term.outcome.verdict
    for story_id in verdict.joins if verdict else ():
        there = term._replace(outcome=msgspec.structs.replace(term.outcome, story_id=story_id))
        stands = joined.get(there.key)
        if stands is not None and stands.revision >= 0:
            return there
    return None


def falls_under(outcome: Outcome, stands: Standing) -> bool:
    """Whether the alert that stands speaks for this article as well.

    A new article is the first of its story, unless it denies what that said: what stands from before is
    of one forgotten since, what stands from after is of a copy that came first because this one was given up.
    """
    begins = outcome.status == "new" and outcome.story_id == outcome.article_id
    return not begins or stands.opened > outcome.seq
