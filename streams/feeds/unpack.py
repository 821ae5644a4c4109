"""Bodies packed for the way, unpacked as they come and never beyond a limit: 1 MB of gzip can be 1 GB."""

from __future__ import annotations

import zlib

_AUTO = zlib.MAX_WBITS | 32
"""gzip or zlib, whichever it begins with."""
_RAW = -zlib.MAX_WBITS
"""What some servers send as `deflate` (RFC 9110, section 8.4.1.2)."""


class UnpackError(Exception):
    """It can't be unpacked."""


class TooLargeError(Exception):
    """It is longer than the limit."""


class Unpacker:
    """Takes a body piece by piece; `data` is what it holds."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Make one.

        Args:
            encoding: the header Content-Encoding.
            limit: bytes, of the body as sent and as unpacked.

        Raises:
            UnpackError: an encoding that was not asked for.
        """
        name = encoding.strip().lower()
        if name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise UnpackError(f"it is packed by {name[:40]!r}, which was not asked for")
        self._plain = name in {"", "identity"}
        self._limit = limit
        self._taken = 0
        self._zlib = zlib.decompressobj(_AUTO)
        self.data = bytearray()

    def take(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            TooLargeError: the limit is passed.
            UnpackError: it is damaged.
        """
        self._taken += len(piece)
        if self._taken > self._limit:
            raise TooLargeError
        if self._plain:
            self.data += piece
            return
        try:
            self._inflate(piece)
        except zlib.error as error:
            raise UnpackError(f"it can't be unpacked: {error}") from error

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            UnpackError: its end is missing.
        """
        if not self._plain and self._taken and not self._zlib.eof:
            raise UnpackError("it can't be unpacked: its end is missing")
        return bytes(self.data)

    def _inflate(self, piece: bytes) -> None:
        while piece:
            if self._zlib.eof:
                if not piece.startswith(b"\x1f\x8b"):
                    return  # padding behind the end
                self._zlib = zlib.decompressobj(_AUTO)
            try:
                self._add(piece)
            except zlib.error:
                if self.data or self._taken != len(piece):
                    raise
                self._zlib = zlib.decompressobj(_RAW)
                self._add(piece)
            piece = self._zlib.unused_data

    def _add(self, piece: bytes) -> None:
        self.data += self._zlib.decompress(piece, self._limit - len(self.data) + 1)
        if len(self.data) > self._limit:
            raise TooLargeError
