"""Paths into items, in the order of their publication.

Two passes: the first notes where each item's bytes lie, its name, address and date; the second fetches the
bytes one item at a time. So an archive may be larger than memory. What does not lie as such in a file
(standard input, what gzip packed, the articles found on pages) is kept in one temporary file meanwhile.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import tempfile
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Self, cast

import msgspec
from msgspec.structs import replace

from streams.replay.find import DESCRIPTORS, STANDARD_INPUT, find_files
from streams.replay.order import in_time_order
from streams.replay.page import article_of
from streams.replay.report import Problem, Unreadable
from streams.replay.rows import BOM, LINE_MAX, Row, describe, elements, lines, looks_like_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from types import TracebackType

ROWS = {".jsonl", ".ndjson"}
DOCUMENTS = {".json"}
PAGES = {".html", ".htm", ".xhtml"}


class Item(msgspec.Struct, frozen=True):
    """An article to be sent, and where its bytes are."""

    name: str
    """The file's name, `file:line`, or the row's own `id`."""
    published: datetime | None
    uri: str | None
    path: str | None
    """None: the temporary file."""
    offset: int
    length: int


class Archive:
    """All items that `paths` hold, by publication time; `problems` names what gave none.

    `-` is standard input, read to its end before anything is sent: its rows too are put in order.
    """

    def __init__(self, paths: Iterable[str], stdin: BinaryIO | None = None) -> None:
        self._stdin = stdin
        self._spool = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  closed by close()
        self._open: tuple[str, BinaryIO] | None = None
        found = find_files(paths)
        self.hidden = found.hidden
        self.problems: list[Problem] = found.problems
        given: list[Item] = []
        for path in found.files:
            before = len(given)
            try:
                given.extend(self._items_of(path))
            except (OSError, EOFError, zlib.error, ValueError) as error:
                del given[before:]
                reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
                self.problems.append(Problem(path, reason))
                continue
            if len(given) == before:
                self.problems.append(Problem(path, "holds no rows"))
        self.items = in_time_order(given)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; the temporary one is gone with that."""
        self._spool.close()
        if self._open:
            self._open[1].close()

    def load(self, item: Item) -> bytes:
        """The item's bytes, as they are in the file.

        Raises:
            Unreadable: it is larger than a record may be, or its file is gone or has become shorter.
        """
        if item.length > LINE_MAX:
            raise Unreadable(item.path or item.name, f"has {item.length:,} bytes, the limit is {LINE_MAX:,}")
        try:
            file = self._file(item.path)
            file.seek(item.offset)
            payload = file.read(item.length)
        except OSError as error:
            raise Unreadable(item.path or item.name, error.strerror or str(error)) from error
        if len(payload) != item.length:
            raise Unreadable(item.path or item.name, "has become shorter while it was replayed")
        return payload

    def _file(self, path: str | None) -> BinaryIO:
        if path is None:
            return self._spool
        if self._open is None or self._open[0] != path:
            file = open(path, "rb")  # noqa: SIM115, PTH123  kept open: the next row is most likely in it
            if self._open:
                self._open[1].close()
            self._open = (path, file)
        return self._open[1]

    def _items_of(self, path: str) -> Iterator[Item]:
        name = PurePath(path).name
        if path == STANDARD_INPUT or path.startswith(DESCRIPTORS):
            whole = self._keep_stream(path)
            yield from self._items_in(whole, _kind_of(self._spool, whole.offset), self._spool)
        elif name.lower().endswith(".gz"):
            with gzip.open(path) as unpacked:
                whole = self._keep(name, cast("BinaryIO", unpacked))
            yield from self._items_in(whole, _suffix(name[:-3]), self._spool)
        else:
            with open(path, "rb") as file:  # noqa: PTH123  an odd name is a ValueError here
                whole = Item(name, None, None, path, 0, os.fstat(file.fileno()).st_size)
                yield from self._items_in(whole, _suffix(name), file)

    def _items_in(self, whole: Item, kind: str, file: BinaryIO) -> Iterator[Item]:
        """Items of a document, `whole`, which ends where `file` ends: one, or as many as it has rows."""
        file.seek(whole.offset)
        if kind in ROWS:
            yield from _rows(whole, file)
        elif kind not in PAGES | DOCUMENTS or whole.length > LINE_MAX:
            yield whole
        elif kind in PAGES:
            article = article_of(file.read(whole.length))
            yield self._spooled(whole.name, article) if article else whole
        else:
            document = file.read(whole.length)
            if row := describe(document):
                yield replace(whole, name=row.id or whole.name, published=row.published, uri=row.uri)
            elif (parts := elements(document)) is not None:
                yield from (self._spooled(f"{whole.name}:{n}", part) for n, part in enumerate(parts, 1))
            elif looks_like_rows(file, whole.offset):
                file.seek(whole.offset)
                yield from _rows(whole, file)
            else:
                yield whole

    def _spooled(self, name: str, payload: bytes) -> Item:
        start = self._spool.seek(0, os.SEEK_END)
        self._spool.write(payload)
        row = describe(payload) or Row()
        return Item(row.id or name, row.published, row.uri, None, start, len(payload))

    def _keep_stream(self, path: str) -> Item:
        if path == STANDARD_INPUT:
            whole = self._keep("stdin", self._stdin or sys.stdin.buffer)
        else:
            with open(path, "rb") as pipe:  # noqa: PTH123
                whole = self._keep("stdin", pipe)
        if not whole.length:
            raise ValueError("is empty")
        return whole

    def _keep(self, name: str, source: BinaryIO) -> Item:
        """Append a stream to the temporary file."""
        start = self._spool.seek(0, os.SEEK_END)
        shutil.copyfileobj(source, self._spool, 1 << 20)
        return Item(name, None, None, None, start, self._spool.tell() - start)


def _rows(whole: Item, file: BinaryIO) -> Iterator[Item]:
    for number, (offset, length, head) in enumerate(lines(file), 1):
        row = describe(head) or Row()
        name = row.id or f"{whole.name}:{number}"
        yield Item(name, row.published, row.uri, whole.path, offset, length)


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _kind_of(file: BinaryIO, start: int) -> str:
    """The suffix that a document without a name would have, by its beginning."""
    if looks_like_rows(file, start):
        return ".jsonl"
    file.seek(start)
    head = file.read(512).removeprefix(BOM).lstrip().lower()
    if head.startswith((b"{", b"[")):
        return ".json"
    return ".html" if head.startswith((b"<!doctype html", b"<html")) else ""
