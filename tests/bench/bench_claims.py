"""What claims and due dates add to an article: the seeds, and one made of mentions only.

python tests/bench/bench_claims.py
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import Any

from agents.mentions import cues, due
from agents.mentions.claims import claim_of
from agents.mentions.match import Matcher
from agents.mentions.text import Text
from agents.mentions.watchlist import load
from seeds import ARTICLES, DEFAULT_WATCHLIST

ROUNDS = 50
NOW = datetime(2025, 11, 24, 10, tzinfo=UTC)
CROWDED = "Moscow rejected the deadline of November 27, but Kyiv said that a truce could hold until {n}."
SENTENCES = 50


def measure() -> dict[str, Any]:
    """Milliseconds of processor time an article (median of rounds), with no sentence remembered."""
    matcher = Matcher(load(DEFAULT_WATCHLIST))
    seeds = [
        Text(body_text=path.read_text(encoding="utf-8"), event_time=NOW)
        for path in sorted(ARTICLES.iterdir())
    ]
    crowded = Text(body_text=" ".join(CROWDED.format(n=n) for n in range(SENTENCES)), event_time=NOW)
    result: dict[str, Any] = {}
    for name, texts in (("seeds", seeds), ("crowded", [crowded])):
        found = [matcher.matched(text).mentions for text in texts]
        result[f"mentions_{name}"] = sum(map(len, found)) / len(texts)
        claims, dues, whole = [], [], []
        for _ in range(ROUNDS):
            cues.read.cache_clear()
            due.due_of.cache_clear()
            started = process_time()
            for mention in (mention for mentions in found for mention in mentions):
                start = mention.sentence.index(mention.text)
                claim_of(mention.sentence, start, start + len(mention.text))
            claims.append((process_time() - started) / len(texts))
            started = process_time()
            for mention in (mention for mentions in found for mention in mentions):
                if mention.watch == "deadline":
                    start = mention.sentence.index(mention.text)
                    due.due_of(mention.sentence, start, start + len(mention.text), NOW)
            dues.append((process_time() - started) / len(texts))
            cues.read.cache_clear()
            due.due_of.cache_clear()
            started = process_time()
            for text in texts:
                matcher.matched(text)
            whole.append((process_time() - started) / len(texts))
        result[f"claims_ms_{name}"] = median(claims) * 1e3
        result[f"due_ms_{name}"] = median(dues) * 1e3
        result[f"matching_ms_{name}"] = median(whole) * 1e3
    return result


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
