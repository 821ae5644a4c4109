"""Errors as a person at a terminal meets them: one line, exit code 1, nothing on standard output."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from streams import cli
from streams.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:(read|open)_text is deprecated:DeprecationWarning")

COMMANDS = (
    "run",
    "worker",
    "replay",
    "feeds",
    "alerts",
    "console",
    "broker",
    "extract",
    "duplicates",
    "match",
    "models",
    "silence",
    "topics",
)


def newswatch(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
    return subprocess.run(
        [sys.executable, "-m", "streams", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=clean | variables,
    )


def test_help_names_every_command() -> None:
    """And loads neither Faust nor spaCy for it, which would take seconds."""
    done = newswatch("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert [name for name in COMMANDS if name not in done.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (["worker"], {"NEWSWATCH_KAFKA": "a:1"}, "unknown setting NEWSWATCH_KAFKA"),
        (["topics", "create"], {"NEWSWATCH_PARTITIONS": "x"}, "NEWSWATCH_PARTITIONS='x'"),
        (["topics", "create", "--bootstrap", "host:port"], {}, "'host:port' is not host:port"),
        (["match", "--watchlist", "/no/such.yaml", "-"], {}, "/no/such.yaml: can't be read"),
        (["match", "/no/rows.jsonl"], {}, "/no/rows.jsonl: can't be read"),
        (["duplicates", "/no/rows.jsonl"], {}, "/no/rows.jsonl: can't be read"),
        (["duplicates", "--window", "soon", "-"], {}, "NEWSWATCH_DEDUP_WINDOW='soon'"),
        (["extract", "--model", "no_such_model", "-"], {"NEWSWATCH_SPACY_STRICT": "1"}, "'no_such_model'"),
        (["silence", "add", "--reason", "x", "--watch", "w"], {}, "give its end: either --for"),
        (["console", "--host", "0.0.0.0"], {}, "so a token is needed: set NEWSWATCH_CONSOLE"),  # noqa: S104
        (["console"], {"NEWSWATCH_CONSOLE_TOKEN": "short"}, "NEWSWATCH_CONSOLE_TOKEN is no token"),
        (["console", "--port", "70000"], {}, "NEWSWATCH_CONSOLE_PORT=70000"),
        (["console", "--host", "192.0.2.1"], {"NEWSWATCH_CONSOLE_TOKEN": "x" * 16}, "192.0.2.1:8464"),
        (["console", "--bootstrap", "host:port", "--port", "0"], {}, "'host:port' is not host:port"),
        (["feeds", "/no/feeds.yaml"], {}, "/no/feeds.yaml: can't be read: No such file"),
        (["run", "/no/articles"], {}, "there are no articles: /no/articles: No such file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_error_is_one_line(
    arguments: list[str],
    variables: dict[str, str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It names what was given."""
    for name in [name for name in os.environ if name.startswith("NEWSWATCH_")]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["newswatch", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.startswith("newswatch: ")
    assert says in err


def test_a_worker_says_it_in_one_line_too() -> None:
    """Though all else that it writes is JSON."""
    done = newswatch("worker", "--bootstrap", "host:port")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("newswatch: 'host:port' is not host:port")
    assert done.stderr.count("\n") == 1


def test_an_error_of_ours_only_is_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the program keeps its traceback."""

    def broken() -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(KeyError):
        main()


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    """However little there is to write: it fails at the last flush."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "A truce was agreed."}\n')
    with open("/dev/full", "wb") as full:  # noqa: PTH123  a device
        done = subprocess.run(
            [sys.executable, "-m", "streams", "match", str(rows)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == "newswatch: No space left on device: free some space, or write elsewhere\n"


def test_a_closed_pipe_is_no_error_to_talk_about(tmp_path: Path) -> None:
    """`newswatch match … | head` ends quietly."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "text": "A truce was agreed."}\n' * 20_000)
    command = [sys.executable, "-m", "streams", "match", str(rows)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"id": 1')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) in {0, 1}
