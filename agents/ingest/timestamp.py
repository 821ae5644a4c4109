"""Lines that say when a page was made: 'Mon 24 Nov 2025 10.31 GMT', 'Stand: 24.11.2025, 14:55 Uhr'."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from babel import Locale

_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "ro", "sv", "da", "nb", "fi", "hu", "el", "tr"),
    *("ru", "uk", "bg", "sr", "ar", "fa", "he", "hi", "bn", "ur", "id", "ms", "vi", "th", "zh", "ja", "ko"),
)
_LONGEST = 100
_PART = re.compile(r"[^\W\d_]+|\d+")
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s*[:：]\s*(?=[\w])")
_AUTHOR = re.compile(r"\s(?:by|von|par|por|di)\s[^,.]{2,40}$", re.IGNORECASE)
_CLOCK_OR_YEAR = re.compile(r"(?<!\d)(?:\d{1,2}[:h]\d{2}|(?:19|20)\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\d)")
# A day with its year: '20 November 2019', 'Nov. 20, 2019', '18/11/2025'.
_FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?|"
    r"[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? |"
    r"\d{1,2}[./-]\d{1,2}[./-])(?:19|20)\d{2}(?!\d)"
)
_MOST_OTHERS = 4


@cache
def _months_and_days() -> frozenset[str]:
    names: set[str] = set()
    for language in _LANGUAGES:
        locale = Locale(language)
        for kinds in (locale.months, locale.days):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for name in kinds[context][width].values():
                        names.update(part.casefold() for part in _PART.findall(name))
    return frozenset(name for name in names if not name.isdigit()) | {"sept"}


@cache
def _between() -> frozenset[str]:
    data = tomllib.loads((files("agents.ingest") / "furniture.toml").read_text(encoding="utf-8"))
    return frozenset(word for line in data["timestamps"] for word in line.split())


def is_timestamp(text: str) -> bool:
    """Whether a line is a date or a time and nothing else; a label may precede it, an author follow it."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    text = _AUTHOR.sub("", _LABEL.sub("", text, count=1))
    parts = [part.casefold() for part in _PART.findall(text)]
    words = [part for part in parts if not part.isdigit()]
    names = _months_and_days()
    if len(words) == len(parts) or not all(word in names or word in _between() for word in words):
        return False
    return bool(_CLOCK_OR_YEAR.search(text)) or not names.isdisjoint(words)


def has_date(text: str) -> bool:
    """Whether a line is a date and a name or two: 'November 20, 2019 Ana Lopez', 'Herald, 18/11/2025'."""
    if len(text) > _LONGEST or not _FULL_DATE.search(text):
        return False
    words = [part for part in _PART.findall(text) if not part.isdigit()]
    names = _months_and_days()
    others = [word for word in words if word.casefold() not in names and word.casefold() not in _between()]
    return len(others) <= _MOST_OTHERS and all(word[0].isupper() for word in others)
