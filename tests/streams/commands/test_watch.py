"""`newswatch watch` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from agents.mentions.watchlist import WatchlistError
from streams.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LIST = """\
watches:
  - {name: a, query: truce Kyiv, examples: {match: [A truce.], no_match: [War.]}}
  - {name: b, terms: [war]}
"""


def run(tmp_path: Path, command: str, text: str, *options: str) -> Result:
    file = tmp_path / "w.yaml"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["watch", command, str(file), *options])


def test_lint_counts_the_watches_and_tells_what_may_not_be_meant(tmp_path: Path) -> None:
    """Exit code 0: a note is no error."""
    result = run(tmp_path, "lint", LIST)
    assert result.exit_code == 0
    assert "a: column 7 of the query: words side by side are joined by OR" in result.output
    assert "2 watches, version " in result.output


def test_lint_refuses_what_cannot_be_taken(tmp_path: Path) -> None:
    """The same error as everywhere, which `main` prints as one line with exit code 1."""
    result = run(tmp_path, "lint", "watches: [{name: a, query: '*x'}]")
    assert result.exit_code == 1
    assert isinstance(result.exception, WatchlistError)


def test_examples_that_hold(tmp_path: Path) -> None:
    """Told with the number of watches that have none."""
    result = run(tmp_path, "test", LIST)
    assert result.exit_code == 0
    assert "2 examples, 0 failed; 1 watches have none" in result.output


def test_an_example_that_fails(tmp_path: Path) -> None:
    """Exit code 1, the example and the reason; the same as JSON."""
    text = LIST.replace("A truce.", "A deal.")
    result = run(tmp_path, "test", text)
    assert result.exit_code == 1
    assert "a: match[0] 'A deal.': none of truce, Kyiv was found" in result.output
    failed = json.loads(run(tmp_path, "test", text, "--json").output)["failed"]
    assert failed == [
        {"watch": "a", "example": "match[0]", "text": "A deal.", "reason": "none of truce, Kyiv was found"}
    ]


ASKING = """\
watches:
  - name: a
    terms: [truce]
    scope: {entities: ['person:Marco Rubio', 'person:Marko Rubio']}
    examples:
      match: [Marco Rubio said a truce was near.]
      no_match: [A truce in Gaza.]
"""


def test_examples_of_a_scope_with_entities_are_searched_by_the_pipeline(tmp_path: Path) -> None:
    """A plain sentence is judged by what spaCy finds in it."""
    result = run(tmp_path, "test", ASKING)
    assert "2 examples, 0 failed" in result.output
    result = run(tmp_path, "test", ASKING.replace("match: [Marco Rubio", "match: [Vladimir Putin"))
    assert result.exit_code == 1
    assert (
        "a: match[0] 'Vladimir Putin said a truce was near.': out of scope: it names none of "
        "person:Marco Rubio, person:Marko Rubio; it names Vladimir Putin (person:vladimir-putin)"
    ) in result.output


def test_lint_tells_whom_the_table_does_not_know(tmp_path: Path) -> None:
    """It has no column, for it stands in no query."""
    result = run(tmp_path, "lint", ASKING)
    assert result.exit_code == 0
    assert "a: scope.entities[1]: the table of names does not know 'person:Marko Rubio'" in result.output
    (note,) = json.loads(run(tmp_path, "lint", ASKING, "--json").output)["notes"]
    assert (note["watch"], note["column"]) == ("a", None)
