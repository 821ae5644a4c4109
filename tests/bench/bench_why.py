"""How long `newswatch why` takes over an edition with many articles on its topics.

The records are made by the steps' own code, the verdicts are the generator's truth; on each topic of several
partitions they lie by key, as the workers send them.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import subprocess
import sys
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from aiokafka import AIOKafkaProducer

from agents.alerts.desk import Desk
from agents.alerts.policy import policies
from agents.ingest.identity import article_id
from agents.ingest.parse import Delivery, parse
from agents.mentions.match import Matcher
from agents.mentions.settle import settle
from agents.mentions.watchlist import load as load_watchlist
from seeds import DEFAULT_WATCHLIST
from seeds.generate import GeneratedArticle, generate
from streams.admin import create_topics
from streams.broker import running_broker
from streams.records import Article, Enriched, Model, Outcome, Position, Sequenced, Start, Verdict
from streams.settings import load
from streams.topology import ARTICLES, ENRICHED, OUTCOMES, RAW, REPEATS, UNIQUE, with_watches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.settings import Settings

THERE = 100_000
"""Articles; generated ones have 2.7 kB of text."""
ROUNDS = 5
CHUNK = 500
MODEL = Model(name="bench", version="1")
COPIES = {"exact_duplicate", "near_duplicate"}
KINDS = ("new", "near_duplicate", "update")

_matcher: Matcher | None = None


class Row(NamedTuple):
    """An article before the steps."""

    seq: int
    given: GeneratedArticle
    first: str
    """URI of the first article of its cluster."""
    before: str
    """URI of the article that it copies or changes."""


class Made(NamedTuple):
    """What the steps before the alerts make of an article."""

    outcome: Outcome
    sent: list[tuple[str, bytes, bytes]]
    """Topic, key and value."""


def measure(articles: int = THERE, rounds: int = ROUNDS) -> dict[str, Any]:
    """Median seconds of the whole command, from its start on."""
    with running_broker(cache=load().cache) as broker:
        settings = load(
            kafka_bootstrap=broker.bootstrap_servers, topic_prefix=f"bench{uuid.uuid4().hex[:8]}."
        )
        newest = asyncio.run(fill(settings, articles))
        asked = {"recent": [newest[kind] for kind in KINDS], "oldest": ["0"], "unknown": ["nobody"]}
        figures = {
            f"{name}_seconds": round(median(_spent(settings, each) for each in islice(cycle(ids), rounds)), 2)
            for name, ids in asked.items()
        }
    return {"articles": articles, **figures}


def _spent(settings: Settings, article: str) -> float:
    command = [sys.executable, "-m", "streams", "why", article, "--bootstrap", settings.kafka_bootstrap]
    variables = {**os.environ, "NEWSWATCH_TOPIC_PREFIX": settings.topic_prefix}
    start = time.perf_counter()
    subprocess.run(command, env=variables, capture_output=True, check=False)
    return time.perf_counter() - start


async def fill(settings: Settings, articles: int) -> dict[str, str]:
    """Put so many articles on an edition's topics; returns the name of the newest of each status."""
    watchlist = load_watchlist(DEFAULT_WATCHLIST)
    create_topics(settings, with_watches(watch.name for watch in watchlist.watches))
    desk = Desk(policies(watchlist), window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))
    newest: dict[str, str] = {}
    async with AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap,
        max_batch_size=1 << 20,
        linger_ms=5,
        max_request_size=1 << 25,
    ) as client:

        async def send(topic: str, key: bytes, value: bytes) -> None:
            await client.send(settings.topic_prefix + topic, key=key, value=value)

        await send(OUTCOMES, b"", msgspec.json.encode(Start(seq=0)))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), context, initializer=_load) as pool:
            under_way = [pool.submit(_make, chunk) for chunk in _chunks(articles)]
            for future in under_way:
                for outcome, sent in await asyncio.wrap_future(future):
                    for record in sent:
                        await send(*record)
                    for emit in desk.settle(outcome, now=outcome.arrived).emits:
                        await send(emit.topic, emit.key.encode(), msgspec.json.encode(emit.value))
                    newest[outcome.status] = outcome.name or ""
    return newest


def _chunks(articles: int) -> Iterator[list[Row]]:
    uris: dict[str, str] = {}
    rows = enumerate(generate(articles, seed=1))
    while chunk := list(islice(rows, CHUNK)):
        uris.update((given.id, given.uri) for _, given in chunk)
        yield [
            Row(seq, given, uris[given.truth.cluster], uris[given.truth.derived_from or given.id])
            for seq, given in chunk
        ]


def _load() -> None:
    global _matcher  # noqa: PLW0603  a process holds one matcher
    _matcher = Matcher(load_watchlist(DEFAULT_WATCHLIST))


def _make(rows: list[Row]) -> list[Made]:
    return list(map(_made, rows))


def _made(row: Row) -> Made:
    article = _article(row.seq, row.given)
    status, copied = row.given.truth.status, row.given.truth.status != "new"
    verdict = Verdict(
        status=status,  # type: ignore[arg-type]  # the generator's are the same words
        story_id=article_id(row.first, ()),
        duplicate_of=article_id(row.before, ()) if copied else None,
        method="jaccard" if copied else None,
        similarity=0.9 if copied else None,
    )
    fields = msgspec.structs.asdict(article)
    step = Sequenced(**fields, seq=row.seq, verdict=verdict)
    last = step if status in COPIES else Enriched(**fields, seq=row.seq, verdict=verdict, model=MODEL)
    assert _matcher is not None
    outcome = settle(_matcher, last).outcome
    key = article.article_id.encode()
    through = {ARTICLES: article}
    through |= {REPEATS: step} if status in COPIES else {UNIQUE: step, ENRICHED: last}
    records = {**through, OUTCOMES: outcome}
    return Made(outcome, [(topic, key, msgspec.json.encode(one)) for topic, one in records.items()])


def _article(seq: int, given: GeneratedArticle) -> Article:
    """As ingest makes it."""
    payload = msgspec.json.encode(given)
    at = Position(topic=RAW, partition=0, offset=seq)
    parsed = parse(Delivery(payload=payload, position=at, arrived=given.published, origin="replay"))
    if not isinstance(parsed, Article):
        raise TypeError(f"the generator made no article: {parsed}")
    return parsed


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
