"""One outcome in; out come its alerts and revisions, and a reason for each watched term that raised none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.alerts.named import together
from agents.alerts.policy import Policy
from agents.alerts.standing import watch_of
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
        time: the article's event time, Unix milliseconds; None where nobody can tell.
        detected_at: wall clock.
        mutes: silences and cooldowns.
    """
    if outcome.redelivered or outcome.article_id is None:
        return []
    by_watch: dict[str, list[Mention]] = {}
    for mention in outcome.mentions:
        by_watch.setdefault(mention.watch, []).append(mention)
    live = Live(policies)
    for key, stands in standing.items():
        live.add(watch_of(key), stands)
    under = {key: stands for key, stands in standing.items() if falls_under(outcome, stands)}
    names = together(stands.named for stands in under.values())

    def term_of(watch: str, mentions: Sequence[Mention] = ()) -> Term:
        return Term(outcome, watch, tuple(mentions), policies.get(watch, Policy()), time, detected_at)

    terms = [term_of(watch, mentions) for watch, mentions in by_watch.items()]
    # What is said for the first time comes first, the weightiest before the rest: the others tell of it.
    terms.sort(key=lambda term: (term.key in under, RANK[term.policy.severity]))
    decided: dict[str, Decided] = {}
    for term in terms:
        before = under.get(term.key)
        found = decided[term.watch] = term.decide(before, live, mutes, _story(before, names))
        if found.stands is not None:
            live.add(term.watch, found.stands)
    outside = [term_of(watch) for watch in outcome.out_of_scope if watch not in by_watch]
    return [
        *(decided[watch] for watch in by_watch),
        *(term.outside(before := under.get(term.key), _story(before, names)) for term in outside),
    ]


def _story(before: Standing | None, names: bytes | None) -> bytes | None:
    """Whom the story names for an alert; None where the alert's own articles don't tell."""
    if before is None:
        return names
    return before.named if before.named is None else together((before.named, names))


def falls_under(outcome: Outcome, stands: Standing) -> bool:
    """Whether the alert that stands speaks for this article as well.

    A new article is the first of its story: what stands from before is of one forgotten since, what stands
    from after is of a copy that came first because this one was given up.
    """
    return outcome.status != "new" or stands.opened > outcome.seq
