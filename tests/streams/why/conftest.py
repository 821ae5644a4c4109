"""A folder as `newswatch run --out` writes it: the verdicts by hand, the rest by the pipeline's own code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from agents.alerts.desk import Desk
from agents.alerts.policy import policies
from agents.deduplicate.fingerprint import signature
from agents.deduplicate.likeness import Fingerprint
from agents.ingest.identity import article_id
from agents.mentions.match import Matcher
from agents.mentions.settle import settle
from agents.mentions.watchlist import parse
from streams.records import (
    Article,
    DeadLetter,
    Enriched,
    Entity,
    Model,
    Outcome,
    Position,
    Rejection,
    Sequenced,
    Silence,
    Start,
    Verdict,
)

if TYPE_CHECKING:
    from pathlib import Path

WATCHES = """
watches:
  - name: ceasefire
    severity: critical
    terms: [ceasefire, truce]
    cooldown: 30m
  - name: deadline
    terms: [deadline]
    scope: {sources: [reuters.com]}
  - name: sanctions
    terms: [sanctions]
    claim: [affirmed]
"""
NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
TALKS = (
    "Negotiators met in Kyiv on Monday for six hours of talks. The two sides agreed to a truce of thirty "
    "days. The ministry told reporters that markets had risen on the news and that more would follow soon."
)
GARDEN = (
    "The garden club reminds its members that the deadline for orders of bulbs is Friday. Negotiators met in "
    "Kyiv on Monday for six hours of talks, and members can choose from tulips."
)
NEGATED = "The council has not imposed sanctions on the port, a spokeswoman told reporters."
INPUTS: list[tuple[str, str, str, str | None]] = [
    # host, text, status, duplicate of
    ("reuters.com", TALKS, "new", None),
    ("bbc.com", TALKS, "exact_duplicate", "https://reuters.com/0"),
    ("dw.com", TALKS.replace("thirty", "forty"), "near_duplicate", "https://reuters.com/0"),
    ("blog.net", GARDEN, "new", None),
    ("lemonde.fr", NEGATED, "new", None),
    ("x.org", "", "rejected", None),
    ("quiet.org", "A truce was signed in the far north.", "new", None),
]


def read(number: int, host: str, text: str) -> Article | Rejection:
    """What ingest would send."""
    at = Position(topic="news.raw", partition=0, offset=number)
    if not text:
        return Rejection(
            reason="no_body", message="no text", event_time=NOW, arrived=NOW, origin="replay", position=at
        )
    uri = f"https://{host}/{number}"
    return Article(
        article_id=article_id(uri, ()),
        content_hash=article_id(None, text.split()),
        headline=f"Headline {number}",
        headline_source="given",
        body_text=text,
        language="en",
        uri=uri,
        name=f"a{number}",
        source=host,
        event_time=NOW + timedelta(minutes=number),
        event_time_source="own",
        arrived=NOW,
        origin="replay",
        position=at,
        minhash=signature(Fingerprint.of(text).shingles),
    )


RUBIO = "Marco Rubio"


def entities(text: str) -> tuple[Entity, ...]:
    """The one name that the tests ask for, found by hand."""
    at = text.find(RUBIO)
    return (
        ()
        if at < 0
        else (
            Entity(
                text=RUBIO,
                label="PERSON",
                start=at,
                end=at + len(RUBIO),
                canonical=RUBIO,
                canonical_id="person:marco-rubio",
            ),
        )
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An alert, a copy, a change, one out of scope, a claim that doesn't count, one refused, one silenced."""
    return write(tmp_path, WATCHES, INPUTS)


def write(folder: Path, watches: str, inputs: list[tuple[str, str, str, str | None]]) -> Path:
    """What a run of these watches on these inputs leaves, with all that is on quiet.org silenced."""
    watchlist = parse(watches, "w")
    matcher = Matcher(watchlist)
    topics: dict[str, list[object]] = {"news.outcomes": [Start(seq=0)]}
    asked = Silence(
        silence_id="s1",
        reason="planned",
        created=NOW,
        until=NOW + timedelta(days=1),
        seq=0,
        source="quiet.org",
    )
    entries: list[Start | Silence | Outcome] = [Start(seq=0), asked]
    for seq, (host, text, status, other) in enumerate(inputs):
        article = read(seq, host, text)
        topics.setdefault("news.articles", []).append(article)
        if isinstance(article, Rejection):
            at = article.position
            refused = Outcome(
                seq=seq,
                status="rejected",
                position=at,
                event_time=NOW,
                arrived=NOW,
                origin="replay",
                verdict=Verdict(status="rejected", story_id=""),
                reason="no_body",
            )
            entries.append(refused)
            payload = b'{"uri":"https://x.org/5","id":"a5"}'
            topics["news.dead-letters"] = [
                DeadLetter(
                    reason="no_body",
                    message="no text",
                    step="ingest",
                    topic=at.topic,
                    partition=0,
                    offset=at.offset,
                    time=NOW,
                    payload=payload,
                    size=len(payload),
                )
            ]
            continue
        first = article_id(other, ()) if other else None
        verdict = Verdict(
            status=status,  # type: ignore[arg-type]
            story_id=first or article.article_id,
            duplicate_of=first,
            method="jaccard" if first else None,
            similarity=0.9 if first else None,
        )
        fields = msgspec.structs.asdict(article)
        step: Sequenced = Sequenced(**fields, seq=seq, verdict=verdict)
        searched = status in ("new", "update")
        if searched:
            model, named = Model(name="m", version="1"), entities(text)
            step = Enriched(**fields, seq=seq, verdict=verdict, model=model, entities=named)
        topics.setdefault("news.enriched" if searched else "news.repeats", []).append(step)
        entries.append(settle(matcher, step).outcome)
    topics["news.outcomes"] = list(entries)
    desk = Desk(policies(watchlist), window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))
    for emit in desk.work(entries, now=NOW).emits:
        topics.setdefault(emit.topic, []).append(emit.value)
    for topic, records in topics.items():
        lines = b"".join(msgspec.json.encode(record) + b"\n" for record in records)
        (folder / f"{topic}.jsonl").write_bytes(lines)
    (folder / "watches.yaml").write_text(watches)
    return folder
