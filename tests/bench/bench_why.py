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
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from aiokafka import AIOKafkaProducer

from agents.alerts.desk import Desk
from agents.alerts.policy import policies
from agents.deduplicate.fingerprint import signature
from agents.deduplicate.shingles import shingles
from agents.ingest.identity import article_id, content_hash, normalised_words
from agents.mentions.match import Matcher
from agents.mentions.settle import settle
from agents.mentions.watchlist import load as load_watchlist
from seeds import DEFAULT_WATCHLIST
from seeds.generate import START, GeneratedArticle, generate
from streams.admin import create_topics
from streams.broker import running_broker
from streams.records import Article, Enriched, Model, Outcome, Position, Sequenced, Start, Verdict
from streams.run.collect import read_topic
from streams.settings import load
from streams.topology import ARTICLES, ENRICHED, OUTCOMES, RAW, REPEATS, UNIQUE, with_watches

if TYPE_CHECKING:
    from streams.settings import Settings

THERE = 100_000
"""Articles; generated ones have 2.7 kB of text."""
ROUNDS = 5
CHUNK = 2_000
PER_HOUR = 120
MODEL = Model(name="bench", version="1")
COPIES = {"exact_duplicate", "near_duplicate"}

_matcher: Matcher | None = None


class Made(NamedTuple):
    """What the steps before the alerts make of an article."""

    outcome: Outcome
    sent: list[tuple[str, bytes, bytes]]
    """Topic, key and value."""


def measure(articles: int = THERE, rounds: int = ROUNDS) -> dict[str, Any]:
    """Median seconds of the whole command from its start on, and to one plain reading of `news.articles`."""
    with running_broker(cache=load().cache) as broker:
        settings = load(
            kafka_bootstrap=broker.bootstrap_servers, topic_prefix=f"bench{uuid.uuid4().hex[:8]}."
        )
        newest = asyncio.run(fill(settings, articles))
        asked = {
            "new": newest["new"],
            "copy": newest["near_duplicate"],
            "oldest": "news.articles:0:0",
            "unknown": "nobody",
        }
        spent: dict[str, list[float]] = {name: [] for name in (*asked, "plain")}
        for _ in range(rounds):
            for name, article in asked.items():
                spent[name].append(_why(settings, article))
            spent["plain"].append(_plain(settings))
    figures = {f"{name}_seconds": round(median(each), 2) for name, each in spent.items()}
    ratio = median(new / plain for new, plain in zip(spent["new"], spent["plain"], strict=True))
    return {"articles": articles, **figures, "new_to_plain": round(ratio, 2)}


def _why(settings: Settings, article: str) -> float:
    command = [sys.executable, "-m", "streams", "why", article, "--bootstrap", settings.kafka_bootstrap]
    # Compiled modules are kept, as in any installation.
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(
        command,
        env={**variables, "NEWSWATCH_TOPIC_PREFIX": settings.topic_prefix},
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - start


def _plain(settings: Settings) -> float:
    """Seconds that kafka-python takes to read the articles once, record by record."""
    start = time.perf_counter()
    for _ in read_topic(settings, ARTICLES):
        pass
    return time.perf_counter() - start


async def fill(settings: Settings, articles: int) -> dict[str, str]:
    """Put so many articles on an edition's topics; returns the name of the newest of each status."""
    watchlist = load_watchlist(DEFAULT_WATCHLIST)
    create_topics(settings, with_watches(watch.name for watch in watchlist.watches))
    desk = Desk(policies(watchlist), window=timedelta(hours=72), gap_timeout=timedelta(seconds=60))
    newest: dict[str, str] = {}
    async with AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap, max_batch_size=1 << 20, linger_ms=5
    ) as client:

        async def send(topic: str, key: bytes, value: bytes) -> None:
            await client.send(settings.topic_prefix + topic, key=key, value=value)

        await send(OUTCOMES, b"", msgspec.json.encode(Start(seq=0)))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(os.cpu_count(), context, initializer=_load) as pool:
            chunks = [
                pool.submit(_chunk, seq, min(CHUNK, articles - seq)) for seq in range(0, articles, CHUNK)
            ]
            while chunks:
                for outcome, sent in await asyncio.wrap_future(chunks.pop(0)):
                    for record in sent:
                        await send(*record)
                    for emit in desk.settle(outcome, seq=outcome.seq, now=outcome.arrived).emits:
                        await send(emit.topic, emit.key.encode(), msgspec.json.encode(emit.value))
                    newest[outcome.status] = outcome.name or ""
    return newest


def _load() -> None:
    global _matcher  # noqa: PLW0603  a process holds one matcher
    _matcher = Matcher(load_watchlist(DEFAULT_WATCHLIST))


def _chunk(seq: int, count: int) -> list[Made]:
    """So many articles from `seq` on; copies have their first article among them."""
    start = START + timedelta(hours=seq / PER_HOUR)
    rows = list(generate(count, seed=seq, per_hour=PER_HOUR, start=start))
    uris = {row.id: row.uri for row in rows}
    return [_made(seq + number, row, uris) for number, row in enumerate(rows)]


def _made(seq: int, row: GeneratedArticle, uris: dict[str, str]) -> Made:
    article, truth = _article(seq, row), row.truth
    copied = truth.derived_from if truth.status != "new" else None
    verdict = Verdict(
        status=truth.status,  # type: ignore[arg-type]  # the generator's are the same words
        story_id=article_id(uris[truth.cluster], ()),
        duplicate_of=article_id(uris[copied], ()) if copied else None,
        method="jaccard" if copied else None,
        similarity=0.9 if copied else None,
    )
    fields = msgspec.structs.asdict(article)
    step = Sequenced(**fields, seq=seq, verdict=verdict)
    repeat = truth.status in COPIES
    last = step if repeat else Enriched(**fields, seq=seq, verdict=verdict, model=MODEL)
    if _matcher is None:
        raise RuntimeError("the process has no matcher")
    outcome = settle(_matcher, last).outcome
    records = {ARTICLES: article} | ({REPEATS: step} if repeat else {UNIQUE: step, ENRICHED: last})
    key = article.article_id.encode()
    sent = [(topic, key, msgspec.json.encode(one)) for topic, one in (records | {OUTCOMES: outcome}).items()]
    return Made(outcome, sent)


def _article(seq: int, row: GeneratedArticle) -> Article:
    """As ingest makes it, less its look at language and furniture, which would take minutes."""
    words = normalised_words(row.text)
    return Article(
        article_id=article_id(row.uri, ()),
        content_hash=content_hash(words),
        headline=row.headline,
        headline_source="given",
        body_text=row.text,
        language="en",
        uri=row.uri,
        name=row.id,
        source=row.source,
        versioncreated=row.published,
        event_time=row.published,
        event_time_source="own",
        arrived=row.published,
        origin="replay",
        position=Position(topic=RAW, partition=0, offset=seq),
        minhash=signature(shingles(words)),
    )


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
