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
from statistics import median
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
ROUNDS = 10
_START = datetime(2025, 1, 1, tzinfo=UTC)


class _Filled:
    """A memory with so many articles in it, and what is to come."""

    def __init__(self, size: int) -> None:
        self.memory, self.table, self.seq = Memory(), dict[str, bytes](), 0
        self.stream = _articles(random.Random(1))
        while len(self.memory) < size:
            self.judge([next(self.stream)])

    def judge(self, articles: list[Article]) -> float:
        """Judge them; returns the seconds of CPU that took."""
        start = process_time()
        for article in articles:
            decision = self.memory.decide(self.seq, article, self.table.get)
            self.table.update(decision.writes)
            for key in decision.deletes:
                del self.table[key]
            self.memory.committed()
            self.seq += 1
        return process_time() - start


def measure(sizes: tuple[int, ...] = SIZES, timed: int = TIMED) -> dict[str, Any]:
    """Verdicts a second of CPU at each size of the memory, bytes an article, and the ratio of the speeds.

    CPU time, since other work on the machine says nothing of the step; the sizes in turn, since the machine's
    speed drifts. The table is a dict whose values count for nothing here: they are on disk in the real one.
    """
    filled = {size: _Filled(size) for size in sizes}
    result: dict[str, Any] = {"words": WORDS, "timed": timed}
    for size, one in filled.items():
        result[f"bytes_per_article_{size}"] = round(one.memory.nbytes / len(one.memory))
        result[f"table_bytes_per_article_{size}"] = round(sum(map(len, one.table.values())) / len(one.table))
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    gc.collect()
    for _ in range(ROUNDS):
        for size, one in filled.items():
            seconds[size].append(one.judge([next(one.stream) for _ in range(timed // ROUNDS)]))
    for size in sizes:
        result[f"verdicts_per_second_{size}"] = round(timed / sum(seconds[size]))
    ratios = [first / last for first, last in zip(seconds[sizes[0]], seconds[sizes[-1]], strict=True)]
    result[f"speed_ratio_{sizes[-1]}_to_{sizes[0]}"] = round(median(ratios), 2)
    gc.collect()
    tracemalloc.start()
    start = process_time()
    restored = Memory()
    restored.restore(filled[sizes[-1]].table.items())
    result["restart_seconds_traced"] = round(process_time() - start, 2)
    gc.collect()
    result[f"bytes_per_article_traced_after_restart_{len(restored)}"] = round(
        tracemalloc.get_traced_memory()[0] / len(restored)
    )
    tracemalloc.stop()
    return result


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
