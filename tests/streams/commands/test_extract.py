"""`newswatch extract`: rows in, entities out."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from streams.cli import app


def test_entities_of_rows_in_their_order() -> None:
    """With offsets into the text as given; a row that can't be read keeps its place, exit code 1."""
    text = "  Also Read\n🕊 Officials of the European Union met in France."
    rows = [json.dumps({"id": "a", "text": text}), '{"id": "b", "text": 7}', '{"id": "c", "text": ""}']
    done = CliRunner().invoke(app, ["extract", "--model", "newswatch-default", "-"], input="\n".join(rows))
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert done.exit_code == 1
    assert [text[item["start"] : item["end"]] for item in first["entities"]] == ["European Union", "France"]
    assert [(item["text"], item["label"]) for item in first["entities"]] == [
        ("European Union", "ORG"),
        ("France", "GPE"),
    ]
    assert (second["id"], "text is a number" in second["error"]) == ("b", True)
    assert third == {"id": "c", "entities": []}


def test_a_pipeline_that_is_not_there_is_told_and_another_taken() -> None:
    """Standard output stays clean."""
    done = CliRunner().invoke(app, ["extract", "--model", "no_such_model", "-"], input="")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no_such_model" in done.stderr
