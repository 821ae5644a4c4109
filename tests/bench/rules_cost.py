"""What the rules cost a real Prometheus, with as many series as a worker shows at most.

`python -m tests.bench.rules_cost [--share X]`; needs Debian's package `prometheus`. Each rule is evaluated over
made-up samples at the times it looks at; beside it what the past would cost by the counters themselves.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from agents.alerts.measured import MOST_ENTITIES, MOST_SOURCES, MOST_WATCHES
from agents.alerts.sources import MOST
from tests.bench.rules import RULES
from tests.prometheus import MISSING, PROGRAM, PROMTOOL, Prometheus, backfill, prometheus

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = {"watch": MOST_WATCHES, "entity": MOST_ENTITIES, "source": MOST_SOURCES + MOST}
PAST = (24, 48, 72, 168, 336, 504, 672)
"""Hours ago that are looked at."""
HOUR = 3600
SCRAPE = 15
EVALUATED = 60
COUNTERS = "sum by (job, {0}) (increase(newswatch_{0}_articles_total[1h]))"


def lines(now: int, share: float) -> Iterator[str]:
    """Samples: recorded hours around each past one and of the last day, counters of the last hour."""
    around = [
        (now - (hour + 1) * HOUR, now - (hour - 1) * HOUR) for hour in sorted(PAST, reverse=True)[:4]
    ] + [(now - 74 * HOUR, now)]
    day = [(now - 26 * HOUR, now)]
    for level, most in {"job": 1, **LABELS}.items():
        names = [""] if level == "job" else [f'{level}="{number}",' for number in range(int(most * share))]
        long = level in {"job", "source"}
        for operation, spans in (
            ("increase1h", around),
            ("increase1h_usual", day),
            *((("increase6h", day), ("increase6h_usual", day)) if long else ()),
        ):
            yield f"# TYPE {level}:newswatch_articles:{operation} gauge\n"
            for name in names:
                for start, end in spans:
                    for at in range(start, end, EVALUATED):
                        yield f'{level}:newswatch_articles:{operation}{{{name}job="newswatch"}} 7 {at}\n'
        yield f"# TYPE {level}:newswatch_articles:increase1h_past gauge\n"
        for name in names:
            for past in ("1w", "2w", "3w", "4w", "1d", "2d", "3d"):
                labels = f'{name}past="{past}",job="newswatch"'
                yield f"{level}:newswatch_articles:increase1h_past{{{labels}}} 7 {now - EVALUATED}\n"
        family = f"newswatch_{level}_articles" if level != "job" else "newswatch_articles"
        more = 'origin="live",status="new",' if level == "job" else ""
        yield f"# TYPE {family} counter\n"
        for name in names:
            for instance in ("a", "b"):
                for number, at in enumerate(range(now - HOUR - 300, now, SCRAPE)):
                    labels = f'{name}{more}job="newswatch",instance="{instance}"'
                    yield f"{family}_total{{{labels}}} {number} {at}\n"


def seconds(server: Prometheus, expression: str, at: int) -> float:
    """Median time to evaluate once."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        server.get("query", query=expression, time=at)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Make the samples, evaluate each rule, print by group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the most series there may be")
    share = parser.parse_args().share
    if PROGRAM is None or PROMTOOL is None:
        raise SystemExit(MISSING)
    now = int(time.time()) // 60 * 60 - 600
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        backfill(folder, lines(now, share))
        with prometheus(folder, "{}\n") as server:
            for file in sorted(RULES.glob("*.yml")):
                for group in yaml.safe_load(file.read_text())["groups"]:
                    took = sum(seconds(server, rule["expr"], now) for rule in group["rules"])
                    sys.stdout.write(f"{group['name']}: {took:.2f} s every {group['interval']}\n")
            once = sum(seconds(server, COUNTERS.format(level), now) for level in LABELS)
            sys.stdout.write(f"the past by the counters: {len(PAST)} × {once:.2f} s\n")


if __name__ == "__main__":
    main()
