"""JSON inputs: where one ends and the next begins, and what a row says of itself.

The bytes are never rewritten: ingest judges them, and a broken row becomes a dead letter there.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from agents.ingest.dates import parse_date
from agents.ingest.refusal import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LINE_MAX = 64 << 20
"""Bytes of a line that are held: more than the broker takes."""
BOM = b"\xef\xbb\xbf"
_LOOK_AHEAD = 20
"""Lines looked at to tell rows from prose that begins with a brace."""


class _Fields(msgspec.Struct):
    """The aliases of a row's name, address and date; anything else is skipped without being built."""

    id: Any = None
    uri: Any = None
    url: Any = None
    link: Any = None
    versioncreated: Any = None
    published: Any = None
    pub_date: Any = msgspec.field(name="pubDate", default=None)
    date: Any = None


class Row(msgspec.Struct, frozen=True):
    """What is known of a JSON object before anyone reads its text."""

    id: str | None = None
    uri: str | None = None
    published: datetime | None = None


_fields = msgspec.json.Decoder(_Fields)
_list = msgspec.json.Decoder(list[msgspec.Raw])


def describe(payload: bytes) -> Row | None:
    """A JSON object's name, address and date, each where it has a usable one; None for anything else."""
    try:
        fields = _fields.decode(payload)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    dates = (fields.versioncreated, fields.published, fields.pub_date, fields.date)
    return Row(
        id=str(fields.id) if isinstance(fields.id, str | int) and str(fields.id).strip() else None,
        uri=next(
            (uri for uri in (fields.uri, fields.url, fields.link) if isinstance(uri, str) and uri), None
        ),
        published=next(filter(None, map(date_of, dates)), None),
    )


def date_of(value: Any) -> datetime | None:
    """A publication date as ingest reads it; None for what it would refuse."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return parse_date(value, "published")
    except RefusalError:
        return None


def elements(document: bytes) -> list[bytes] | None:
    """The elements of a JSON list, byte for byte; None when it is not a list."""
    try:
        return [bytes(element) for element in _list.decode(document)]
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """`(offset, length, head)` of each line that is not blank, from where `file` stands to its end.

    Offset and length are without a byte-order mark and surrounding whitespace; `head` is the line, cut at
    `LINE_MAX` bytes, so that a file without line ends does not fill the memory.
    """
    start = offset = file.tell()
    while head := file.readline(LINE_MAX):
        length = part = len(head)
        while part == LINE_MAX and not head.endswith(b"\n"):
            tail = file.readline(LINE_MAX)
            part = len(tail)
            length += part
            if tail.endswith(b"\n"):
                break
        skip = len(BOM) if offset == start and head.startswith(BOM) else 0
        skip += len(head[skip:]) - len(head[skip:].lstrip())
        body = head[skip:].rstrip()
        if body:
            whole = len(body) if length == len(head) else length - skip
            yield offset + skip, whole, body
        offset += length


def looks_like_rows(file: BinaryIO, start: int) -> bool:
    """Whether the first line begins a JSON object and one of the first lines is a whole one."""
    file.seek(start)
    heads = [head for _, _, head in islice(lines(file), _LOOK_AHEAD)]
    return bool(heads) and heads[0].startswith(b"{") and any(describe(head) is not None for head in heads)
