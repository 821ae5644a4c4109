"""History from a folder, as `newswatch run --out DIR` writes it: one file a topic, partition by partition."""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from streams.backtest.history import HistoryError, article, record
from streams.backtest.placed import placed
from streams.records import SCHEMA_VERSION, Alert, Entry, Silence
from streams.topology import ALERTS, ENRICHED, OUTCOMES, RECORD_MAX_BYTES, REPEATS, SHADOW, SILENCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta
    from pathlib import Path

    from streams.backtest.placed import Placed
    from streams.records import Sequenced

WAY_OUT = "name a folder that 'newswatch run --out DIR' has written"


class _Numbered(msgspec.Struct):
    seq: int
    schema: int = SCHEMA_VERSION


class Folder:
    """Files of any size, read in the order of the news: articles are found by an index of 32 bytes each."""

    def __init__(self, path: Path, *, gap_timeout: timedelta) -> None:
        """Look through the articles.

        Raises:
            HistoryError: there are none, or a line is none.
        """
        self._path = path
        self._gap_timeout = gap_timeout
        self._files = [self._there(ENRICHED), self._there(REPEATS)]
        self._index = _index(self._files)
        if not self.total:
            raise HistoryError(f"{path}: has no articles in {ENRICHED}.jsonl and {REPEATS}.jsonl; {WAY_OUT}")

    @property
    def total(self) -> int:
        """Articles at most; less what was delivered twice."""
        return len(self._index)

    def articles(self) -> Iterator[Sequenced]:
        """Each article once, in the order of the news.

        Raises:
            HistoryError: a line is no article.
        """
        with ExitStack() as stack:
            opened = [stack.enter_context(path.open("rb")) for path in self._files]
            last = -1
            for seq, file, start, line in map(np.ndarray.tolist, self._index):
                if seq > last:
                    last = seq
                    opened[file].seek(start)
                    yield article(opened[file].readline(), f"{self._files[file]}:{line}")

    def placed(self, *, ticks: bool) -> list[Placed]:
        """What befell the alert step, in the order of the news; nothing where no file has it.

        Without silences the log is read only for `ticks`, which nothing but a watch with a clock asks for.

        Raises:
            HistoryError: a line is none.
        """
        kept = list(self._records(SILENCES, Silence))
        return placed(self._records(OUTCOMES, Entry) if kept or ticks else (), kept, self._gap_timeout)

    def alerts(self) -> Iterator[Alert]:
        """What was sent, in shadow or not.

        Raises:
            HistoryError: it is not there, or a line is no alert.
        """
        self._there(ALERTS)
        yield from self._records(ALERTS, Alert)
        yield from self._records(SHADOW, Alert)

    def _there(self, topic: str) -> Path:
        path = self._path / f"{topic}.jsonl"
        if not path.is_file():
            raise HistoryError(f"{self._path}: there is no {path.name}; {WAY_OUT}")
        return path

    def _records(self, topic: str, kind: Any) -> Iterator[Any]:
        """The records of a file; none where it is missing."""
        path = self._path / f"{topic}.jsonl"
        decode = msgspec.json.Decoder(kind).decode
        for line, _, value in _lines(path) if path.is_file() else ():
            yield record(value, f"{path}:{line}", decode, f"record of {topic}")


def _index(files: list[Path]) -> np.ndarray[Any, Any]:
    """`seq`, number of the file, where the line begins, and its number, by `seq`; shape (articles, 4)."""
    found, decode = array("q"), msgspec.json.Decoder(_Numbered).decode
    for number, path in enumerate(files):
        for line, start, value in _lines(path):
            seq = record(value, f"{path}:{line}", decode, "article").seq
            found.extend((seq, number, start, line))
    rows = np.frombuffer(found, np.int64).reshape(-1, 4)
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Number from 1, beginning and value of each line."""
    start = 0
    try:
        with path.open("rb") as file:
            for line, value in enumerate(iter(lambda: file.readline(RECORD_MAX_BYTES), b""), 1):
                if value.strip():
                    yield line, start, value
                start += len(value)
    except OSError as error:
        raise HistoryError(f"{path}: can't be read: {error.strerror}; {WAY_OUT}") from error
