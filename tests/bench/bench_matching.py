"""Matching with 10, 1,000 and 100,000 phrases: what the watchlist's size costs an article.

python tests/bench/bench_matching.py
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
from itertools import islice
from statistics import median
from time import perf_counter
from typing import Any

from agents.mentions.match import Matcher
from agents.mentions.watchlist import Watch, Watchlist
from seeds.generate import generate

SIZES = (10, 1_000, 100_000)
ARTICLES = 300
ROUNDS = 7
WATCHED = ("ceasefire", "truce", "armistice", "cessation of hostilities", "deadline", "ultimatum")
"""Looked for at every size, so that each finds the same and only the number of phrases differs."""


def measure() -> dict[str, Any]:
    """Microseconds an article (median of the rounds, sizes in turn), seconds to build, bytes a phrase."""
    articles = [(article.headline, article.text) for article in generate(ARTICLES, seed=1)]
    ordinary = {word for _, text in articles for word in text.lower().split()}
    result: dict[str, Any] = {"articles": ARTICLES, "words": sum(len(text.split()) for _, text in articles)}
    matchers = {}
    for size in SIZES:
        watchlist = _watchlist(size, ordinary)
        gc.collect()
        before, start = _resident(), perf_counter()
        matchers[size] = Matcher(watchlist)
        result[f"build_seconds_{size}"] = perf_counter() - start
        result[f"bytes_per_phrase_{size}"] = max(0, _resident() - before) / size
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size, matcher in matchers.items():
            start = perf_counter()
            mentions = sum(len(matcher.match(headline, text)) for headline, text in articles)
            times[size].append((perf_counter() - start) / ARTICLES)
            result[f"mentions_{size}"] = mentions
    for size in SIZES:
        result[f"microseconds_{size}"] = median(times[size]) * 1e6
    result["ratio_100000_to_10"] = result["microseconds_100000"] / result["microseconds_10"]
    return result


def _watchlist(size: int, ordinary: set[str]) -> Watchlist:
    """`size` phrases of one to three words in watches of ten: invented names among ordinary words."""
    chooser = random.Random(size)
    invented = ("".join(islice(_syllables(chooser), chooser.randint(3, 5))) for _ in range(10 * size))
    phrases = dict.fromkeys(WATCHED)
    for word in invented:
        if word in ordinary:
            continue
        words = [word, *chooser.sample(("council", "war", "talks", "bank", "law"), chooser.randint(0, 2))]
        chooser.shuffle(words)
        phrases[" ".join(words)] = None
        if len(phrases) == size:
            break
    terms = list(phrases)
    watches = tuple(
        Watch(name=f"watch-{start}", terms=tuple(terms[start : start + 10])) for start in range(0, size, 10)
    )
    return Watchlist(watches=watches, version=str(size))


def _syllables(chooser: random.Random) -> Any:
    while True:
        yield (
            chooser.choice("bcdfghklmnprstvz")
            + chooser.choice("aeiou")
            + chooser.choice(("", "", "n", "r", "st"))
        )


def _resident() -> int:
    """Peak memory of the process in bytes; sizes grow, so the peak moves with each."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
