"""What is known of the past, wherever it lies: records of the topics, found by bytes that they contain."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

LINES = 200
"""Of a file in a block."""


class HistoryError(Exception):
    """The history can't be read; the message says where, and the way out."""


class Record(NamedTuple):
    """A record as it is on its topic."""

    where: str
    """`topic:partition:offset`, or of a folder `file:line`."""
    offset: int
    value: bytes


class Block(NamedTuple):
    """Records that lie together, in bytes that need not be taken apart to be looked through."""

    data: bytes
    begin: int
    end: int
    records: Callable[[], Iterable[tuple[int, bytes]]]
    """Takes them apart: offset and value of each."""

    @classmethod
    def of(cls, records: Sequence[tuple[int, bytes]]) -> Block:
        """A block of records that lie apart."""
        data = b"\n".join(value for _, value in records)
        return cls(data, 0, len(data), lambda: records)


class History(Protocol):
    """The records of an edition."""

    def scan(self, topic: str, *needles: bytes, since: int = 0, until: int | None = None) -> Iterator[Record]:
        """Records that contain one of the needles (all, if there is none), from `since` to before `until`."""

    def keyed(self, topic: str, key: str, *needles: bytes) -> Iterator[Record]:
        """The same where records with a key belong; all of the topic, where it can't be told."""

    def blocks(self, topic: str, *, since: int, until: int) -> Iterator[Block]:
        """All records of a topic of one partition from `since` to before `until`, in their order."""

    def at(self, topic: str, offset: int) -> Record | None:
        """The record at an offset of a topic of one partition; None where it is gone or has not come."""

    def first(self, topic: str) -> Record | None:
        """The oldest record of a topic of one partition."""


class Folder:
    """What `newswatch run --out DIR` wrote: a file a topic, a record a line.

    A run begins its topics anew, so that the line of a topic of one partition is the offset.
    """

    def __init__(self, folder: Path) -> None:
        """Look at the folder.

        Raises:
            HistoryError: it holds no run.
        """
        if not (folder / "news.outcomes.jsonl").is_file():
            raise HistoryError(
                f"{folder}: has no news.outcomes.jsonl; name a folder that 'newswatch run --out DIR' wrote"
            )
        self._folder = folder

    def scan(self, topic: str, *needles: bytes, since: int = 0, until: int | None = None) -> Iterator[Record]:
        """Records that contain one of the needles; a topic without a file has none."""
        path = self._folder / f"{topic}.jsonl"
        if not path.is_file():
            return
        with path.open("rb") as file:
            for number, line in enumerate(file):
                if until is not None and number >= until:
                    return
                if number >= since and contains(line, needles):
                    yield Record(f"{path.name}:{number + 1}", number, line.rstrip(b"\n"))

    def keyed(self, topic: str, key: str, *needles: bytes) -> Iterator[Record]:
        """The whole file: the lines have no keys."""
        del key
        return self.scan(topic, *needles)

    def blocks(self, topic: str, *, since: int, until: int) -> Iterator[Block]:
        """Some lines at a time."""
        lines = self.scan(topic, since=since, until=until)
        while some := list(islice(lines, LINES)):
            yield Block.of([(record.offset, record.value) for record in some])

    def at(self, topic: str, offset: int) -> Record | None:
        """The record in a line."""
        return next(self.scan(topic, since=offset, until=offset + 1), None)

    def first(self, topic: str) -> Record | None:
        """The record in the first line."""
        return self.at(topic, 0)


def contains(value: bytes, needles: tuple[bytes, ...]) -> bool:
    """Whether a record contains one of the needles; without needles it always does."""
    return not needles or any(needle in value for needle in needles)
