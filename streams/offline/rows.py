"""Rows of JSONL: `{"id": …, "text": …}` in, one row out for each of them, in their order.

A row that can't be read is answered by a row with `error`, so that output and input stay aligned.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_LINE = 64 << 20
"""Bytes; the longest message that the pipeline itself would take."""

OPTIONAL = ("headline", "source", "language", "byline")

_KINDS = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
}
_ROW = '{"id": …, "text": …}'


class RowsError(Exception):
    """The file can't be read; the message names it and says why."""


class Row(msgspec.Struct, frozen=True):
    """A row as read: its line, and its fields or what is wrong with them."""

    number: int
    """Line in the file, from 1."""
    line: bytes
    id: Any = None
    text: str = ""
    headline: str = ""
    source: str | None = None
    language: str | None = None
    byline: str | None = None
    error: str | None = None


def read_rows(path: str) -> Iterator[Row]:
    """Yield the rows of a file, `-` for standard input; blank lines are passed over.

    Raises:
        RowsError: the file can't be read.
    """
    try:
        with _opened(path) as file:
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
                if line.strip():
                    yield read_row(number, line)
    except OSError as error:
        raise RowsError(f"{path}: can't be read: {error.strerror}; name a file of JSON rows, or -") from error


def read_row(number: int, line: bytes) -> Row:
    """Read one line; `text` has to be a string, `headline` may be one; the others count where they are."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, line, error=f"line {number} is no JSON: {error}; write a row as {_ROW}")
    if not isinstance(fields, dict):
        return Row(number, line, error=f"line {number} is {_KINDS[type(fields)]}; write a row as {_ROW}")
    wrong = _wrong(fields)
    if wrong:
        return Row(number, line, id=fields.get("id"), error=f"line {number}: {wrong}")
    known = {name: fields[name] for name in OPTIONAL if isinstance(fields.get(name), str)}
    return Row(number, line, fields.get("id"), fields["text"], **known)


def _wrong(fields: dict[str, Any]) -> str | None:
    if "text" not in fields:
        return f"there is no text; write a row as {_ROW}"
    for name in ("text", "headline"):
        value = fields.get(name)
        if not isinstance(value, str) and (name == "text" or value is not None):
            return f"{name} is {_KINDS[type(value)]}; write a string"
    return None


def write_rows(rows: Iterable[dict[str, Any]], file: IO[bytes] | None = None) -> int:
    """Write rows as JSONL and return how many of them carry an error."""
    file = file or sys.stdout.buffer
    errors = 0
    for row in rows:
        errors += "error" in row
        file.write(encode_row(row))
    file.flush()
    return errors


def encode_row(row: dict[str, Any]) -> bytes:
    """Encode a row as a line of UTF-8; one with a lone surrogate, which UTF-8 hasn't got, as ASCII."""
    plain = msgspec.to_builtins(row)
    try:
        return json.dumps(plain, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(plain).encode() + b"\n"


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    if path == "-":
        yield sys.stdin.buffer
    else:
        with Path(path).open("rb") as file:
            yield file
