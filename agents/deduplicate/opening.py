"""What stands before an article's first sentence and is no part of it: datelines, agencies, corrections."""

from __future__ import annotations

import re

_LOOKED_AT = 600
"""Characters; a note on what was corrected takes two lines."""
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)"
_PLACE = r"[A-Z][A-Z.'’/-]+(?:[ ,]+[A-Z][A-Z.'’/-]+){0,4}"
_PLACE_TAGGED = r"[A-Z][\w.'’/-]+(?:[ ,/]+[A-Z][\w.'’/-]+){0,5}"
_DAY = r"(?:[ ,]+[A-Z][a-z]+\.?[ ,]+\d{1,2}(?:[ ,]+\d{4})?|[ ,]+\d{1,2} [A-Z][a-z]+\.?)?"
_DASH = r"\s*(?:--?|[—–])\s+"
_CORRECTED = r"(?:Add|Correct|Updat|Recast|Refil|Repeat|Writ|Chang|Fix|Remov|Delet|Clarif|Rewrit)\w*\b"
_URGENT = r"(?:UPDATE|CORRECTED|CORRECTION|REFILE|WRAPUP|RPT|REPEAT|URGENT|BREAKING)"
_OPENINGS = tuple(
    re.compile(pattern)
    for pattern in (
        # What was corrected, in brackets or on a line of its own.
        rf"\({_CORRECTED}[^)]{{0,300}}\)\s*",
        r"(?:Adds|Corrects|Updates|Recasts|Refiles|Repeats|Fixes|Clarifies|Correction)\b[^\n]{0,200}\n\s*",
        rf"{_URGENT}(?: ?\d{{1,2}})?\s*[-–—:]+\s*",
        # A place of any case with an agency behind it; without one, a place in capitals. Without a dash a
        # sentence begins behind it: 'Oslo (the capital) is cold' is one itself.
        rf"(?:{_PLACE_TAGGED}{_DAY}\s*)?{_AGENCY}(?:{_DASH}(?=\S)|\s+(?=[^a-z\s]))",
        rf"{_PLACE}{_DAY}(?:{_DASH}|:\s+)",
        rf"(?:Reuters|AFP|AP|Xinhua|TASS){_DASH}",
    )
)


def without_opening(text: str) -> str:
    """The text from its first sentence on."""
    start, again = 0, True
    while again and start < _LOOKED_AT:
        again = False
        for opening in _OPENINGS:
            match = opening.match(text, start)
            if match and match.end() < len(text):
                start, again = match.end(), True
    return text[start:].lstrip()
