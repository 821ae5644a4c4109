"""From what the topics keep of an input to what an operator is told."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from agents.alerts.named import looked_at
from agents.alerts.standing import summarise
from agents.mentions.entity_scope import EntityScope
from agents.mentions.explain import explain as explain_watch
from agents.mentions.text import Text
from streams.records import Article, Outcome, Rejection
from streams.why import names
from streams.why.answer import answer, calm_until, differs, webhook, who_names
from streams.why.deadlines import deadlines
from streams.why.explanation import Explanation, Judged, Other, Read, Refused, Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agents.mentions.explain import Clause
    from agents.mentions.watchlist import Watchlist
    from streams.records import Alert, Entity
    from streams.why.trace import Trace

BEGINS = 200
"""Characters shown of what was refused."""


class UnknownWatchError(Exception):
    """There is no watch of that name; the message names those there are."""


class InForce(NamedTuple):
    """The watchlist that explains."""

    watchlist: Watchlist
    origin: str
    """Where it was read."""
    scopes: Mapping[str, EntityScope] = MappingProxyType({})
    """Of the watches that ask for entities, by their name."""


def explain(
    trace: Trace, in_force: InForce, only: str | None = None, *, before_each: Callable[[], None] | None = None
) -> Explanation:
    """Explain one input.

    Args:
        trace: what is kept of it.
        in_force: today's watchlist.
        only: the watch to tell of; None for all.
        before_each: called before each watch, of which there may be 100,000; it may raise.

    Raises:
        UnknownWatchError: neither the watchlist nor the article's records know `only`.
    """
    outcome, article, enriched = trace.version.outcome, trace.parsed, trace.enriched
    first, named, entities = article or outcome, enriched or outcome, names.entities(trace)
    verdict = outcome.verdict if outcome and outcome.article_id else None
    decided_by = outcome.watchlist if outcome else None
    refused = _refused(trace)
    _check(trace, in_force.watchlist, only)
    watches: tuple[Judged, ...] = ()
    if not refused and outcome is not None:
        watches = tuple(_watches(trace, outcome, in_force, only, before_each))
    return Explanation(
        answers=tuple(_answers(trace, refused, watches)),
        seq=trace.version.seq,
        position=trace.version.position,
        redelivered=trace.version.redelivered,
        origin=first.origin if first else None,
        arrived=first.arrived if first else None,
        status=outcome.status if outcome else None,
        article_id=first.article_id if isinstance(first, Article | Outcome) else None,
        read=_read(article, outcome),
        refused=refused,
        verdict=verdict,
        duplicate_of=_other(trace),
        story=trace.told,
        nearest=trace.near,
        entities=summarise(entities),
        called=tuple(names.called(entities)),
        learnt=names.learnt(trace),
        model=named.model if named else None,
        entities_error=named.entities_error if named else None,
        mentions_error=outcome.mentions_error if outcome else None,
        watchlist=f"version {in_force.watchlist.version}, {in_force.origin}",
        decided_by=decided_by,
        same_watchlist=decided_by == in_force.watchlist.version if decided_by else None,
        watches=watches,
        records=tuple(trace.records),
    )


def _check(trace: Trace, watchlist: Watchlist, only: str | None) -> None:
    if only is None:
        return
    outcome = trace.version.outcome
    known = {watch.name for watch in watchlist.watches} | (_told(outcome) if outcome else set())
    if only not in known:
        raise UnknownWatchError(f"no watch {only!r}: there is {', '.join(sorted(known)) or 'none'}")


def _told(outcome: Outcome) -> set[str]:
    """The watches that the outcome names."""
    return {mention.watch for mention in outcome.mentions} | set(outcome.out_of_scope)


def _read(article: Article | Rejection | None, outcome: Outcome | None) -> Read | None:
    if isinstance(article, Rejection) or (article is None and (outcome is None or not outcome.article_id)):
        return None
    one: Article | Outcome | None = article or outcome
    assert one is not None  # noqa: S101  said above; mypy does not see it
    return Read(
        headline=one.headline or "",
        headline_source=article.headline_source if article else None,
        language=one.language or "und",
        uri=one.uri,
        name=one.name,
        source=one.source,
        byline=article.byline if article else None,
        dateline=article.dateline if article else None,
        credit=article.credit if article else None,
        cut=article.cut if article else {},
        characters=len(article.body_text) if article else None,
        event_time=one.event_time,
        event_time_source=one.event_time_source,
    )


def _refused(trace: Trace) -> Refused | None:
    outcome, letter = trace.version.outcome, trace.dead_letter
    if isinstance(trace.parsed, Rejection):
        reason: str | None = trace.parsed.reason
    elif outcome is not None and outcome.status == "rejected":
        reason = outcome.reason
    else:
        return None
    return Refused(
        reason=reason or "unknown",
        message=letter.message if letter else getattr(trace.parsed, "message", None),
        size=letter.size if letter else None,
        begins=letter.payload[: 4 * BEGINS].decode("utf-8", "replace")[:BEGINS] if letter else None,
    )


def _other(trace: Trace) -> Other | None:
    outcome, other = trace.version.outcome, trace.original
    key = outcome.verdict.duplicate_of if outcome and outcome.verdict else None
    if key is None:
        return None
    if other is None:
        return Other(article_id=key)
    return Other(article_id=key, seq=other.seq, headline=other.headline, uri=other.uri, name=other.name)


def _watches(
    trace: Trace,
    outcome: Outcome,
    in_force: InForce,
    only: str | None,
    before_each: Callable[[], None] | None,
) -> list[Judged]:
    """Each watch, those that decided something first."""
    article, watchlist, entities = trace.parsed, in_force.watchlist, _named(trace)
    text = Text.of(article) if isinstance(article, Article) else None
    today = {watch.name: watch for watch in watchlist.watches if only in (None, watch.name)}
    names = dict.fromkeys([*sorted(name for name in _told(outcome) if only in (None, name)), *today])
    judged = []
    for name in names:
        if before_each:
            before_each()
        watch = today.get(name)
        clause = None
        if watch and text:
            scope, who = in_force.scopes.get(name, EntityScope()), who_names(outcome.status)
            clause = explain_watch(watch, text, scope, entities, who=who)
        judged.append(_judged(trace, outcome, name, clause, watchlist))
    return sorted(judged, key=_weight)


def _named(trace: Trace) -> tuple[Entity, ...] | None:
    """Whom the article names, or its story; None where nobody can tell, as the alert step sees it."""
    own = trace.enriched or trace.version.outcome
    told = [*trace.story, *([own] if own else ())]
    if any(one.entities_error for one in told) or not any(map(looked_at, told)):
        return None
    return (*names.entities(trace), *(entity for one in trace.story for entity in one.entities))


def _weight(one: Judged) -> tuple[bool, ...]:
    near = one.clause is not None and one.clause.decided in ("claim", "scope")
    return one.alert is None or one.reason is not None, one.reason is None, one.differs is None, not near


def _judged(trace: Trace, outcome: Outcome, name: str, clause: Clause | None, watchlist: Watchlist) -> Judged:
    alert = next((one for one in trace.alerts if one.watch == name), None)
    entry = next((one for one in trace.ledger if one.watch == name), None)
    mentioned = any(mention.watch == name for mention in outcome.mentions)
    under = alert.alert_id if alert else entry.alert_id if entry else None
    sent = _sent(trace.under.get(under, []), under, outcome.seq) if under else None
    silence = trace.silences.get(entry.silence) if entry and entry.silence else None
    return Judged(
        watch=name,
        answer=answer(
            name,
            clause,
            mentioned=mentioned,
            outside=name in outcome.out_of_scope,
            error=outcome.mentions_error,
            alert=alert,
            entry=entry,
            sent=sent,
            until=calm_until(trace, entry, watchlist) if entry and entry.reason == "cooldown" else None,
            silence=silence,
        ),
        mentioned=mentioned,
        clause=clause,
        differs=differs(name, clause, outcome, entry, read=trace.parsed is not None),
        reason=entry.reason if entry else None,
        alert=sent,
        silence=silence.reason if silence else None,
        webhook=webhook(alert, trace.undelivered) if alert else None,
        deadlines=deadlines(trace, outcome, name),
    )


def _sent(revisions: list[Alert], alert_id: str, seq: int) -> Sent:
    """The alert as it stood after this article."""
    before = [one for one in revisions if one.seq <= seq]
    if not before:
        return Sent(alert_id=alert_id, revision=0, revisions=len(revisions))
    last = max(before, key=lambda one: one.revision)
    return Sent(
        alert_id=alert_id,
        revision=last.revision,
        revisions=max(one.revision for one in revisions) + 1,
        change=last.change,
        severity=last.severity,
        watch=last.watch,
        headline=last.headline,
        coverage=last.coverage,
    )


def _answers(trace: Trace, refused: Refused | None, watches: tuple[Judged, ...]) -> list[str]:
    if why := _nothing(trace.version.outcome, refused):
        return [f"no alert: {why}"]
    told = [one.answer for one in watches if one.mentioned or one.reason or one.differs]
    if told or len(watches) == 1:
        return told or [watches[0].answer]
    close = [one.answer for one in watches if one.clause and one.clause.decided == "claim"]
    return close or [f"no alert: none of {len(watches)} watches matched"]


def _nothing(outcome: Outcome | None, refused: Refused | None) -> str | None:
    """Why no watch was asked at all."""
    if refused:
        return f"it was refused as {refused.reason}"
    if outcome is None:
        return "it is on its way; nothing has been decided yet"
    if outcome.redelivered:
        return "the same input came a second time after a crash; the first one counts"
    if outcome.mentions_error:
        return f"the watches could not be tried: {outcome.mentions_error}"
    return None
