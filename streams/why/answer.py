"""The deciding line of one watch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from agents.alerts.cooldown import Calm, sent
from agents.mentions.explain import names_none
from streams.records import Alert, Status, Suppressed, SuppressedReason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.mentions.explain import Clause
    from agents.mentions.watchlist import Watchlist
    from streams.records import Outcome, Silence, Undelivered
    from streams.why.explanation import Sent
    from streams.why.trace import Trace

HELD: dict[SuppressedReason, str] = {
    "duplicate": "a copy that changes nothing",
    "cooldown": "cooldown",
    "silence": "silence",
    "inhibited": "inhibited, since a critical watch has the story",
    "shadow": "the watch is on trial, and its alert is on alerts.shadow",
    "out_of_scope": "out of scope: the words are there, but language or source is not the watch's",
}


def answer(
    name: str,
    clause: Clause | None,
    *,
    mentioned: bool,
    outside: bool,
    error: str | None,
    alert: Alert | None,
    entry: Suppressed | None,
    sent: Sent | None,
    until: datetime | None,
    silence: Silence | None,
) -> str:
    """Say what came of a watch, and by what."""
    if alert is not None:
        return _sent(alert)
    if entry is not None:
        return f"no alert for {name}: {held(entry, clause, until, silence)}{_under(entry, sent)}"
    if mentioned or outside:
        return f"no alert for {name} yet: the alert step has not decided, or its records are gone"
    if error:
        return f"no alert for {name}: the watches could not be tried: {error}"
    reason = "it was not mentioned, and the text is gone, so that nobody can say why"
    if clause is not None:
        matched = clause.decided == "matched"
        reason = "it was not mentioned when it was decided" if matched else clause.reason
    return f"no alert for {name}: {reason}"


def _sent(alert: Alert) -> str:
    trial = " on trial" if alert.stage == "shadow" else ""
    told = f"alert for {alert.watch}{trial}: {alert.alert_id}, revision {alert.revision}, {alert.severity}"
    changes = (
        f"{change.what} {change.before + ' → ' if change.before else ''}{change.after or 'gone'}"
        for change in alert.changes
    )
    return f"{told}; {'; '.join(changes)}" if alert.changes else told


def held(
    entry: Suppressed,
    clause: Clause | None = None,
    until: datetime | None = None,
    silence: Silence | None = None,
) -> str:
    """Say why a mention raised nothing, as far as is known: the clause, the cooldown's end, the silence."""
    if entry.reason == "cooldown" and until:
        return f"cooldown until {until:%Y-%m-%d %H:%M:%S}Z (event time)"
    if entry.reason == "silence":
        what = f" until {silence.until:%Y-%m-%d %H:%M:%S}Z: {silence.reason}" if silence else ""
        return f"silence {entry.silence}{what}"
    if entry.asked:
        return names_none(entry.asked, who_names(entry.status))
    if entry.reason == "out_of_scope" and clause and clause.decided == "scope":
        return clause.reason
    return HELD[entry.reason]


def _under(entry: Suppressed, sent: Sent | None) -> str:
    if entry.alert_id is None:
        return ""
    other = f" of {sent.watch}" if sent and sent.watch not in (None, entry.watch) else ""
    revision = f", revision {sent.revision}" if sent and sent.watch else ""
    return f"; it falls under alert {entry.alert_id}{other}{revision}"


def who_names(status: Status | None) -> str:
    """Who is asked for entities: a copy was not searched for any, so its story is."""
    return "its story" if status in ("exact_duplicate", "near_duplicate") else "it"


def differs(
    name: str, clause: Clause | None, outcome: Outcome, entry: Suppressed | None, *, read: bool
) -> str | None:
    """What today's watchlist makes of the article, where that is not what was decided."""
    if outcome.mentions_error:
        return None
    if clause is None:
        return "the watch is no longer on the watchlist" if read else None
    then = "matched" if any(mention.watch == name for mention in outcome.mentions) else None
    if name in outcome.out_of_scope or (entry and entry.reason == "out_of_scope"):
        then = "scope"
    now = clause.decided if clause.decided in ("matched", "scope") else None
    if now == then:
        return None
    was = {"matched": "matched", "scope": "was out of scope", None: "did not match"}[then]
    return f"it {was} then; by today's watchlist: {clause.reason}"


def calm_until(trace: Trace, entry: Suppressed, watchlist: Watchlist) -> datetime | None:
    """When the cooldown ends that held a repeat back and was prolonged by it, in event time.

    As long as the watch has it today. Reckoned again from the alert and what was held back under it; of a
    watch that groups by entity the repeats of other stories may have prolonged it further.
    """
    cooldown = next((watch.cooldown for watch in watchlist.watches if watch.name == entry.watch), 0) * 1000
    if entry.alert_id is None or not cooldown:
        return None
    events: list[Alert | Suppressed] = [*trace.under.get(entry.alert_id, [])]
    events += [one for one in trace.held.get(entry.alert_id, []) if one.reason == "cooldown"]
    calm: Calm | None = None
    for one in sorted((one for one in events if one.seq <= entry.seq), key=lambda one: one.seq):
        time = int(one.event_time.timestamp() * 1000)
        if isinstance(one, Alert):
            calm = sent(calm, one.alert_id or "", cooldown, time)
        elif calm is not None:
            calm = calm.held(time)
    return datetime.fromtimestamp((calm.sent + calm.length(cooldown)) / 1000, UTC) if calm else None


def webhook(alert: Alert, undelivered: Mapping[tuple[str, int], Undelivered]) -> str:
    """Whether the webhook's receiver has it, as far as the topics tell."""
    if alert.stage == "shadow":
        return "not sent: the watch is on trial"
    lost = undelivered.get((alert.alert_id, alert.revision))
    if lost is None:
        return "not on webhook.undelivered: delivered, under way, or no webhook was running"
    tries = f"{lost.attempts} attempt{'s' if lost.attempts != 1 else ''}"
    if lost.delivered:
        return (
            f"delivered by hand at {lost.delivered:%Y-%m-%d %H:%M:%S}Z ({lost.reason} before, {tries} in all)"
        )
    return f"not delivered ({lost.reason} after {tries}): {lost.message}"
