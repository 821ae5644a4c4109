"""Which inputs are meant by an id, a URI, a name or a position?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from agents.ingest.identity import article_id
from streams.records import Article, DeadLetter, Entry, Outcome, Parsed, Position
from streams.topology import ARTICLES, DEAD_LETTERS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.why.history import History, Record

_POSITION = re.compile(r"([\w.-]+):(\d+):(\d+)")
_ID = re.compile(r"[0-9a-f]{32}")

entry = msgspec.json.Decoder(Entry).decode
parsed = msgspec.json.Decoder(Parsed).decode
letter = msgspec.json.Decoder(DeadLetter).decode


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One input that is meant: its place in the order of the news, and its outcome if it has one."""

    seq: int
    position: Position
    outcome: Outcome | None = None
    """None while the article is on its way."""
    where: str | None = None
    """Place of the outcome."""
    redelivered: tuple[int, ...] = ()
    """`seq` of the same input when it was sent again after a crash; they count for nothing."""


class Placed(NamedTuple):
    """An outcome, and where it lies."""

    outcome: Outcome
    where: str


def find(history: History, asked: str) -> list[Version]:
    """The inputs that are meant, in the order of the news; a URI may have several versions and copies.

    Args:
        history: where to look.
        asked: an article id, a URI in any of its spellings, a name, or `topic:partition:offset`, of the input
            or of `news.articles`.
    """
    if place := _POSITION.fullmatch(asked):
        topic, partition, offset = place[1], int(place[2]), int(place[3])
        if topic == ARTICLES or topic.endswith(f".{ARTICLES}"):
            record = history.at(ARTICLES, offset)
            return _versions(_at_seq(history, offset)) or ([_on_its_way(record)] if record else [])
        at = Position(topic=topic, partition=partition, offset=offset)
        return _versions(_at_position(history, at))
    known = list(_named(history, asked))
    if not known:
        for position in list(_refused(history, asked)):
            known += _at_position(history, position)
    return _versions(known) or [
        _on_its_way(record)
        for record in history.scan(ARTICLES, *_needles(asked))
        if _is(parsed(record.value), asked)
    ]


def said(text: str) -> bytes:
    """A text as it stands in JSON."""
    return msgspec.json.encode(text)


def _needles(asked: str) -> tuple[bytes, ...]:
    return said(_id(asked)), said(asked)


def _id(asked: str) -> str:
    return asked if _ID.fullmatch(asked) else article_id(asked, ())


def _is(record: Outcome | Parsed, asked: str) -> bool:
    return isinstance(record, Outcome | Article) and (
        record.article_id == _id(asked) or asked in (record.uri, record.name)
    )


def _outcomes(history: History, *needles: bytes) -> Iterator[Placed]:
    for record in history.scan(OUTCOMES, *needles):
        if isinstance(found := entry(record.value), Outcome):
            yield Placed(found, record.where)


def _named(history: History, asked: str) -> Iterator[Placed]:
    return (found for found in _outcomes(history, *_needles(asked)) if _is(found.outcome, asked))


def _at_seq(history: History, seq: int) -> list[Placed]:
    return [found for found in _outcomes(history, b'"seq":%d,' % seq) if found.outcome.seq == seq]


def _at_position(history: History, at: Position) -> list[Placed]:
    needle = b'"partition":%d,"offset":%d}' % (at.partition, at.offset)
    return [
        found
        for found in _outcomes(history, needle)
        if (found.outcome.position.partition, found.outcome.position.offset) == (at.partition, at.offset)
        and f".{found.outcome.position.topic}".endswith(f".{at.topic}")
    ]


def _refused(history: History, asked: str) -> Iterator[Position]:
    """Where inputs were read that were refused, and have the name or URI as a value of their own."""
    for record in history.scan(DEAD_LETTERS):
        refused = letter(record.value)
        if said(asked) in refused.payload or ("://" in asked and asked.encode() in refused.payload):
            yield Position(topic=refused.topic, partition=refused.partition, offset=refused.offset)


def _on_its_way(record: Record) -> Version:
    return Version(seq=record.offset, position=parsed(record.value).position)


def _versions(outcomes: list[Placed]) -> list[Version]:
    """One for each input: its first outcome, and where it came again."""
    first: dict[Position, Version] = {}
    for outcome, where in sorted(outcomes, key=lambda item: (item.outcome.redelivered, item.outcome.seq)):
        before = first.get(outcome.position)
        if before is None:
            first[outcome.position] = Version(
                seq=outcome.seq, position=outcome.position, outcome=outcome, where=where
            )
        elif outcome.seq not in (before.seq, *before.redelivered):
            again = (*before.redelivered, outcome.seq)
            first[outcome.position] = msgspec.structs.replace(before, redelivered=again)
    return sorted(first.values(), key=lambda version: version.seq)
