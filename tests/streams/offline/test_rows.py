"""Rows of JSONL: whatever stands on a line, one answer for it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.offline.rows import RowsError, encode_row, read_row, read_rows, write_rows
from streams.records import Mention

if TYPE_CHECKING:
    from pathlib import Path


@given(st.binary(max_size=200))
def test_any_bytes_are_a_row_or_an_error(line: bytes) -> None:
    """Never an exception: the other rows of a file go on."""
    row = read_row(3, line)
    assert row.line == line
    assert row.error is None or "line 3" in row.error


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(JSON, st.text(), st.none() | st.text())
def test_a_row_keeps_its_fields(identity: object, text: str, headline: str | None) -> None:
    """Any JSON may be an id; texts come as they are, lone surrogates too."""
    row = read_row(1, json.dumps({"id": identity, "text": text, "headline": headline}).encode())
    assert (row.error, row.id, row.text, row.headline) == (None, identity, text, headline or "")


@given(JSON, st.text())
def test_what_is_written_is_one_line_that_reads_the_same(identity: object, text: str) -> None:
    """UTF-8 where that can be, ASCII where a lone surrogate forbids it."""
    mention = Mention(watch="w", text=text, field="body_text", start=0, end=1, sentence=text)
    line = encode_row({"id": identity, "mentions": [mention]})
    assert line.count(b"\n") == 1
    found = json.loads(line)
    assert (found["id"], found["mentions"][0]["text"]) == (identity, text)


def test_blank_lines_are_passed_over_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    """A file that ends with several of them has no error for that."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "a"}\n\n \r\n{"text": 1}\n\n')
    rows = list(read_rows(str(path)))
    assert [row.number for row in rows] == [1, 4]
    assert rows[1].error == "line 4: text is a number; write a string"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("5", "line 2 is a number; write a row as {"),
        ("null", "line 2 is null; write a row as {"),
        ("[1]", "line 2 is a list; write a row as {"),
        ("{", "line 2 is no JSON: "),
        ('{"id": 1}', "line 2: there is no text; write a row as {"),
        ('{"text": null}', "line 2: text is null; write a string"),
        ('{"text": {}}', "line 2: text is an object; write a string"),
        ('{"text": "", "headline": true}', "line 2: headline is true or false; write a string"),
    ],
)
def test_an_error_names_the_line_what_is_there_and_what_to_write(line: str, says: str) -> None:
    """In words of JSON, which a row is written in."""
    error = read_row(2, line.encode()).error
    assert error
    assert error.startswith(says)
    assert "write" in error


def test_errors_are_counted() -> None:
    """For the exit code."""
    file = io.BytesIO()
    assert write_rows([{"id": 1}, {"id": 2, "error": "x"}], file) == 1
    assert file.getvalue().count(b"\n") == 2


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """The message names it."""
    with pytest.raises(RowsError, match="Is a directory"):
        list(read_rows(str(tmp_path)))
