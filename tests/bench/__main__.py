"""Every speed that the project promises, as a table and as JSON: `python -m tests.bench [--out FILE]`.

Machines are noisy: the ratios are what counts, each of two things measured in turn in one run. Nothing here
is a test; a slow machine is no failure.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from streams.broker import running_broker
from streams.settings import load
from tests.bench import (
    bench_claims,
    bench_deduplicate,
    bench_matching,
    bench_metrics,
    bench_pipeline,
    bench_replay,
    bench_restart,
    bench_watches,
    bench_why,
)

AIMS = [
    ("pipeline", "pipeline_to_bare", "whole pipeline to bare nlp.pipe, articles/s", "≥ 0.85"),
    ("deduplicate", "verdicts_per_second_10000", "verdicts/s with 10,000 remembered", "≥ 2,000"),
    ("deduplicate", "verdicts_per_second_100000", "verdicts/s with 100,000 remembered", "≥ 2,000"),
    ("deduplicate", "speed_ratio_100000_to_10000", "speed with 100,000 to 10,000 remembered", "about 1"),
    ("deduplicate", "bytes_per_article_10000", "bytes in memory an article at 10,000", "< 500"),
    ("deduplicate", "bytes_per_article_100000", "bytes in memory an article at 100,000", "< 500"),
    ("restart", "seconds", "s to restart with 1,000,000 remembered", "< 60"),
    ("matching", "microseconds_10", "µs an article with 10 phrases", ""),
    ("matching", "microseconds_1000", "µs an article with 1,000 phrases", ""),
    ("matching", "microseconds_100000", "µs an article with 100,000 phrases", ""),
    ("matching", "ratio_100000_to_10", "cost of 100,000 phrases to 10", "< 1.5"),
    ("watches", "ratio_100000_to_100", "cost of 100,000 queries to 100", "< 2"),
    ("watches", "articles_per_second_mixed", "articles/s (500 words) with 10,000 mixed queries", "≥ 1,000"),
    ("watches", "checked_mixed", "of these, queries checked in full an article", ""),
    ("watches", "bytes_per_watch_100000", "bytes in memory a query", ""),
    ("claims", "claims_ms_seeds", "ms of claims a seed article (2.4 mentions)", "< 1"),
    ("claims", "due_ms_seeds", "ms of due dates a seed article", ""),
    ("replay", "articles_per_second", "articles/s replayed (3 KB, acknowledged)", ""),
    ("metrics", "share", "processor time of metrics to that of a worker", "< 0.01"),
    ("why", "new_seconds", "s of 'newswatch why' of a new article, 100,000 on the topics", "≤ 3"),
    ("why", "copy_seconds", "s of 'newswatch why' of a copy", "≤ 3"),
    ("why", "new_to_plain", "the first to one plain reading of news.articles", "< 1"),
]


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="where the figures go as JSON")
    out = parser.parse_args().out
    figures: dict[str, Any] = {
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        }
    }
    for name, measure in (
        ("matching", bench_matching.measure),
        ("watches", bench_watches.measure),
        ("claims", bench_claims.measure),
        ("deduplicate", bench_deduplicate.measure),
        ("restart", bench_restart.measure),
        ("replay", _replay),
        ("pipeline", bench_pipeline.measure),
        ("metrics", bench_metrics.measure),
        ("why", bench_why.measure),
    ):
        sys.stderr.write(f"measuring: {name}\n")
        figures[name] = measure()
    table = Table("what", "measured", "aim")
    for group, key, what, aim in AIMS:
        table.add_row(what, f"{figures[group][key]:,.4g}", aim)
    Console().print(table)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _replay() -> dict[str, Any]:
    with running_broker(cache=load().cache) as broker:
        return bench_replay.measure(broker.bootstrap_servers)


if __name__ == "__main__":
    main()
