"""The rules over weeks of made-up news in a real Prometheus: false alarms, and what was found.

`python -m tests.bench.rules [--seed N] [--shape X]`; needs Debian's package `prometheus`. The expressions of
the rule files are evaluated by Prometheus over the whole time, each after those that it builds on.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.bench.weeks import BIN, BINS, HOUR, WEEK, Planted, Weeks, lines, make
from tests.prometheus import MISSING, PROGRAM, PROMTOOL, Prometheus, backfill, prometheus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RULES = Path(__file__).parents[2] / "dashboards" / "prometheus" / "rules"
FILES = ("rates.yml", "usual.yml", "bursts.yml", "coverage.yml")
STEP = 300
"""Seconds; the rules' own intervals are shorter, and six weeks long."""
POINTS = 5_000
"""Of a series that Prometheus is asked for at once; it gives 11,000 at most."""
Series = dict[tuple[tuple[str, str], ...], dict[int, float]]
"""Values by time, by labels."""
ALERTS = {
    "NewswatchWatchBursting": ("burst", "watch"),
    "NewswatchSourceQuiet": ("silence", "source"),
    "NewswatchNewsQuiet": ("stop", "job"),
}
"""By name: what it is to find, and the label that says where."""


def over_time(running: Prometheus, expression: str, start: int, end: int) -> Series:
    """Evaluate at each step, both ends included: values by time by labels."""
    found: Series = {}
    for begin in range(start, end + 1, STEP * POINTS):
        last = min(end, begin + STEP * (POINTS - 1))
        answer = running.get("query_range", query=expression, start=begin, end=last, step=STEP)
        for series in answer["result"]:
            labels = tuple(sorted((k, v) for k, v in series["metric"].items() if k != "__name__"))
            values = {int(at): float(value) for at, value in series["values"]}
            found.setdefault(labels, {}).update(values)
    return found


def rules() -> list[dict[str, Any]]:
    """Every rule of the files that are about rates of news."""
    return [
        rule
        for name in FILES
        for group in yaml.safe_load((RULES / name).read_text())["groups"]
        for rule in group["rules"]
    ]


def levels(recorded: dict[str, str]) -> Iterator[list[str]]:
    """Recording rules by what they need: each level needs only those before."""
    rest = dict(recorded)
    while rest:
        free = [name for name, needed in rest.items() if not (set(_names(needed)) & rest.keys())]
        yield free
        for name in free:
            del rest[name]


def _names(expression: str) -> list[str]:
    return re.findall(r"[a-z]+:newswatch_[a-z_]+:[a-z0-9_]+", expression)


def firing(values: dict[int, float], wait: int, keep: int) -> list[tuple[int, int]]:
    """Spans in which an alert fires, by the times at which its expression has a value.

    Args:
        values: of the expression, by time.
        wait: seconds of the alert's `for`.
        keep: seconds of its `keep_firing_for`.
    """
    spans: list[list[int]] = []
    for at in sorted(values):
        if spans and at - spans[-1][1] <= STEP:
            spans[-1][1] = at
        else:
            spans.append([at, at])
    fired: list[tuple[int, int]] = []
    for start, end in ((start + wait, end) for start, end in spans if end - start >= wait):
        if fired and start - fired[-1][1] <= keep:
            fired[-1] = (fired[-1][0], end)
        else:
            fired.append((start, end))
    return fired


def main() -> None:
    """Make the weeks, evaluate, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the blocks stay; else they go")
    parser.add_argument("--shape", type=float, default=4.0, help="of an hour's mood; the lower the wilder")
    arguments = parser.parse_args()
    if PROGRAM is None or PROMTOOL is None:
        raise SystemExit(MISSING)
    weeks = make(arguments.seed, arguments.shape)
    begin = (int(time.time()) // 86_400 - BINS * BIN // 86_400) * 86_400
    end = begin + BINS * BIN - STEP
    with tempfile.TemporaryDirectory() as name:
        folder = arguments.folder or Path(name)
        backfill(folder, lines(weeks, begin))
        recorded = {rule["record"]: rule["expr"] for rule in rules() if "record" in rule}
        for level in levels(recorded):
            sys.stderr.write(f"recording {', '.join(level)}\n")
            with prometheus(folder, "{}\n") as running:
                found = ((name, over_time(running, recorded[name], begin, end)) for name in level)
                # It takes up the blocks when it starts the next time.
                backfill(folder, as_recorded(found, weeks, begin))
        with prometheus(folder, "{}\n") as running:
            alerts = {rule["alert"]: rule for rule in rules() if rule.get("alert") in ALERTS}
            for alert, (kind, label) in ALERTS.items():
                wait, keep = (int(alerts[alert][key].rstrip("m")) * 60 for key in ("for", "keep_firing_for"))
                spans = [
                    (dict(labels)[label], (start - begin) // BIN, (last - begin) // BIN)
                    for labels, values in over_time(running, alerts[alert]["expr"], begin, end).items()
                    for start, last in firing(values, wait, keep)
                ]
                report(alert, spans, [planted for planted in weeks.planted if planted.kind == kind])


def as_recorded(found: Iterable[tuple[str, Series]], weeks: Weeks, begin: int) -> Iterator[str]:
    """What was evaluated as OpenMetrics, without the time in which Prometheus was away."""
    for record, series in found:
        yield f"# TYPE {record} gauge\n"
        for labels, values in series.items():
            text = ",".join(f'{key}="{value}"' for key, value in labels)
            for at, value in values.items():
                if not weeks.unseen[(at - begin) // BIN]:
                    yield f"{record}{{{text}}} {value} {at}\n"


def report(alert: str, spans: list[tuple[str, int, int]], planted: list[Planted]) -> None:
    """Print what an alert found and what it made up."""
    late = 2 * HOUR
    delays = []
    missed = []
    for one in planted:
        hits = [
            start
            for name, start, last in spans
            if name == one.name and start <= one.end + late and last >= one.start
        ]
        if hits:
            delays.append((min(hits) - one.start) * BIN // 60)
        else:
            missed.append(f"{one.name} at {one.start / HOUR:.0f} h for {(one.end - one.start) / HOUR:.1f} h")
    false = [
        span
        for span in spans
        if not any(
            span[0] == one.name and span[1] <= one.end + late and span[2] >= one.start for one in planted
        )
    ]
    cold = sum(start < 2 * WEEK for _, start, _ in false)
    delay = f"{min(delays)} to {max(delays)} min, median {statistics.median(delays):.0f}" if delays else "-"
    sys.stdout.write(
        f"{alert}: found {len(delays)} of {len(planted)} (after {delay}); false alarms: {len(false) - cold} "
        f"in the last four weeks, {cold} in the first two\n"
    )
    for one in missed:
        sys.stdout.write(f"  missed: {one}\n")
    for name, start, last in false:
        sys.stdout.write(f"  false: {name} from {start / HOUR:.1f} h to {last / HOUR:.1f} h\n")


if __name__ == "__main__":
    main()
