"""Queries: what 100,000 of them cost against 100, and how many articles a second 10,000 mixed ones leave.

python tests/bench/bench_watches.py
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
from itertools import islice
from statistics import mean, median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from agents.mentions.match import Matcher
from agents.mentions.text import Text
from agents.mentions.watch import Watch
from agents.mentions.watchlist import Watchlist
from seeds.generate import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (100, 100_000)
MIXED = 10_000
ARTICLES = 200
WORDS = 500
ROUNDS = 7
WATCHED = (
    '(ceasefire OR truce OR "cessation hostilities"~2) AND (talks OR agreed OR envoy OR fighting)',
    "(deadline OR ultimatum) NOT headline:opinion",
    "sanction* OR embargo",
)
"""Found at every size."""
NAMED_SHARE = 0.8
"""Share of the mixed queries that name somebody or something, as an operator's do; the others are of ordinary
words of the news throughout, and so are looked at more often."""


def measure() -> dict[str, Any]:
    """Microseconds of processor time and queries checked an article (median of rounds), bytes a watch."""
    articles = list(_articles())
    ordinary = sorted(
        {
            word
            for text in articles
            for word in text.body_text.lower().split()
            if word.isalpha() and word not in {"and", "or", "not"}
        }
    )
    result: dict[str, Any] = {"articles": ARTICLES, "words": WORDS}
    matchers: dict[str, Matcher] = {}
    for size in SIZES:
        matchers[str(size)] = _built(_watchlist(size, ordinary, named=1.0), str(size), result)
    matchers["mixed"] = _built(_watchlist(MIXED, ordinary, named=NAMED_SHARE), "mixed", result)
    times: dict[str, list[float]] = {name: [] for name in matchers}
    for _ in range(ROUNDS):
        for name, matcher in matchers.items():
            start = process_time()
            matched = [matcher.matched(text) for text in articles]
            times[name].append((process_time() - start) / ARTICLES)
            result[f"checked_{name}"] = mean(found.checked for found in matched)
            result[f"mentions_{name}"] = mean(len(found.mentions) for found in matched)
    for name in matchers:
        result[f"microseconds_{name}"] = median(times[name]) * 1e6
    result["ratio_100000_to_100"] = result["microseconds_100000"] / result["microseconds_100"]
    result["articles_per_second_mixed"] = 1e6 / result["microseconds_mixed"]
    return result


def _articles() -> Iterator[Text]:
    """Articles of 500 words, put together of generated ones."""
    words: list[str] = []
    made = 0
    for article in generate(ARTICLES * 20, seed=1):
        words += article.text.split(" ")
        while len(words) >= WORDS and made < ARTICLES:
            yield Text(headline=article.headline, body_text=" ".join(words[:WORDS]), language="en")
            words = words[WORDS:]
            made += 1


def _built(watchlist: Watchlist, name: str, result: dict[str, Any]) -> Matcher:
    gc.collect()
    before, start = _resident(), perf_counter()
    matcher = Matcher(watchlist)
    result[f"build_seconds_{name}"] = perf_counter() - start
    if grown := _resident() - before:  # What fits into memory freed before shows no growth, and no cost.
        result[f"bytes_per_watch_{name}"] = grown / len(watchlist.watches)
    return matcher


def _watchlist(size: int, ordinary: list[str], *, named: float) -> Watchlist:
    chooser = random.Random(size)
    names = _names(chooser)

    def made() -> str:
        return _query(chooser, names if chooser.random() < named else None, ordinary)

    queries = [*WATCHED, *(made() for _ in range(size - len(WATCHED)))]
    watches = tuple(Watch(name=f"watch-{number}", query=query) for number, query in enumerate(queries))
    return Watchlist(watches=watches, version=str(size))


def _query(chooser: random.Random, names: Iterator[str] | None, ordinary: list[str]) -> str:
    """AND of two groups, one of them of names where there are some, now and then with slop and a NOT."""
    a, b, c, d, e = chooser.sample(ordinary, 5)
    who = " OR ".join(islice(names, chooser.randint(1, 3))) if names else f'"{d} {e}"'
    near = f'"{a} {b}"~3' if a[:3] != b[:3] else b  # Two forms of one word would be refused.
    what = chooser.choice((f"{a} OR {b} OR {c}*" if len(c) > 3 else f"{a} OR {b}", f"{near} OR {c}", a))
    without = chooser.choice(("", "", f" NOT headline:{e}", f' NOT "{d} {a}"'))
    return f"({what}) AND ({who}){without}"


def _names(chooser: random.Random) -> Iterator[str]:
    while True:
        syllables = (
            chooser.choice("bcdfghklmnprstvz")
            + chooser.choice("aeiou")
            + chooser.choice(("", "n", "r", "st"))
            for _ in range(chooser.randint(3, 5))
        )
        yield "".join(syllables).title()


def _resident() -> int:
    """Peak memory of the process in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
