"""What the rules cost a real Prometheus, with as many series as a worker shows at most.

`python -m tests.bench.rules_cost [--share X]`; needs Debian's package `prometheus`. Each rule is evaluated
over made-up samples at the times it looks at; beside it what the past would cost by the counters themselves.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import yaml

from agents.alerts.measured import MOST_ENTITIES, MOST_SOURCES, MOST_WATCHES
from agents.alerts.sources import MOST
from streams.records import Origin, Status
from tests.bench.rules import RULES
from tests.prometheus import MISSING, PROGRAM, PROMTOOL, Prometheus, backfill, prometheus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LABELS = {"watch": MOST_WATCHES, "entity": MOST_ENTITIES, "source": MOST_SOURCES + MOST}
PAST = {"1d": 24, "2d": 48, "3d": 72, "1w": 168, "2w": 336, "3w": 504, "4w": 672}
"""Hours ago that are looked at."""
HOUR = 3600
SCRAPE = 15
ORIGINS, STATUSES = get_args(Origin), get_args(Status)
PARTITIONS = 64
EVALUATED = 60
OBJECTIVE = 3 * 86_400
"""Seconds; the longest window of an objective, looked at by the counters themselves."""
COUNTERS = "sum by (job, {0}) (increase(newswatch_{0}_articles_total[1h]))"


def lines(now: int, share: float) -> Iterator[str]:
    """Samples: recorded hours around each past one and of the last day, counters of the last hour."""
    last_day = range(now - 26 * HOUR, now, EVALUATED)
    looked_at = {at for hour in PAST.values() for at in _around(now - hour * HOUR)}
    for level, most in {"job": 1, **LABELS}.items():
        names = [""] if level == "job" else [f'{level}="{number}",' for number in range(int(most * share))]
        record = f"{level}:newswatch_articles:"
        yield from _samples(record + "increase1h", names, sorted(looked_at.union(last_day)))
        yield from _samples(record + "increase1h_usual", names, last_day)
        pasts = [f'{name}past="{past}",' for name in names for past in PAST]
        yield from _samples(record + "increase1h_past", pasts, [now - EVALUATED])
        if level in {"job", "source"}:
            yield from _samples(record + "increase6h", names, last_day)
            yield from _samples(record + "increase6h_usual", names, last_day)
        family = f"newswatch_{level}_articles"
        counters = [f'{name}instance="{instance}",' for name in names for instance in "ab"]
        if level != "job":
            yield from _samples(family, counters, range(now - HOUR - 300, now, SCRAPE), "counter")
    yield from _of_objectives(now)


def _of_objectives(now: int) -> Iterator[str]:
    """What workers, console and feeds show that is no rate of news, at each scrape of three days."""
    scrapes = range(now - OBJECTIVE, now, SCRAPE)
    workers = [f'component="worker",instance="{instance}",' for instance in "ab"]
    statuses = [f'{one}origin="{o}",status="{s}",' for one in workers for o in ORIGINS for s in STATUSES]
    yield from _samples("newswatch_articles", statuses, scrapes, "counter")
    yield from _samples("newswatch_skipped", workers, scrapes, "counter")
    yield from _samples("up", [*workers, 'component="console",', 'component="feeds",'], scrapes)
    late = [f'{one}origin="live",' for one in workers]
    # A histogram's parts, one type each: promtool takes no bucket without the rest.
    yield from _samples("newswatch_alert_latency_seconds_count", late, scrapes)
    yield from _samples(
        "newswatch_alert_latency_seconds_bucket", [f'{one}le="5.0",' for one in late], scrapes
    )
    lags = [
        f'{one}group="newswatch",topic="news.unique",partition="{partition}",'
        for one in workers
        for partition in range(PARTITIONS)
    ]
    for name in ("newswatch_lag_records", "newswatch_lag_seconds"):
        yield from _samples(name, lags, range(now - HOUR, now, SCRAPE))
    yield from _samples("job:newswatch_workers_up:count", [""], range(now - 86_400, now, EVALUATED))


def _around(moment: int) -> range:
    return range(moment - HOUR, moment + HOUR, EVALUATED)


def _samples(family: str, names: list[str], times: Iterable[int], kind: str = "gauge") -> Iterator[str]:
    yield f"# TYPE {family} {kind}\n"
    ending = "_total" if kind == "counter" else ""
    for name in names:
        for at in times:
            yield f'{family}{ending}{{{name}job="newswatch"}} 7 {at}\n'


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
