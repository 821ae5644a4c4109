"""The whole pipeline against bare `nlp.pipe`: what Kafka, Faust and every other step cost beside entities.

The same texts, the same pipeline and the same number of processes, in turn in one run. The pipeline is a
statistical NER of spaCy's default size, untrained: it costs what a trained one costs.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec
import spacy
from spacy.training import Example

from agents.entities.extract import TOGETHER
from agents.mentions.watchlist import load as load_watchlist
from seeds.generate import generate
from streams.admin import create_topics
from streams.broker import running_broker
from streams.connect import consumer
from streams.replay.run import run as replay
from streams.run.account import Account
from streams.run.collect import Collector
from streams.run.fleet import Fleet
from streams.settings import load
from streams.topology import RAW, with_watches

if TYPE_CHECKING:
    from spacy.language import Language

    from streams.settings import Settings

ARTICLES = 1_500
"""So many that the half second in which the first comes in and the last goes out counts for little."""
ROUNDS = 2
BATCH = 16
LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP")
READY_SECONDS = 180.0

_nlp: Language | None = None


def measure(articles: int = ARTICLES, rounds: int = ROUNDS) -> dict[str, Any]:
    """Articles a second of both, round by round, and the median of their ratio."""
    processes = os.cpu_count() or 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = _untrained(folder / "model")
        with running_broker(cache=load().cache) as broker:
            settings = load(kafka_bootstrap=broker.bootstrap_servers)
            watches = load_watchlist(settings.watchlist).watches
            create_topics(settings, with_watches(watch.name for watch in watches))
            variables = {
                "NEWSWATCH_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
                "NEWSWATCH_SPACY_MODEL": str(model),
                "NEWSWATCH_NLP_PROCESSES": str(processes),
                "NEWSWATCH_NLP_BATCH": str(BATCH),
            }
            context = multiprocessing.get_context("spawn")
            with (
                Fleet(1, folder, variables) as fleet,
                ProcessPoolExecutor(processes, context, initializer=_load, initargs=(str(model),)) as pool,
            ):
                fleet.wait_ready(READY_SECONDS)
                rows = [_one_round(folder, settings, pool, seed, articles) for seed in range(rounds + 1)][
                    1:
                ]  # the first warms both up
    return {
        "articles": articles,
        "processes": processes,
        "bare_per_second": [round(articles / bare, 1) for bare, _ in rows],
        "pipeline_per_second": [round(articles / whole, 1) for _, whole in rows],
        "pipeline_to_bare": round(median(bare / whole for bare, whole in rows), 3),
    }


def _one_round(
    folder: Path, settings: Settings, pool: ProcessPoolExecutor, seed: int, articles: int
) -> tuple[float, float]:
    """Seconds that bare `nlp.pipe` and the whole pipeline take for the same articles."""
    rows = list(generate(articles, seed=seed, shares={"original": 1.0}))
    texts = [row.text for row in rows]
    start = time.perf_counter()
    list(pool.map(_pipe, [texts[at : at + BATCH] for at in range(0, articles, BATCH)]))
    bare = time.perf_counter() - start
    path = folder / "rows.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    start = time.perf_counter()
    replay([str(path)], bootstrap=settings.kafka_bootstrap, topic=settings.topic_prefix + RAW, quiet=True)
    account = Account()
    # Answers come by the larger piece: counting must not take the cores from what is counted.
    with consumer(settings.kafka_bootstrap, fetch_min_bytes=1 << 18, fetch_max_wait_ms=250) as client:
        collector = Collector(client, settings)
        while account.missing((seed + 1) * articles):
            for record in collector.poll(1.0):
                account.add(record)
    return bare, time.perf_counter() - start


def _untrained(path: Path) -> Path:
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    text = "Officials met in Geneva."
    example = Example.from_dict(nlp.make_doc(text), {"entities": [(17, 23, "GPE")]})
    nlp.initialize(lambda: [example])
    nlp.to_disk(path)
    return path


def _load(path: str) -> None:
    global _nlp  # noqa: PLW0603  a process holds one pipeline
    _nlp = spacy.load(path)


def _pipe(texts: list[str]) -> int:
    if _nlp is None:
        raise RuntimeError("the process has no pipeline")
    return sum(len(doc.ents) for doc in _nlp.pipe(texts, batch_size=TOGETHER))


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
