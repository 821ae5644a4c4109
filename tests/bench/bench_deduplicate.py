"""The duplicate check alone: verdicts a second, memory an article, and what a larger memory costs.

python tests/bench/bench_deduplicate.py
"""

from __future__ import annotations

import gc
import json
import random
import sys
import tracemalloc
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from time import process_time
from typing import TYPE_CHECKING, Any

from agents.deduplicate.fingerprint import minhash
from agents.deduplicate.memory import Memory
from streams.records import Article, Position

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (10_000, 100_000)
TIMED = 2_000
"""Articles timed at each size."""
WORDS = 400
"""An agency story."""
COPIES = 0.3
_START = datetime(2025, 1, 1, tzinfo=UTC)


def measure(sizes: tuple[int, ...] = SIZES, timed: int = TIMED) -> dict[str, Any]:
    """Verdicts a second of CPU at each size of the memory, bytes an article, and the ratio of the speeds.

    CPU time, since other work on the machine says nothing of the step. The table is a dict whose values count
    for nothing here: they are on disk in the real one.
    """
    result: dict[str, Any] = {"words": WORDS, "timed": timed}
    stream = _articles(random.Random(1))
    memory, table = Memory(), dict[str, bytes]()
    seq = 0
    for size in sizes:
        while len(memory) < size:
            _judge(memory, table, seq, next(stream))
            seq += 1
        result[f"bytes_per_article_{size}"] = round(memory.nbytes / len(memory))
        articles = [next(stream) for _ in range(timed)]
        gc.collect()
        start = process_time()
        for article in articles:
            _judge(memory, table, seq, article)
            seq += 1
        seconds = process_time() - start
        result[f"verdicts_per_second_{size}"] = round(timed / seconds)
        start = process_time()
        for article in articles:
            minhash(article.body_text)
        seconds += process_time() - start
        result[f"verdicts_and_fingerprints_per_second_{size}"] = round(timed / seconds)
        result[f"table_bytes_per_article_{size}"] = round(sum(map(len, table.values())) / len(table))
    first, *_, last = (result[f"verdicts_per_second_{size}"] for size in sizes)
    result[f"speed_ratio_{sizes[-1]}_to_{sizes[0]}"] = round(last / first, 2)
    start = process_time()
    gc.collect()
    tracemalloc.start()
    restored = Memory()
    restored.restore(table.values())
    gc.collect()
    result[f"bytes_per_article_traced_after_restart_{len(restored)}"] = round(
        tracemalloc.get_traced_memory()[0] / len(restored)
    )
    tracemalloc.stop()
    result["restart_seconds_traced"] = round(process_time() - start, 2)
    return result


def _judge(memory: Memory, table: dict[str, bytes], seq: int, article: Article) -> None:
    decision = memory.decide(seq, article, table.get)
    table.update(decision.writes)
    for key in decision.deletes:
        del table[key]
    memory.committed()


def _articles(chooser: random.Random) -> Iterator[Article]:
    """Texts of words as frequent as in a language (Zipf), a third of them reprints with six words changed."""
    onsets, rimes = (
        "bdfgklmnprst",
        ("an", "eral", "ist", "omed", "ulo", "king", "esh", "ation", "iper", "ody"),
    )
    vocabulary = [f"{one}{two}{three}" for one in onsets for two in rimes for three in ("", *rimes[:4])]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    recent: list[str] = []
    number = 0
    while True:
        if recent and chooser.random() < COPIES:
            words = chooser.choice(recent).split()
            for _ in range(6):
                words[chooser.randrange(len(words))] = chooser.choice(vocabulary)
        else:
            words = chooser.choices(vocabulary, weights, k=WORDS)
        text = " ".join(words)
        recent = [*recent[-499:], text]
        identity = blake2b(text.encode(), digest_size=16).hexdigest()
        yield Article(
            article_id=identity,
            content_hash=identity,
            headline="",
            headline_source="derived",
            body_text=text,
            language="en",
            event_time=_START + timedelta(seconds=number),
            event_time_source="own",
            arrived=_START,
            origin="replay",
            position=Position(topic="news.raw", partition=0, offset=number),
            minhash=minhash(text),
        )
        number += 1


if __name__ == "__main__":
    json.dump(measure(), sys.stdout, indent=2)
    sys.stdout.write("\n")
