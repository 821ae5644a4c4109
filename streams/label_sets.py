"""What the labels of metrics may be: each is a closed set, or closed by something that has a limit."""

from __future__ import annotations

from typing import get_args

from agents.alerts import measured, sources
from agents.entities.labels import LABELS
from agents.ingest.refusal import REASONS
from agents.mentions import named_most
from agents.webhook.courier import Outcome as WebhookOutcome
from agents.webhook.retry import Kind as WebhookAnswer
from streams.feeds.pages import OUTCOMES as PAGE_OUTCOMES
from streams.feeds.poll import ENTRY_OUTCOMES
from streams.feeds.poll import OUTCOMES as POLL_OUTCOMES
from streams.lag.ask import MOST_GROUPS
from streams.metrics import STEPS
from streams.process import Component
from streams.records import ChangeKind, Eviction, Origin, Severity, Stage, Status, SuppressedReason

CLOSED: dict[str, tuple[str, ...]] = {
    "status": get_args(Status),
    "origin": get_args(Origin),
    "severity": get_args(Severity),
    "step": STEPS,
    "component": get_args(Component),
    "stage": get_args(Stage),
    "operation": ("retrieved", "updated", "deleted"),
    "generation": ("0", "1", "2"),
    "pool": ("parsers", "pipeline"),
    "newswatch_unmeasured:kind": ("watch", "entity", "source", "watch_source"),
    "newswatch_dead_letters:reason": REASONS,
    "newswatch_revisions:reason": get_args(ChangeKind),
    "newswatch_suppressed:reason": get_args(SuppressedReason),
    "newswatch_evicted:reason": get_args(Eviction),
    "newswatch_webhook_alerts:outcome": get_args(WebhookOutcome),
    "newswatch_webhook_attempts:answer": get_args(WebhookAnswer),
    "newswatch_table_entries:table": ("desk", "remembered"),
    "newswatch_table_bytes:table": ("desk", "remembered"),
    "newswatch_feeds_polls:outcome": POLL_OUTCOMES,
    "newswatch_feeds_entries:outcome": ENTRY_OUTCOMES,
    "newswatch_feeds_pages:outcome": PAGE_OUTCOMES,
    "faust_assignments:outcome": ("completed", "failed"),
}
"""Every value, by label, or by metric (without its ending) and label where metrics differ."""

BOUNDED: dict[str, str] = {
    "label": ", ".join(f"`{label}`" for label in LABELS) + "; what else a pipeline of one's own finds",
    "watch": f"names in the watchlist; {measured.MOST_WATCHES:,} at most in `newswatch_watch_articles_total`",
    "newswatch_named_articles:entity": f"the {named_most.MOST} canonical names that a worker has met most in "
    f"live news, each after {named_most.ENOUGH} articles; `{named_most.OTHER}`",
    "newswatch_entity_articles:entity": f"what `scope.entities` of watches says, as written, "
    f"{measured.MOST_ENTITIES} at most",
    "newswatch_source_articles:source": f"what `scope.sources` of watches says, as written, "
    f"{measured.MOST_SOURCES} at most; the {sources.MOST} sources seen most, each after {sources.ENOUGH} "
    f"articles; `{sources.OTHER}`",
    "newswatch_watch_source:source": f"what `scope.sources` of watches says; {measured.MOST_PAIRS:,} pairs "
    "at most",
    "feed": "names in the file of feeds",
    "group": f"the edition's own, `newswatch` after its prefix; at the console also {MOST_GROUPS} programs' "
    "at most, those that read its topics",
    "topic": "the edition's topics without its prefix, those of tables too (`newswatch-…-changelog`); "
    "`alerts.*` for all watches' own (each by itself in the lag of a program that reads it)",
    "partition": "numbers from 0",
    "broker": "numbers of the brokers",
    "faust_table_operations:table": "`desk`, `remembered-` and its version",
    "version": "of what the metric names",
    "newswatch_model:name": "the pipeline",
    "newswatch_model:why": "why this one, a sentence",
    "newswatch_model:configured": "what `NEWSWATCH_SPACY_MODEL` asks for, in use or not; else empty",
    "newswatch_watchlist:source": "the file's name, or `topic watchlist`",
    "implementation": "of Python, as are `major`, `minor` and `patchlevel`",
    "major": "of Python",
    "minor": "of Python",
    "patchlevel": "of Python",
}
"""What closes the others, the same way."""

INFO: dict[str, tuple[str, ...]] = {
    "newswatch_process": ("component", "version"),
    "newswatch_model": ("name", "version", "why", "configured"),
    "newswatch_watchlist": ("version", "source"),
}
"""Labels of what is 1 for ever; the client learns of them with the values."""


def closed(metric: str, label: str) -> tuple[str, ...] | None:
    """Every value that a label of a metric can have; None where something else closes the set."""
    return CLOSED.get(f"{metric}:{label}", CLOSED.get(label))


def told(metric: str, label: str) -> str:
    """What a label of a metric can be, in words.

    Raises:
        KeyError: nothing closes it.
    """
    values = closed(metric, label)
    if values is not None:
        return ", ".join(f"`{value}`" for value in values)
    return BOUNDED.get(f"{metric}:{label}") or BOUNDED[label]
