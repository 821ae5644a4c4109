"""What the table holds of one input: enough to give its verdict again and to compare with it."""

from __future__ import annotations

import msgspec

from agents.deduplicate.likeness import Fingerprint
from streams.records import Position, Verdict  # noqa: TC001  msgspec resolves annotations at run time

TABLE_VERSION = 2
"""Goes up when the value's fields, the shingles or the signatures change."""


class Remembered(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One remembered input; the fields after `within` are empty for a rejection.

    `bands` is an array of little-endian uint32.
    """

    seq: int
    position: Position
    verdict: Verdict
    time: int | None
    """Event time in ms, where the clock took it in."""
    clock: int | None
    """The clock's reading in ms after this input, with `behind`: from the latest one the clock goes on."""
    behind: int
    within: int
    """Inputs within the window then, this one included."""
    article_id: str = ""
    content_hash: str = ""
    by_uri: bool = False
    """Whether `article_id` stands for a URI, not for the text."""
    first: str = ""
    """Key of the article against which the story's drift is measured; empty: this one."""
    bands: bytes = b""
    text: bytes = b""
    """Its fingerprint, packed."""
    headline: str = ""
    """Cut to what a story keeps of it."""
    uri: str | None = None
    source: str | None = None

    def fingerprint(self) -> Fingerprint:
        """The text, for comparing."""
        return Fingerprint.unpack(self.text)


class Short(msgspec.Struct, frozen=True, array_like=True):
    """The beginning of a `Remembered`, field by field: what memory is made from again after a restart.

    The text behind it, nine tenths of the value, is passed over unread.
    """

    seq: int
    position: Position
    verdict: msgspec.Raw
    time: int | None
    clock: int | None
    behind: int
    within: int
    article_id: str = ""
    content_hash: str = ""
    by_uri: bool = False
    first: str = ""
    bands: bytes = b""


class Member(msgspec.Struct, frozen=True, array_like=True):
    """Of a `Remembered`, whose it is."""

    seq: int
    position: Position
    verdict: Verdict


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Remembered)
_short_decoder = msgspec.msgpack.Decoder(Short)
_member_decoder = msgspec.msgpack.Decoder(Member)


def encode(remembered: Remembered) -> bytes:
    """A table value, in MessagePack: 4 bytes a word and some 800 more."""
    return _encoder.encode(remembered)


def decode(value: bytes) -> Remembered:
    """Read a table value.

    Raises:
        msgspec.DecodeError: it is not one.
    """
    return _decoder.decode(value)


def decode_short(value: bytes) -> Short:
    """Read the beginning of a table value; a third of the time of `decode`.

    Raises:
        msgspec.DecodeError: it is not one.
    """
    return _short_decoder.decode(value)


def decode_member(value: bytes) -> Member:
    """Read of a table value whose it is.

    Raises:
        msgspec.DecodeError: it is not one.
    """
    return _member_decoder.decode(value)


def table_key(position: Position) -> str:
    """Key of an input in the table: where it was read, which is the same at every delivery."""
    return f"{position.topic}/{position.partition}/{position.offset}"
