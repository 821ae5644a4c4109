"""`newswatch why` over a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from typer.testing import CliRunner

from streams.cli import app
from streams.why.history import HistoryError
from tests.streams.why.conftest import folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]


def why(folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    options = ["--history", str(folder), "--watchlist", str(folder / "watches.yaml")]
    result = CliRunner().invoke(app, ["why", *words, *options])
    return result.exit_code, result.stdout, result.stderr


def test_the_first_line_is_what_decided(folder: Path) -> None:
    """Also for an article that did not alert: the exit code is 0."""
    code, out, _ = why(folder, "a4")
    assert code == 0
    assert out.startswith("no alert for sanctions: 'sanctions' is negated")


def test_json_is_one_document(folder: Path) -> None:
    """One object; with --all a list."""
    assert msgspec.json.decode(why(folder, "a0", "--json")[1])["seq"] == 0
    assert [one["seq"] for one in msgspec.json.decode(why(folder, "a0", "--json", "--all")[1])] == [0]


def test_what_nobody_knows_is_exit_code_1(folder: Path) -> None:
    """It says how far back the topics reach."""
    code, out, err = why(folder, "nobody")
    assert (code, out) == (1, "")
    assert "what is left reaches back to seq 0, arrived 2025-11-24 12:00:00Z" in err


def test_several_versions_are_listed_before_the_newest(folder: Path) -> None:
    """Each can be asked for by its place."""
    path = folder / "news.outcomes.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"name":"a1"', b'"name":"a0"'))
    _, out, _ = why(folder, "a0")
    assert out.startswith("2 versions or copies; the newest is explained\n  seq 0 new ")
    assert "\nno alert for ceasefire: a copy" in out
    assert "alert for ceasefire" in why(folder, "a0", "--all")[1]


def test_a_record_that_is_none_is_an_error_not_a_traceback(folder: Path) -> None:
    """It says what was met."""
    path = folder / "news.outcomes.jsonl"
    path.write_bytes(path.read_bytes() + b'{"type":"later","name":"a0"}\n')
    options = ["--history", str(folder), "--watchlist", str(folder / "watches.yaml")]
    error = CliRunner().invoke(app, ["why", "a0", *options]).exception
    assert isinstance(error, HistoryError)
    assert "can't be read (Invalid value 'later'" in str(error)
