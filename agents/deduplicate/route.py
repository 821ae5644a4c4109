"""Where a judged input goes: to the expensive steps, past them, or straight into the account book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.deduplicate.remembered import table_key
from streams.emit import Emit
from streams.records import Article, Outcome, Sequenced
from streams.topology import OUTCOMES, REPEATS, STORIES, UNIQUE

if TYPE_CHECKING:
    from agents.deduplicate.memory import Decision
    from streams.records import Parsed

TEXT_CHANGED = frozenset({"new", "update"})
"""Statuses that are worth a look for entities; a copy names whom its original named."""


def route(seq: int, parsed: Parsed, decision: Decision) -> Emit:
    """Say what is sent for one input.

    Every `seq` has exactly one outcome in the end. An input that the ingest step sent twice has two of them,
    so the second is marked and counts for nothing. One that was only delivered here again (the same `seq`) is
    sent again as it was; the steps behind know it by its `seq`.

    Args:
        seq: offset in `news.articles`.
        parsed: what was read there.
        decision: what the memory says of it.
    """
    if seq != decision.seq:
        return _outcome(seq, parsed, decision, redelivered=True)
    if not isinstance(parsed, Article):
        return _outcome(seq, parsed, decision)
    fields = msgspec.structs.asdict(parsed) | {"minhash": b""}  # 430 characters nobody needs from here on
    sequenced = Sequenced(**fields, seq=seq, verdict=decision.verdict)
    topic = UNIQUE if decision.verdict.status in TEXT_CHANGED else REPEATS
    return Emit(topic, parsed.article_id, sequenced, parsed.event_time)


def stories(parsed: Parsed, decision: Decision) -> list[Emit]:
    """Say what the input has made of stories."""
    return [Emit(STORIES, story.story_id, story, parsed.event_time) for story in decision.stories]


def _outcome(seq: int, parsed: Parsed, decision: Decision, *, redelivered: bool = False) -> Emit:
    at = parsed.position
    outcome = Outcome(
        seq=seq,
        status=decision.verdict.status,
        position=at,
        event_time=parsed.event_time,
        arrived=parsed.arrived,
        origin=parsed.origin,
        redelivered=redelivered,
        article_id=parsed.article_id if isinstance(parsed, Article) else None,
        story_id=decision.verdict.story_id or None,
        verdict=decision.verdict,
        reason=None if isinstance(parsed, Article) else parsed.reason,
    )
    return Emit(OUTCOMES, table_key(at), outcome, parsed.event_time)
