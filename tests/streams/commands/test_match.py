"""`newswatch match`: rows in, mentions out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from streams.cli import app

if TYPE_CHECKING:
    from pathlib import Path

WATCHLIST = """
watches:
  - name: peace
    severity: critical
    terms: [ceasefire, peace talks]
"""


@pytest.fixture
def watchlist(tmp_path: Path) -> str:
    path = tmp_path / "watches.yaml"
    path.write_text(WATCHLIST)
    return str(path)


def match(watchlist: str, rows: str | bytes) -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(app, ["match", "--watchlist", watchlist, "-"], input=rows)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_offsets_are_into_the_text_as_given(watchlist: str) -> None:
    """Nothing is stripped or tidied, code points are counted, id and order are kept."""
    text = "Also Read:\r\n  𝐍ews 🕊 of   peace  talks; a ceasefire\u200b"
    rows = [{"id": "b", "text": text}, {"id": 1, "text": "nothing"}, {"id": None, "text": "Ceasefire"}]
    code, found = match(watchlist, "\n".join(json.dumps(row) for row in rows))
    assert (code, [row["id"] for row in found]) == (0, ["b", 1, None])
    mentions = found[0]["mentions"]
    assert all(text[item["start"] : item["end"]] == item["text"] for item in mentions)
    assert {"ceasefire"} <= {item["text"] for item in mentions}
    assert [len(row["mentions"]) for row in found[1:]] == [0, 1]


def test_a_headline_is_a_field_of_its_own(watchlist: str) -> None:
    """Its offsets are into itself."""
    row = json.dumps({"id": 1, "headline": "Ceasefire", "text": "Peace talks went on."})
    found = match(watchlist, row)[1][0]["mentions"]
    assert [(item["field"], item["start"], item["end"]) for item in found] == [
        ("headline", 0, 9),
        ("body_text", 0, 11),
    ]


def test_a_row_that_cannot_be_read_keeps_its_place(watchlist: str) -> None:
    """It is answered by an error, the others by their mentions; exit code 1."""
    code, found = match(watchlist, b'{"id": 1}\n\xff\xfe\n[1]\n{"id": 4, "text": "ceasefire"}\n')
    assert (code, [sorted(row) for row in found]) == (1, [["error", "id"]] * 3 + [["id", "mentions"]])


def test_rows_in_error_are_counted_beside_the_output(watchlist: str) -> None:
    """An exit code alone tells nobody where to look."""
    done = CliRunner().invoke(app, ["match", "--watchlist", watchlist, "-"], input="1\n2\n")
    assert (done.exit_code, done.stderr) == (
        1,
        "newswatch: 2 of the rows can't be read; the `error` of each says why\n",
    )


def test_a_scope_with_entities_asks_the_pipeline(tmp_path: Path) -> None:
    """The headline gives context, entities come from the text; rows keep their places."""
    path = tmp_path / "watches.yaml"
    path.write_text("""
watches:
  - {name: rubio, terms: [truce], scope: {entities: ["person:Rubio"]}}
  - {name: any, terms: [truce]}
""")
    rows = [
        {"id": 0, "text": "Secretary of State Marco Rubio welcomed the truce on Monday."},
        {"id": 1, "text": "Vladimir Putin welcomed the truce on Monday."},
        {"id": 2, "headline": "Marco Rubio on the truce", "text": "It will hold."},
        {"id": 3, "text": "Marco Rubio said nothing."},
    ]
    code, found = match(str(path), "\n".join(json.dumps(row) for row in rows))
    assert code == 0
    told = [{mention["watch"] for mention in row["mentions"]} for row in found]
    assert told == [{"rubio", "any"}, {"any"}, {"any"}, set()]
