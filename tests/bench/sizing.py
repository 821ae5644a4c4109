"""What a deployment needs: memory, disk, articles a second and series, as docs/operations.md has them.

`python -m tests.bench.sizing [--articles N]`, some minutes; one process for entities and one for parsing.
Memory that processes share is counted once.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import psutil
import yaml

from agents.mentions.watchlist import load as load_watchlist
from seeds.generate import generate
from streams.admin import create_topics
from streams.broker import running_broker
from streams.connect import consumer
from streams.leash import leashed
from streams.replay.run import run as replay
from streams.run.account import Account
from streams.run.collect import Collector
from streams.run.fleet import Fleet, Member, loopback
from streams.settings import load
from streams.topology import RAW, with_watches
from tests.prometheus import PROMTOOL, backfill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.settings import Settings

ARTICLES = 1_000
WARM = 50
"""Articles before those that are counted."""
PIPELINES = {"newswatch-default": 0.5, "newswatch-fast": 1.0, "newswatch-rules": 4.0}
"""With the share of the articles that each is given, by its speed."""
WATCHES = (0, 500)
"""Beside those of the default watchlist."""
READY_SECONDS = 240.0
SCRAPES = 240
"""As many samples as two chunks of Prometheus hold."""
SCRAPE_SECONDS = 15
MEGA = 1e6


def measure(articles: int = ARTICLES) -> dict[str, Any]:
    """Everything, by its name."""
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_broker(cache=load().cache, data_dir=folder / "kafka") as broker:
            for number, (pipeline, share) in enumerate(PIPELINES.items()):
                settings = load(kafka_bootstrap=broker.bootstrap_servers, topic_prefix=f"p{number}.")
                own = folder / pipeline
                own.mkdir()
                result[pipeline] = _one_pipeline(own, settings, pipeline, int(articles * share))
                _tell(pipeline, result[pipeline])
            # The last one's topics have the most articles.
            result["disk"] = _disk(folder / "kafka", own, settings.topic_prefix, int(articles * share) + WARM)
            _tell("disk", result["disk"])
            result["console"] = _console(folder, settings)
            for count in WATCHES:
                own = folder / f"watches-{count}"
                own.mkdir()
                settings = load(kafka_bootstrap=broker.bootstrap_servers, topic_prefix=f"w{count}.")
                result[f"MB, {count} watches more"] = _of_watches(own, settings, count)
    return result


def _one_pipeline(folder: Path, settings: Settings, pipeline: str, articles: int) -> dict[str, Any]:
    """Memory of a worker that waits and that has worked, and its articles a second."""
    create_topics(settings, with_watches(watch.name for watch in load_watchlist(settings.watchlist).watches))
    with Fleet(1, folder, _variables(settings, pipeline)) as fleet:
        fleet.wait_ready(READY_SECONDS)
        [member] = fleet.members
        waits = _megabytes(member.leash.pid)
        _settle(folder, settings, WARM, 0, WARM)
        seconds = _settle(folder, settings, articles, 1, WARM + articles)
        return {
            "articles": articles,
            "articles_per_second": round(articles / seconds, 1),
            "waiting_mb": waits,
            "worked_mb": _megabytes(member.leash.pid),
            "series": _series(member.metrics()),
            "bytes_per_sample": _bytes_per_sample(folder, member),
        }


def _tell(what: str, found: object) -> None:
    """At once: all of it takes minutes."""
    sys.stderr.write(f"{what}: {found}\n")


def _variables(settings: Settings, pipeline: str) -> dict[str, str]:
    return {
        "NEWSWATCH_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
        "NEWSWATCH_TOPIC_PREFIX": settings.topic_prefix,
        "NEWSWATCH_SPACY_MODEL": pipeline,
        "NEWSWATCH_NLP_PROCESSES": "1",
    }


def _settle(folder: Path, settings: Settings, articles: int, seed: int, until: int) -> float:
    """Replay originals; seconds until so many articles have their status."""
    path = folder / "rows.jsonl"
    rows = generate(articles, seed=seed, shares={"original": 1.0})
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    start = time.perf_counter()
    replay([str(path)], bootstrap=settings.kafka_bootstrap, topic=settings.topic_prefix + RAW, quiet=True)
    account = Account()
    with consumer(settings.kafka_bootstrap, fetch_min_bytes=1 << 16, fetch_max_wait_ms=250) as client:
        collector = Collector(client, settings)
        while account.missing(until):
            for record in collector.poll(1.0):
                account.add(record)
    return time.perf_counter() - start


def _megabytes(pid: int) -> dict[str, int]:
    """Of a process and those below it, by what they are for."""
    found: Counter[str] = Counter()
    top = psutil.Process(pid)
    for process in (top, *top.children(recursive=True)):
        words = " ".join(process.cmdline())
        kind = "helper" if "spawn_main" in words else "main" if "-m streams" in words else "other"
        if kind == "helper":
            kind = f"helper {process.pid}"
        found[kind] += process.memory_full_info().pss
    helpers = sorted((size for kind, size in found.items() if kind.startswith("helper")), reverse=True)
    return {
        "all": round(found.total() / MEGA),
        "main": round(found["main"] / MEGA),
        **{name: round(size / MEGA) for name, size in zip(("entities", "parsing"), helpers, strict=False)},
    }


def _series(text: bytes) -> int:
    return sum(not line.startswith(b"#") for line in text.splitlines() if line)


def _bytes_per_sample(folder: Path, member: Member) -> float | None:
    """On Prometheus' disk, of a worker's scrapes; None without promtool.

    Each is told as if it were 15 s after the one before.
    """
    if PROMTOOL is None:
        return None
    now = int(time.time()) // 7200 * 7200 - SCRAPES * SCRAPE_SECONDS
    lines = []
    for number in range(SCRAPES):
        at = now + number * SCRAPE_SECONDS
        lines += [f"{line} {at}\n" for line in _plain(member.metrics().decode())]
    backfill(folder, lines)
    chunks = sum(file.stat().st_size for file in (folder / "data").glob("*/chunks/*"))
    index = sum(file.stat().st_size for file in (folder / "data").glob("*/index"))
    return round((chunks + index) / len(lines), 2)


def _plain(text: str) -> list[str]:
    """Samples alone, without exemplars and times."""
    return [re.sub(r" # .*", "", line) for line in text.splitlines() if line and not line.startswith("#")]


def _disk(kafka: Path, worker: Path, prefix: str, articles: int) -> dict[str, int]:
    """Bytes an article of each topic and of the worker's tables."""
    found: Counter[str] = Counter()
    for folder in kafka.glob(f"**/{prefix}*"):
        if folder.is_dir():
            topic = folder.name.removeprefix(prefix).rpartition("-")[0]
            found[topic] += sum(file.stat().st_size for file in folder.glob("*.log"))
    found["tables of the worker"] = sum(
        file.stat().st_size for file in worker.glob("worker-*/**/*") if file.is_file()
    )
    return {topic: round(size / articles) for topic, size in found.most_common() if size >= articles}


