"""A run from start to end: broker, topics, workers, replay, and the wait until everything adds up."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from agents.mentions.watchlist import load
from streams.admin import create_topics
from streams.broker import running_broker
from streams.connect import consumer
from streams.replay.find import find_files
from streams.replay.pace import AS_FAST_AS_POSSIBLE
from streams.replay.run import run as replay
from streams.run.account import Account
from streams.run.collect import Collector, dump
from streams.run.fleet import Fleet
from streams.run.keep import Console, Kept, until_interrupted
from streams.settings import PREFIX, SECURITY
from streams.subscribe.clean import clean
from streams.topology import RAW, with_watches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streams.replay.report import Report
    from streams.settings import Settings

READY_SECONDS = 120.0
"""For workers to load a pipeline and join the group; 5 s are usual."""
PATIENCE_SECONDS = 180.0
"""Without anything new, before a run is called stuck; above the default gap timeout."""


class RunError(Exception):
    """The run can't begin; the message says what is wrong with what was asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to run."""

    paths: list[str]
    workers: int = 1
    speed: float = AS_FAST_AS_POSSIBLE
    out: Path | None = None
    quiet: bool = False


@dataclass(slots=True)
class Result:
    """What came of it."""

    account: Account
    report: Report
    problems: list[str]
    """What does not add up, in words."""
    seconds: float
    """From the first article sent to the last alert out."""
    metrics: list[str] = field(default_factory=list)
    """Addresses at which the workers gave their metrics while they ran."""


def run(
    request: Request,
    settings: Settings,
    *,
    say: Callable[[str], None],
    kept: Callable[[Result, Kept], None] | None = None,
) -> Result:
    """Run articles through a pipeline of its own and stop everything again.

    Args:
        request: what to run.
        settings: of the workers; broker, prefix and folders are the run's own.
        say: told what goes on, in one line each.
        kept: where given, all stays until Ctrl-C, with a console beside it, and this is told of the result as
            soon as the console is up.

    Raises:
        ConsoleDied: the console ended, or doesn't get ready.
        RunError: there is no file to read, or nowhere to write to.
        BrokerError: the broker can't be had.
        WatchlistError: the watchlist can't be taken.
        WorkerDied: a worker ended in mid-run.
        WorkerSlow: a worker doesn't get ready.
        KeyboardInterrupt: Ctrl-C, also during the replay.
    """
    _check(request)
    watches = load(settings.watchlist).watches
    topics = with_watches(watch.name for watch in watches)
    with _scratch() as folder:
        say("starting Kafka")
        with running_broker(cache=settings.cache) as broker:
            own = settings.on_loopback(broker.bootstrap_servers)
            create_topics(own, topics)
            say(f"starting {request.workers} worker{'s' if request.workers > 1 else ''}")
            with Fleet(request.workers, folder, _variables(own, request.workers)) as fleet:
                fleet.wait_ready(READY_SECONDS)
                say("replaying")

                def check() -> None:
                    broker.check()
                    fleet.check()

                result = _follow(request, own, check, say, fleet.settled)
                result.metrics = [f"{member.url}/metrics" for member in fleet.members]
                if request.out:
                    say(f"writing topics to {request.out}")
                    dump(own, topics, request.out)
                    for member in fleet.members:
                        (request.out / f"metrics-{member.number}.txt").write_bytes(member.metrics())
                if kept:
                    say("starting the console")
                    with Console(folder, own, _variables(own, request.workers)) as console:
                        kept(result, Kept(console.wait_ready(), own.kafka_bootstrap))
                        until_interrupted(check, console.check)
                        say("stopping")
    return result


def _check(request: Request) -> None:
    """See what can be seen before Kafka and the workers take their seconds."""
    found = find_files(request.paths)
    if not found.files:
        reasons = "; ".join(f"{clean(problem.name)}: {clean(problem.reason)}" for problem in found.problems)
        raise RunError(f"there are no articles: {reasons}")
    if request.out:
        try:
            request.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RunError(
                f"can't write to {request.out}: {error.strerror}; name another folder with --out"
            ) from error


def _follow(
    request: Request,
    settings: Settings,
    check: Callable[[], None],
    say: Callable[[str], None],
    settled: Callable[[], int],
) -> Result:
    """Replay, then wait by counting until every article has its status and every alert is out.

    `check` raises when the broker or a worker has died; `settled` says how many outcomes were worked off.
    """
    account = Account()
    began = time.monotonic()
    report = replay(
        request.paths,
        bootstrap=settings.cluster,
        topic=settings.topic_prefix + RAW,
        speed=request.speed,
        quiet=request.quiet,
        check=check,
    )
    say(report.line())
    if report.stopped == "interrupted":
        raise KeyboardInterrupt
    with consumer(settings.cluster) as client:
        collector = Collector(client, settings)
        news = told = time.monotonic()
        # That everything adds up says nothing of deadlines: an article without mentions may have one strike.
        while (problems := account.missing(report.acknowledged)) or settled() < account.length:
            check()
            for record in collector.poll(0.2):
                account.add(record)
                news = time.monotonic()
            if time.monotonic() - news > PATIENCE_SECONDS:
                break
            if time.monotonic() - told > 5:  # noqa: PLR2004  seconds between two lines, as in the replay
                told = time.monotonic()
                say("; ".join(problems))
        for record in collector.rest():
            account.add(record)
    return Result(account, report, problems, time.monotonic() - began)


def _variables(settings: Settings, workers: int) -> dict[str, str]:
    """Environment of the workers: the settings as they are, the cores shared among them."""
    explicit = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    share = max(1, (os.cpu_count() or 2) // workers - (1 if workers == 1 else 0))
    return {
        PREFIX + "NLP_PROCESSES": str(share),
        **explicit,
        **{PREFIX + name.upper(): "" for name in SECURITY},
        PREFIX + "KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
        PREFIX + "TOPIC_PREFIX": settings.topic_prefix,
        PREFIX + "WATCHLIST": str(settings.watchlist.resolve()),
    }


@contextmanager
def _scratch() -> Iterator[Path]:
    """Make a folder for tables and logs; it stays when the run fails, for then the logs are needed."""
    folder = Path(tempfile.mkdtemp(prefix="newswatch-run-"))
    try:
        yield folder
    except Exception:
        if not any(folder.iterdir()):
            folder.rmdir()
        raise
    except BaseException:  # Ctrl-C, SIGTERM: nothing failed
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
