"""`newswatch run` when it is stopped, and when something in it breaks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx2
import psutil
import pytest

from seeds import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.live

GAP = [
    {"id": 1, "text": "The first of two articles, about a truce in the hills.", "published": "2025-03-01"},
    {"id": 2, "text": "The second of them comes a day later, on other matters.", "published": "2025-03-02"},
]


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """Where a run keeps what it needs; empty again afterwards, unless a test takes that out."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def started(temporary: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "streams", "run", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )


def read_until(process: subprocess.Popen[str], words: str) -> None:
    assert process.stderr
    for line in process.stderr:
        if words in line:
            return
    pytest.fail(f"never said {words!r}")


@pytest.fixture
def day(tmp_path: Path) -> str:
    """Two articles with a day between them."""
    path = tmp_path / "gap.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in GAP))
    return str(path)


@pytest.mark.parametrize("stage", ["starting Kafka", "replay: 1 of 2"])
def test_ctrl_c_at_any_stage_leaves_nothing(stage: str, temporary: Path, day: str) -> None:
    """Exit code 130 within seconds; no process, no folder, no traceback, nothing on standard output."""
    with started(temporary, day, "--speed", "1x", "--json") as process:
        read_until(process, stage)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        assert (process.returncode, out) == (130, "")
        assert "Traceback" not in err
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert list(temporary.iterdir()) == []


def test_a_worker_that_dies_in_a_gap_is_told_at_once(temporary: Path, day: str) -> None:
    """Not when the next article is due; with the path of its log, which stays."""
    with started(temporary, day, "--speed", "1x") as process:
        read_until(process, "replay: 1 of 2")
        (worker,) = [
            child
            for child in psutil.Process(process.pid).children(recursive=True)
            if child.cmdline()[-2:] == ["streams", "worker"] and child.parent().cmdline()[-1:] == ["worker"]
        ]
        worker.kill()
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, "")
    assert "Traceback" not in err
    (log,) = temporary.glob("*/worker-1.log")
    assert f"worker 1 ended with code -9, its log is {log}" in err


def test_a_broken_broker_is_told(temporary: Path, day: str) -> None:
    """What died, not what came of it."""
    with started(temporary, day, "--speed", "1x") as process:
        read_until(process, "replay: 1 of 2")
        (java,) = [
            child
            for child in psutil.Process(process.pid).children(recursive=True)
            if child.cmdline()[-2:] == ["kafka.Kafka", "server.properties"] and "java" in child.name()
        ]
        java.kill()
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, "")
    assert "Traceback" not in err
    assert "newswatch: the broker died" in err


def test_what_cannot_be_read_is_named_and_the_rest_runs(temporary: Path) -> None:
    """One line of JSON on standard output and nothing else there; exit code 1 for the one that is missing."""
    with started(temporary, str(ARTICLES), str(ARTICLES / "missing.txt"), "--json") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert out.count("\n") == 1
    assert len(json.loads(out)["alerts"]) == 7
    assert "missing.txt: No such file or directory" in err
    assert list(temporary.iterdir()) == []


def test_what_is_kept_runs_until_ctrl_c(temporary: Path, day: str) -> None:
    """The result, then a console that answers; Ctrl-C ends all of it, with the run's own exit code."""
    with started(temporary, day, "--keep", "--quiet") as process:
        assert process.stdout
        told = []
        for line in process.stdout:
            told.append(line)
            if line == "Ctrl-C stops all of it\n":
                break
        result, console, more, _ = told[-4:]
        assert "alerts from 2 articles\n" in result
        address = console.removeprefix("the console is at ").strip()
        assert more.startswith("more articles: newswatch replay FILE --bootstrap ")
        assert len(httpx2.get(f"{address}/api/alerts").json()["alerts"]) == 1
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (0, "", "")
    assert psutil.wait_procs(family, timeout=10)[1] == []
    assert list(temporary.iterdir()) == []


def test_a_console_that_dies_is_told(temporary: Path, day: str) -> None:
    """With its log; nothing is left running that nobody can look at."""
    with started(temporary, day, "--keep", "--quiet") as process:
        assert process.stdout
        next(line for line in process.stdout if line.startswith("the console is at "))
        (console,) = [
            child
            for child in psutil.Process(process.pid).children(recursive=True)
            if "console" in child.cmdline() and child.parent().pid != process.pid
        ]
        console.kill()
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in err
    (log,) = temporary.glob("*/console.log")
    assert f"the console ended with code -9, its log is {log}" in err