def _console(folder: Path, settings: Settings) -> dict[str, Any]:
    """Memory of a console that has read the topics and was asked, and its series."""
    file = folder / "console.txt"
    own = {
        "NEWSWATCH_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
        "NEWSWATCH_TOPIC_PREFIX": settings.topic_prefix,
    }
    with (
        file.open("wb") as out,
        leashed(
            [sys.executable, "-m", "streams", "console", "--port", "0"],
            env={**os.environ, **own},
            stdout=out,
            stderr=subprocess.DEVNULL,
            grace=10.0,
        ) as leash,
    ):
        while not (said := file.read_text().split()):
            if leash.poll() is not None:
                raise RuntimeError("the console has ended")
            time.sleep(0.2)
        url = said[-1]
        while not _answers(url + "/readyz"):
            time.sleep(0.2)
        waits = _megabytes(leash.pid)["all"]
        for page in ("/", "/watches", "/health"):
            while not _answers(url + page):
                time.sleep(1)
        # Two looks at the lag of all groups.
        time.sleep(12)
        text = loopback.open(url + "/metrics", timeout=60).read()
        return {"ready_mb": waits, "asked_mb": _megabytes(leash.pid)["all"], "series": _series(text)}


def _answers(url: str) -> bool:
    try:
        return bool(loopback.open(url, timeout=60).status == 200)
    except OSError:
        return False


def _of_watches(folder: Path, settings: Settings, more: int) -> int:
    """Megabytes of a worker's own process with so many watches beside the default ones."""
    watchlist: Mapping[str, Any] = yaml.safe_load(settings.watchlist.read_text())
    words = [row.headline for row in generate(more, seed=2, shares={"original": 1.0})]
    made = [
        {"name": f"made-{number}", "terms": [f"{' '.join(text.split()[:2])} {number}", f"term {number}"]}
        for number, text in enumerate(words)
    ]
    path = folder / "watches.yaml"
    path.write_text(yaml.safe_dump({"watches": [*watchlist["watches"], *made]}))
    create_topics(settings, with_watches(watch.name for watch in load_watchlist(path).watches))
    variables = _variables(settings, "newswatch-rules") | {"NEWSWATCH_WATCHLIST": str(path)}
    with Fleet(1, folder, variables) as fleet:
        fleet.wait_ready(READY_SECONDS)
        return _megabytes(fleet.members[0].leash.pid)["main"]


def main() -> None:
    """Print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    json.dump(measure(parser.parse_args().articles), sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
