"""All that the topics keep of one input, collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from streams.records import (
    Alert,
    Article,
    DeadLetter,
    Enriched,
    Outcome,
    Rejection,
    Sequenced,
    Silence,
    Story,
    Suppressed,
    Undelivered,
)
from streams.topology import (
    ALERTS,
    ARTICLES,
    DEAD_LETTERS,
    ENRICHED,
    OUTCOMES,
    REPEATS,
    SHADOW,
    SILENCES,
    STORIES,
    SUPPRESSED,
    UNDELIVERED,
    UNIQUE,
    watch_topic,
)
from streams.why.find import entry, letter, parsed, said
from streams.why.nearest import Near, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.deduplicate.settings import DedupSettings
    from streams.records import Parsed
    from streams.why.find import Version
    from streams.why.history import History, Record

_decoders = {
    topic: msgspec.json.Decoder(record).decode
    for topic, record in {
        ALERTS: Alert,
        SHADOW: Alert,
        SUPPRESSED: Suppressed,
        UNDELIVERED: Undelivered,
        SILENCES: Silence,
        STORIES: Story,
        UNIQUE: Sequenced,
        REPEATS: Sequenced,
        ENRICHED: Enriched,
    }.items()
}


@dataclass(slots=True)
class Trace:
    """What the topics keep of one input; where a record has been deleted since, nothing."""

    version: Version
    parsed: Parsed | None = None
    dead_letter: DeadLetter | None = None
    original: Outcome | None = None
    """Of the article that it is a copy of."""
    story: list[Outcome] = field(default_factory=list)
    """Of the articles of its story before it in which a watch found something: whom a copy of them names."""
    told: Story | None = None
    """Its story by now; None where it is the only article."""
    near: Near | None = None
    """Of a new one."""
    enriched: Enriched | None = None
    records: list[tuple[str, str]] = field(default_factory=list)
    """Topic and place of each record of it, in the order of the pipeline."""
    alerts: list[Alert] = field(default_factory=list)
    """Those that it raised, on trial or not."""
    ledger: list[Suppressed] = field(default_factory=list)
    """Why it raised none."""
    under: dict[str, list[Alert]] = field(default_factory=dict)
    """Every revision of each alert that it raised or fell under, by `alert_id`."""
    held: dict[str, list[Suppressed]] = field(default_factory=dict)
    """What was held back under each of these."""
    deadlines: list[Alert | Suppressed] = field(default_factory=list)
    """What was told of the dates that these name, or held back."""
    silences: dict[str, Silence] = field(default_factory=dict)
    undelivered: dict[tuple[str, int], Undelivered] = field(default_factory=dict)
    """By `alert_id` and revision."""


def trace(history: History, version: Version, settings: DedupSettings) -> Trace:
    """Collect what is kept of one input.

    Args:
        history: where to look.
        version: the input.
        settings: by which a new one is compared with its nearest.
    """
    found = Trace(version)
    record = history.at(ARTICLES, version.seq)
    if record is not None:
        found.parsed = parsed(record.value)
        found.records.append((ARTICLES, record.where))
    if isinstance(found.parsed, Rejection) or (version.outcome and version.outcome.status == "rejected"):
        _dead_letter(history, found)
        return found
    _verdict(history, found, settings)
    _on_the_way(history, found)
    if version.outcome and (version.outcome.mentions or version.outcome.out_of_scope):
        _alert_step(history, found, version.outcome)
    return found


def _of_seq(history: History, topic: str, key: str, seq: int) -> list[tuple[Record, Any]]:
    """Its records on a topic of several partitions: where its key belongs, else wherever they are."""
    for found in (history.keyed(topic, key, said(key)), history.scan(topic, said(key))):
        read = ((record, _decoders[topic](record.value)) for record in found)
        if its := [(record, one) for record, one in read if one.seq == seq]:
            return its
    return []


def _records(history: History, topic: str, *ids: str) -> Iterator[tuple[Record, Any]]:
    for record in history.scan(topic, *map(said, ids)):
        yield record, _decoders[topic](record.value)


def _dead_letter(history: History, found: Trace) -> None:
    at = found.version.position
    for record in history.scan(DEAD_LETTERS, b'"offset":%d,' % at.offset):
        one = letter(record.value)
        if (one.topic, one.partition, one.offset) == (at.topic, at.partition, at.offset):
            if found.dead_letter is None:
                found.dead_letter = one
            found.records.append((DEAD_LETTERS, record.where))


def _verdict(history: History, found: Trace, settings: DedupSettings) -> None:
    outcome = found.version.outcome
    if outcome is None or outcome.verdict is None:
        return
    for _, story in _records(history, STORIES, outcome.verdict.story_id):
        if story.story_id == outcome.verdict.story_id:
            found.told = story
    if other := outcome.verdict.duplicate_of:
        before = [
            one
            for record in history.scan(OUTCOMES, said(other), said(outcome.story_id or other))
            if isinstance(one := entry(record.value), Outcome)
            and one.seq < outcome.seq
            and one.headline is not None
        ]
        found.story = [
            one
            for one in before
            if one.story_id == outcome.story_id and not one.redelivered and (one.mentions or one.out_of_scope)
        ]
        earlier = [one for one in before if one.article_id == other]
        # Of an update the version before it was compared, of a copy the first with that id.
        if earlier:
            pick = max if outcome.status == "update" else min
            found.original = pick(earlier, key=lambda one: one.seq)
    elif outcome.status == "new" and isinstance(found.parsed, Article):
        found.near = nearest(history, outcome.seq, found.parsed, settings)


def _on_the_way(history: History, found: Trace) -> None:
    outcome, article = found.version.outcome, found.parsed
    key = article.article_id if isinstance(article, Article) else outcome and outcome.article_id
    if not key:
        return
    copied = outcome is not None and outcome.status in ("exact_duplicate", "near_duplicate")
    # Whether it was on news.unique is asked only where it went no further: each topic of texts takes seconds.
    for topic in (REPEATS,) if copied else (ENRICHED, UNIQUE) if outcome else (ENRICHED, UNIQUE, REPEATS):
        for record, one in _of_seq(history, topic, key, found.version.seq):
            found.records.append((topic, record.where))
            if isinstance(one, Enriched):
                found.enriched = one
        if found.enriched:
            break
    if found.version.where:
        found.records.append((OUTCOMES, found.version.where))


def _alert_step(history: History, found: Trace, outcome: Outcome) -> None:
    key, seq = outcome.article_id or "", outcome.seq
    for record, ledger in _records(history, SUPPRESSED, key):
        if (
            ledger.seq == seq
            and not ledger.deadline
            and ledger.watch not in {other.watch for other in found.ledger}
        ):
            found.ledger.append(ledger)
            found.records.append((SUPPRESSED, record.where))
    for topic in (ALERTS, SHADOW):
        for record, alert in _records(history, topic, key):
            if alert.seq == seq and alert.article_id == key and not alert.deadline:
                found.alerts.append(alert)
                found.records.append((topic, record.where))
    entries: list[Suppressed | Alert] = [*found.ledger, *found.alerts]
    ids = {one.alert_id for one in entries if one.alert_id}
    _others(history, found, outcome, ids)
    _beside(history, found, ids)


def _others(history: History, found: Trace, outcome: Outcome, ids: set[str]) -> None:
    """What others made of its alerts: revisions, what was held back, what was told of its dates."""
    key = outcome.article_id or ""
    # One that was silenced has no alert, but its dates may be told all the same.
    dated = {key} if any(mention.due for mention in outcome.mentions) else set()
    # An inhibited one falls under another watch's alert.
    for topic in (ALERTS, SHADOW) if ids or dated else ():
        for _, alert in _records(history, topic, *ids, *dated):
            if alert.alert_id in ids:
                found.under.setdefault(alert.alert_id, []).append(alert)
            elif _names(alert, ids, key):
                found.deadlines.append(alert)
    if dated or any(one.reason == "cooldown" for one in found.ledger):
        for _, one in _records(history, SUPPRESSED, *ids, *dated):
            if _names(one, ids, key):
                found.deadlines.append(one)
            elif one.alert_id in ids and one.seq <= outcome.seq:
                found.held.setdefault(one.alert_id, []).append(one)


def _names(one: Alert | Suppressed, ids: set[str], key: str) -> bool:
    """Whether it tells of a deadline that these alerts name, or the article was the first to."""
    return one.deadline is not None and (not ids.isdisjoint(one.deadline.alerts) or one.article_id == key)


def _beside(history: History, found: Trace, ids: set[str]) -> None:
    """What is kept of the alerts: where they went, and the silences that held others back."""
    for watch in sorted({one.watch for one in found.alerts if one.stage == "live"}):
        found.records += [
            (watch_topic(watch), record.where)
            for record in history.scan(watch_topic(watch), b'"seq":%d,' % found.version.seq)
            if _decoders[ALERTS](record.value).seq == found.version.seq
        ]
    if wanted := [one.silence for one in found.ledger if one.silence]:
        for _, one in _records(history, SILENCES, *wanted):
            found.silences[one.silence_id] = one
    for _, one in _records(history, UNDELIVERED, *ids) if ids else ():
        key = one.alert_id, one.revision
        # What was delivered stays so, whatever a worker that reads it again makes of it.
        if None not in key and not (key in found.undelivered and found.undelivered[key].delivered):
            found.undelivered[key] = one
