"""Text from strangers, made harmless for a terminal."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, the cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # OSC: titles
    r"|\x1b[ -/]*[0-~]"
)
"""ECMA-48 control sequences, 7-bit and 8-bit: as a whole, so that no '[31m' is left behind."""
_SPACE = re.compile(r"[\s\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Controls, direction overrides and isolates (UAX #9), lone surrogates. The joiners that Persian and emoji
need stay."""


def clean(text: str) -> str:
    """One line without control sequences, controls, direction overrides and space at its ends."""
    return on_one_line(text).strip()


def on_one_line(text: str) -> str:
    """The same of a part of a text: the space at its ends stays, one each."""
    return _SPACE.sub(" ", _CONTROL.sub("", _SPACE.sub(" ", _SEQUENCE.sub("", text))))
