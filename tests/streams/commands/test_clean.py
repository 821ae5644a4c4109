"""`newswatch clean`: what is kept, what is cut, and by which rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from streams.cli import app

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """World
Truce extended by a week
By Ada Lovelace
GENEVA (Reuters) - The delegations met on Tuesday and agreed to extend the truce by another week.
Advertisement
Both sides said that the talks would go on until the end of the month.
(Editing by Alan Turing)
"""


def test_what_is_kept_and_what_is_cut() -> None:
    """Each line that went is there, under its rule."""
    done = CliRunner().invoke(app, ["clean", "-"], input=PAGE)
    assert done.exit_code == 0
    assert "headline  Truce extended by a week (found)" in done.stdout
    assert "dateline  GENEVA (Reuters)" in done.stdout
    assert "credit    Editing by Alan Turing" in done.stdout
    assert "       5  Advertisement" in done.stdout


def test_as_json(tmp_path: Path) -> None:
    """The record's fields, and the cuts."""
    file = tmp_path / "article.json"
    file.write_text(json.dumps({"title": "Truce extended", "text": PAGE, "author": "News desk"}))
    one = json.loads(CliRunner().invoke(app, ["clean", "--json", str(file)]).stdout)
    assert (one["headline"], one["headline_source"], one["byline"]) == (
        "Truce extended",
        "given",
        "News desk",
    )
    assert {"line": 5, "rule": "buttons", "text": "Advertisement"} in one["cut"]
    kept = one["body_text"].split("\n")
    assert len(kept) + len({cut["line"] for cut in one["cut"]}) == PAGE.count("\n")


def test_what_cannot_be_read_is_said() -> None:
    """In one line each, with exit code 1."""
    done = CliRunner().invoke(app, ["clean", "no-such-file"])
    assert (done.exit_code, "no-such-file: can't be read" in str(done.exception)) == (1, True)
    done = CliRunner().invoke(app, ["clean", "-"], input='{"a": 1}')
    assert (done.exit_code, "no text in the fields" in str(done.exception)) == (1, True)
    done = CliRunner().invoke(app, ["clean", "-"], input=" \n")
    assert (done.exit_code, "without a character" in str(done.exception)) == (1, True)
