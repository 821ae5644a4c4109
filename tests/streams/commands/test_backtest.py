"""`newswatch backtest` on the command line, over a folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from seeds import DEFAULT_WATCHLIST
from streams.cli import app
from streams.records import Enriched, Position, Sequenced, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DEFAULT = DEFAULT_WATCHLIST.read_text("utf-8")


def article(seq: int, text: str, day: int = 2, **fields: Any) -> Sequenced:
    """An article of March 2026, noon."""
    given = {
        "seq": seq,
        "article_id": f"a{seq}",
        "content_hash": "",
        "headline": f"Headline {seq}",
        "headline_source": "given",
        "body_text": text,
        "language": "en",
        "event_time": f"2026-03-{day:02}T12:00:{seq:02}Z",
        "event_time_source": "own",
        "arrived": "2026-11-24T12:00:00Z",
        "origin": "replay",
        "position": Position(topic="news.raw", partition=0, offset=seq),
        "verdict": Verdict(status="new", story_id=f"a{seq}"),
        **fields,
    }
    kind = Enriched if given["verdict"].status == "new" else Sequenced
    return msgspec.convert(given, kind, from_attributes=True)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Three stories on three days, and a copy of the first."""
    first = Verdict(status="near_duplicate", story_id="a0")
    news = [
        article(0, "A truce held in Kyiv."),
        article(1, "A truce held in Kyiv. It rained.", verdict=first),
        article(2, "The armistice of 1918.", 3),
        article(4, "A deadline of November 27.", 4),
    ]
    for topic, kind in (("news.enriched", Enriched), ("news.repeats", Sequenced)):
        lines = [msgspec.json.encode(item) + b"\n" for item in news if type(item) is kind]
        (tmp_path / f"{topic}.jsonl").write_bytes(b"".join(lines))
    return tmp_path


def backtest(history: Path, *options: str, new: str | None = None) -> Result:
    arguments = ["backtest", "--history", str(history), *options]
    if new is not None:
        file = history / "new.yaml"
        file.write_text(new, encoding="utf-8")
        arguments += ["--watchlist", str(file)]
    return CliRunner().invoke(app, arguments)


def test_the_same_watches_make_no_difference(history: Path) -> None:
    """However they are written; exit code 0."""
    result = backtest(history, new=f"# the same\n{DEFAULT}")
    assert result.exit_code == 0
    assert "4 articles, days with news: 3\nbefore: 3 alerts by " in result.output
    assert result.output.endswith("gained: nothing; lost: nothing; changed: 0\n")


def test_what_differs_is_told_with_its_sentence_and_the_exit_code(history: Path) -> None:
    """A term goes, a severity changes, a watch comes."""
    new = "watches: [{name: ceasefire, terms: [truce]}, {name: kyiv, terms: [Kyiv]}]"
    result = backtest(history, new=new)
    assert result.exit_code == 3
    lines = [re.sub(r"  +", " ", line) for line in result.output.splitlines()]
    assert lines[:10] == [
        "~ 2026-03-02 12:00:00Z WARNING ceasefire Headline 0",
        " A **truce** held in Kyiv.",
        " changed: severity critical → warning",
        "+ 2026-03-02 12:00:00Z WARNING kyiv Headline 0",
        " A truce held in **Kyiv**.",
        "- 2026-03-03 12:00:02Z CRITICAL ceasefire Headline 2",
        " The **armistice** of 1918.",
        "- 2026-03-04 12:00:04Z WARNING deadline Headline 4",
        " A **deadline** of November 27. (due 2026-11-27)",
        "sent per day before after",
    ]
    assert lines[-1] == "gained: 1 alert; lost: 2 alerts; changed: 1"


def test_only_the_range_counts_and_what_came_before_it_is_remembered(history: Path) -> None:
    """The copy within it is no new alert, since its story has alerted before."""
    copy = ("--from", "2026-03-02T12:00:01Z", "--to", "2026-03-03", "--json")
    result = backtest(history, *copy, new="watches: [{name: other, terms: [truce], group_by: none}]")
    found = json.loads(result.stdout)
    assert (found["articles"], found["days"]) == (1, 1)
    assert found["totals"]["before"] == {"alerts": 0, "revisions": 0, "shadow": 0}
    assert [alert["article_id"] for alert in found["gained"]] == ["a1"]
    assert found["load"]["other"]["after"] == 1.0


def test_it_can_be_held_against_another_file(history: Path, tmp_path: Path) -> None:
    """Rather than what is in force."""
    against = tmp_path / "against.yaml"
    against.write_text("watches: [{name: other, terms: [truce]}]")
    result = backtest(history, "--against", str(against), "--json", new=against.read_text())
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["watchlist"]["version"] == found["against"]["version"]
    assert found["against"]["place"] == str(against)


def test_what_was_sent_is_verified(history: Path) -> None:
    """An alert that is missing from what was sent is gained, which is exit code 3."""
    given = json.loads(backtest(history, "--json", new="watches: [{name: none, terms: [xyzzy]}]").stdout)
    lines = [json.dumps(alert) + "\n" for alert in given["lost"]]
    (history / "alerts.jsonl").write_text("".join(lines))
    whole = backtest(history, "--verify", "--json")
    assert (whole.exit_code, json.loads(whole.stdout)["totals"]["before"]["alerts"]) == (0, 3)
    (history / "alerts.jsonl").write_text("".join(lines[1:]))
    result = backtest(history, "--verify")
    assert result.exit_code == 3
    assert result.output.startswith("+ 2026-03-02 12:00:00Z  CRITICAL  ceasefire  Headline 0\n")


@pytest.mark.parametrize(
    ("options", "new", "message"),
    [
        ((), None, "name the watches to try: --watchlist FILE; or give --verify"),
        (("--verify", "--against", "x"), None, "leave out --against"),
        ((), "watches: [{name: a}]", "new.yaml:1: watches[0]"),
        (("--from", "yesterday"), DEFAULT, "--from 'yesterday' is no time"),
        (("--from", "2026-03-03", "--to", "2026-03-03"), DEFAULT, "--from is not before --to"),
        (("--history", "nowhere"), DEFAULT, "nowhere: there is no news.enriched.jsonl"),
        (("--verify",), None, "there is no alerts.jsonl"),
    ],
)
def test_an_error_is_one_line_that_names_it(
    history: Path, options: tuple[str, ...], new: str | None, message: str
) -> None:
    """Of a type that `main` prints, with exit code 1."""
    result = backtest(history, *options, new=new)
    assert result.exit_code == 1
    assert result.exception is not None
    assert type(result.exception).__module__.startswith(("agents.", "streams."))
    assert message in str(result.exception)
    assert "\n" not in str(result.exception)


def test_a_reader_that_has_enough_is_no_error(history: Path) -> None:
    """`| head` closes the pipe; nothing is said of it."""
    file = history / "new.yaml"
    file.write_text("watches: [{name: other, terms: [truce]}]")
    read, write = os.pipe()
    os.close(read)
    arguments = ["backtest", "--history", str(history), "--watchlist", str(file)]
    done = subprocess.run(
        [sys.executable, "-m", "streams", *arguments], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")
