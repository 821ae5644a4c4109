"""Characters that mean the same brought to one form, and those nobody sees taken out."""

from __future__ import annotations

import re
import unicodedata

# U+200C and U+200D join and part letters in Persian, Hindi, emoji: they stay between two such characters.
_JOINERS = "\u200c\u200d"
_SOFT = re.compile(f"[{_JOINERS}]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# A run of a thousand characters without a space is data (base64, a test), not a word: the longest word on
# record in a newspaper has 184 letters. Scripts without spaces (from U+0E00 on) are left alone.
_BLOB_CHARS = 1000
_BLOB = re.compile(rf"[^\s\u0e00-\U0010ffff]{{{_BLOB_CHARS},}}")


# Normalising takes quadratic time in the length of a run of combining marks: 280 s for 400,000. Thirty are
# the limit of Unicode's Stream-Safe Text Format (Annex 15, section 13).
_MARKS = frozenset(chr(point) for point in range(0x0300, 0x1F000) if unicodedata.combining(chr(point)))
_MARK_RUN = re.compile("([{0}]{{30}})[{0}]+".format("".join(sorted(_MARKS))))


def _invisible() -> dict[int, None]:
    """Controls, format characters (bidi marks, zero width, soft hyphen, BOM, tags), non-characters."""
    keep = {"\n", "\t", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", *_JOINERS}
    points = (*range(0x3000), *range(0xE000), *range(0xFE00, 0x10000), *range(0xE0000, 0xE0080))
    # Cc and Cf of the Basic Multilingual Plane and the tag block; Arabic number signs (Cf) are visible.
    visible = {*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x08E2, 0x0890, 0x0891}
    return {
        point: None
        for point in points
        if chr(point) not in keep
        and point not in visible
        and unicodedata.category(chr(point)) in {"Cc", "Cf", "Cs"}
    } | dict.fromkeys((0xFFFC, 0xFFFE, 0xFFFF))


_INVISIBLE = _invisible()
# A set finds whether any is there in a tenth of the time of a pattern with so many ranges.
_ANY_INVISIBLE = frozenset(map(chr, _INVISIBLE)) | frozenset(_JOINERS)


def visible(text: str) -> str:
    """A text without controls and format characters; joiners only where they shape letters or emoji."""
    return text if _ANY_INVISIBLE.isdisjoint(set(text)) else _SOFT.sub(_joiner, text.translate(_INVISIBLE))


def tidy(text: str) -> str:
    """The same text in Unicode NFC, one line a paragraph, no blank lines, single spaces, nothing invisible.

    Zero-width joiners stay where they shape letters or join emoji. Runs of 1,000 characters and more
    without a space are dropped. Idempotent.
    """
    text = _LINE_ENDS.sub("\n", visible(text))
    if not text.isascii():
        if not _MARKS.isdisjoint(set(text)):
            text = _MARK_RUN.sub(r"\1", text)
        text = unicodedata.normalize("NFC", text)
    # Splitting and joining takes a fifth of the time of a pattern for spaces.
    lines = (" ".join(_words(line)) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _words(line: str) -> list[str]:
    words = line.split()
    if max(map(len, words), default=0) < _BLOB_CHARS:
        return words
    return [rest for word in words if (rest := _BLOB.sub("", word))]


def _joiner(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    around = text[start - 1 : start] + text[end : end + 1]
    # Latin, Greek and Cyrillic (below U+0530) never join: there it is a trick or a leftover.
    joins = len(around) == 2 and all(character > "\u052f" and not character.isspace() for character in around)  # noqa: PLR2004
    return match[0][0] if joins else ""
