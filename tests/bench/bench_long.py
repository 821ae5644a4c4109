"""A month through the duplicate check with its table on RocksDB: does anything grow, or get slower?

python -m tests.bench.bench_long --articles 10000000 --days 30 --out build/bench-long.json
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import platform
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from faust.stores.rocksdb import RocksDBOptions
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from agents.deduplicate.memory import Memory
from streams.records import Article
from streams.wire import TABLE_OPTIONS
from tests.bench.month import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agents.deduplicate.memory import Decision
    from streams.records import Parsed

BATCH = 200
"""As the agent takes them."""
MEBIBYTE = 1 << 20
RESTART_EVERY = 4
"""Days; with a window of three, the first restart comes a day after it is full."""
EXPECTED = {
    "new": {"new"},
    "late": {"new"},
    "reprint": {"exact_duplicate"},
    "edited": {"near_duplicate"},
    "abridged": {"near_duplicate"},
    "update": {"update", "exact_duplicate"},
    "rejected": {"rejected"},
}
COLUMNS = {
    "day": "day",
    "verdicts_per_second": "verdicts/s",
    "rss_mib": "RSS, MiB",
    "remembered": "remembered",
    "bytes_per_article": "bytes in memory an article",
    "table_entries": "table entries",
    "table_mib": "table on disk, MiB",
    "read_seconds": "s to read the table",
    "restart_seconds": "s to restart",
    "missed": "copies missed",
    "false": "false copies",
}


@dataclass
class Spent:
    """Seconds of CPU, and what was judged in them."""

    deciding: float = 0.0
    writing: float = 0.0
    making: float = 0.0
    articles: int = 0


class Step:
    """The step without Kafka: its memory, and its table as Faust opens it.

    Not in it: the records read and sent, and the table's changelog.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memory = Memory()
        self._open: Callable[[], Any] = lambda: RocksDBOptions(**TABLE_OPTIONS).open(folder)
        self.db = self._open()

    def judge(self, first: int, batch: list[Parsed], spent: Spent) -> list[Decision]:
        """One batch as the agent does it."""
        start = time.thread_time()
        decisions = [
            self.memory.decide(first + place, parsed, lambda key: self.db.get(key.encode()))
            for place, parsed in enumerate(batch)
        ]
        decided = time.thread_time()
        for decision in decisions:
            for key, value in decision.writes.items():
                self.db.put(key.encode(), value)
            for key in decision.deletes:
                self.db.delete(key.encode())
        self.memory.committed()
        spent.deciding += decided - start
        spent.writing += time.thread_time() - decided
        spent.articles += len(batch)
        return decisions

    def disk_mib(self) -> float:
        """Size of the table's folder."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()) / MEBIBYTE

    def read(self) -> tuple[int, float]:
        """How many values the table has, and the seconds of wall clock to read all of them."""
        start = time.perf_counter()
        return sum(1 for _ in self.db.values()), time.perf_counter() - start

    def restart(self) -> float:
        """Close the table, open it and make the memory again, as a worker does; seconds of wall clock."""
        before = len(self.memory)
        self.memory = Memory()
        self.db.close()
        gc.collect()
        start = time.perf_counter()
        self.db = self._open()
        self.memory.restore((key.decode(), value) for key, value in self.db.items())
        seconds = time.perf_counter() - start
        assert len(self.memory) == before
        return seconds


def measure(
    articles: int, days: float, folder: Path, told: Callable[[int, dict[str, Any]], None]
) -> dict[str, Any]:
    """Judge the month; `told` is given the number of articles so far and, after a day, its figures."""
    month = Month(articles, days)
    step = Step(folder)
    rows: list[dict[str, Any]] = []
    whole = Spent()
    peak = 0.0
    begun = time.perf_counter()
    for day in range(math.ceil(days)):
        spent, errors = Spent(), Counter[str]()
        cpu, wall = time.process_time(), time.perf_counter()
        for first, batch in _batches(
            month, articles * day // math.ceil(days), articles * (day + 1) // math.ceil(days), spent
        ):
            for number, decision in zip(
                range(first, first + BATCH), step.judge(first, batch, spent), strict=False
            ):
                errors.update(_error(month, number, decision))
            told(first + len(batch), {})
            peak = max(peak, _rss())
        seconds = spent.deciding + spent.writing
        background = time.process_time() - cpu - seconds - spent.making
        rss = _rss()
        entries, read = step.read()
        assert step.memory.kept <= entries <= 2 * step.memory.kept  # Inputs, and their stories.
        rows.append(
            {
                "day": day + 1,
                "articles": spent.articles,
                "verdicts_per_second": round(spent.articles / seconds),
                "decided_per_second": round(spent.articles / spent.deciding),
                "made_per_second": round(spent.articles / spent.making),
                "rocksdb_threads_share": round(max(0.0, background) / seconds, 3),
                "wall_seconds": round(time.perf_counter() - wall),
                "rss_mib": rss,
                "remembered": len(step.memory),
                "bytes_per_article": round(step.memory.nbytes / len(step.memory)),
                "table_entries": entries,
                "table_mib": round(step.disk_mib(), 1),
                "read_seconds": round(read, 4),
                "restart_seconds": None if (day + 1) % RESTART_EVERY else round(step.restart(), 2),
                "missed": errors["missed"],
                "false": errors["false"],
                "copies": errors["copies"],
            }
        )
        told(first + len(batch), rows[-1])
        for name in ("deciding", "writing", "making", "articles"):
            setattr(whole, name, getattr(whole, name) + getattr(spent, name))
    return {
        "articles": articles,
        "days": days,
        "words": round(_mean_words(month)),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "by_day": rows,
        "peak_rss_mib": peak,
        "hours": round((time.perf_counter() - begun) / 3600, 2),
        "making_share": round(whole.making / (whole.making + whole.deciding + whole.writing), 2),
        "verdicts_per_second": round(whole.articles / (whole.deciding + whole.writing)),
        "most_bytes_per_article": max(row["bytes_per_article"] for row in rows),
        "missed_share": round(sum(r["missed"] for r in rows) / sum(r["copies"] for r in rows), 5),
        "false": sum(row["false"] for row in rows),
        "last_day_to_first_full_day": _flat(rows),
        "restart_seconds": round(step.restart(), 2),
        "rss_mib_after_restart": _rss(),
    }


def _batches(month: Month, first: int, end: int, spent: Spent) -> Iterator[tuple[int, list[Parsed]]]:
    for number in range(first, end, BATCH):
        start = time.thread_time()
        batch = [month.make(one) for one in range(number, min(number + BATCH, end))]
        spent.making += time.thread_time() - start
        yield number, batch


def _error(month: Month, number: int, decision: Decision) -> Iterator[str]:
    """`copies` for an article that must be found, `missed` or `false` where the verdict is wrong."""
    truth = month.truth(number)
    verdict = decision.verdict
    if EXPECTED[truth.kind] - {"new", "rejected"}:
        yield "copies"
        if verdict.status not in EXPECTED[truth.kind] or verdict.story_id != month.story(number):
            yield "missed"
    elif verdict.status not in EXPECTED[truth.kind]:
        yield "false"


def _flat(rows: list[dict[str, Any]]) -> dict[str, float] | None:
    """The last day to the day after the window was full; None where there is no later day."""
    full = next(
        (row for row, after in pairwise(rows) if row["remembered"] * 1.02 > after["remembered"]),
        None,
    )
    if full is None or full["day"] + 1 >= len(rows):
        return None
    base, last = rows[full["day"]], rows[-1]
    names = (
        "verdicts_per_second",
        "rss_mib",
        "bytes_per_article",
        "table_entries",
        "table_mib",
        "read_seconds",
    )
    return {"day": base["day"]} | {name: round(last[name] / base[name], 3) for name in names if base[name]}


def _mean_words(month: Month) -> float:
    made = [month.make(number) for number in range(1000)]
    texts = [article.body_text for article in made if isinstance(article, Article)]
    return sum(len(text.split()) for text in texts) / len(texts)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:,}"


def _rss() -> float:
    return round(psutil.Process().memory_info().rss / MEBIBYTE)


def main() -> None:
    """Measure, print a row a day, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000_000)
    parser.add_argument("--days", type=float, default=30.0, help="of event time, over which they come evenly")
    parser.add_argument("--out", type=Path, help="where the figures go as JSON")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="newswatch-bench-"))
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("articles", total=options.articles)

            def told(done: int, row: dict[str, Any]) -> None:
                progress.update(task, completed=done)
                if row:
                    progress.console.print(
                        ", ".join(f"{what} {_shown(row[name])}" for name, what in COLUMNS.items()),
                        soft_wrap=True,
                    )

            result = measure(options.articles, options.days, folder / "remembered.db", told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    table = Table(*COLUMNS.values())
    for row in result["by_day"]:
        table.add_row(*(_shown(row[name]) for name in COLUMNS))
    Console(width=None if sys.stdout.isatty() else 140).print(table)
    json.dump({name: value for name, value in result.items() if name != "by_day"}, sys.stdout, indent=2)
    sys.stdout.write("\n")
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
