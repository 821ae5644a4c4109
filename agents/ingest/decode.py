"""Bytes to text: Unicode where it is Unicode, else the most likely of the older encodings."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from agents.ingest.refusal import RefusalError, shown

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\b\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f")) + b"\x7f"
# Text has next to none of these; random bytes have 9 %, archives and images about as many. One in fifty
# leaves room for the stray NUL or record mark of an old wire system.
_MAX_CONTROL_SHARE = 0.02
# The encoding of 64 KiB is that of the rest; 1 MB takes charset-normalizer a quarter of a second.
_SAMPLE_BYTES = 65_536
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{3,40})", re.IGNORECASE
)
# ISO-2022-JP (RFC 1468) is ASCII but for its escapes, so it passes for UTF-8.
_JAPANESE_MAIL = re.compile(rb"\x1b\$[@B]")
_HIGH = bytes(range(0x80, 0x100))
# From fewer, detection guesses wildly ('Überfall' became '㎾erfall').
_ENOUGH_HIGH_BYTES = 5
_REPLACED = "\ufffd"


def decode(payload: bytes) -> str:
    """Text of a payload: by its byte order mark, as UTF-8, as declared in its markup, or as detected.

    UTF-8 with a few broken bytes (a cut or damaged message) stays UTF-8, with U+FFFD in their place.

    Raises:
        RefusalError: `not_text` when the bytes are no text in any encoding.
    """
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            # The BOM of UTF-8 isn't stripped by "utf-8", that of UTF-16 and UTF-32 is.
            return _refuse_controls(payload.decode(encoding, "replace").removeprefix("\ufeff"), payload)
    wide = _unmarked_utf16(payload)
    if wide is not None:
        return _refuse_controls(payload.decode(wide, "replace"), payload)
    if payload.isascii() and _JAPANESE_MAIL.search(payload):
        return _refuse_controls(payload.decode("iso2022_jp_2", "replace"), payload)
    try:
        return _refuse_controls(payload.decode(), payload)
    except UnicodeDecodeError:
        return _refuse_controls(_legacy(payload), payload)


def _unmarked_utf16(payload: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL in every other byte of its Latin letters, spaces and digits."""
    sample = payload[:_SAMPLE_BYTES]
    half = len(sample) / 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half < 2 or max(even, odd) < half / 2 or min(even, odd) > half / 50:  # noqa: PLR2004  one code unit is no text
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _legacy(payload: bytes) -> str:
    """Text that isn't valid UTF-8."""
    damaged = payload.decode("utf-8", "replace")
    broken = damaged.count(_REPLACED)
    # Valid multi-byte sequences hardly arise by chance: where they outnumber the broken ones it is UTF-8.
    if sum(1 for character in damaged[:_SAMPLE_BYTES] if character > "\x7f") > 2 * broken:
        return damaged
    sample = payload[:_SAMPLE_BYTES]
    if sample.translate(None, _CONTROLS) != sample and _control_share(sample) > _MAX_CONTROL_SHARE:
        raise _not_text(payload)
    declared = _DECLARED.search(payload[:2048])
    if declared:
        try:
            return payload.decode(declared[1].decode("ascii"), "replace")
        except (LookupError, UnicodeError):
            pass  # an encoding nobody knows: detect it
    # Windows-1252 is what browsers take for anything unknown (WHATWG Encoding Standard, section 4.2).
    few = len(sample) - len(sample.translate(None, _HIGH)) < _ENOUGH_HIGH_BYTES
    match = None if few else from_bytes(sample).best()
    return payload.decode(match.encoding if match else "cp1252", "replace")


def _control_share(payload: bytes) -> float:
    return (len(payload) - len(payload.translate(None, _CONTROLS))) / len(payload)


def _refuse_controls(text: str, payload: bytes) -> str:
    sample = text[:_SAMPLE_BYTES].encode("utf-8", "replace")
    if sample and _control_share(sample) > _MAX_CONTROL_SHARE:
        raise _not_text(payload)
    if sample and text[:_SAMPLE_BYTES].count(_REPLACED) > len(text[:_SAMPLE_BYTES]) / 5:
        raise _not_text(payload)
    return text


def _not_text(payload: bytes) -> RefusalError:
    return RefusalError(
        "not_text",
        f"the {len(payload)} bytes beginning {shown(payload[:16])} are not text in any encoding; "
        "send UTF-8 text, HTML or a JSON object",
    )
