"""The date that a deadline is set to, found beside its mention: 'the deadline of November 27', 'by Friday'.

A sentence has many dates; only one that the text ties to the mention counts, by what leads up to it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from agents.mentions.dates import PATTERN, is_span, resolve

if TYPE_CHECKING:
    from datetime import datetime

REACH = 100
"""Code points between mention and date, at most: some 16 words."""

_LEAD = re.compile(
    r"(?:\b(?:by|before|until|till|within|of|for|to|is|was|be|been|remains?|now|set at|(?:no|not) later than"
    r"|due|expir\w+|ends?|ended|runs? out|ran out|pass(?:es|ed)|laps\w+|falls|fell|comes?|closes?|closed)"
    r"(?: on| at| in)?(?: the)?|:)\s$",
    re.IGNORECASE,
)
"""What says that the date behind it is that of the deadline; a bare 'on' is when somebody spoke of it."""
_SET = re.compile(r"\b(?:by|before|until|till|within|(?:no|not) later than)(?: the)?\s$", re.IGNORECASE)
"""The same before the mention, where 'of' and 'for' belong to something else."""
_ENDS = re.compile(
    r"\b(?:expir\w+|ends?|ended|runs? out|ran out|pass(?:es|ed)|laps\w+|falls|comes?|looms?|closes?|closed"
    r"|due)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|at)\s$", re.IGNORECASE)
_MODIFIES = re.compile(r"(?:['’]s)?[\s-](?:\w+\s)?$|(?:['’]s)?[\s-]$")
"""Between 'Friday' and 'deadline' in 'Friday's tight deadline'."""
_NAMED = re.compile(r"\s(?:is|was|remains|will be)\s(?:\w+\s){0,3}$", re.IGNORECASE)
"""Between 'Friday' and 'deadline' in 'Friday is the final deadline'."""
_MOVED = re.compile(
    r"\b(?:moved|extended|pushed|postponed|put off|delayed|shifted|changed|brought forward|rescheduled)\b"
    r".*\b(?:to|until|till)(?: the)?\s$",
    re.IGNORECASE,
)
"""What puts the date behind it in the place of any other."""
_REMAIN = re.compile(r"\s(?:\w+\s){0,2}(?:before|until|till|to)\s(?:\w+\s)?$", re.IGNORECASE)
"""Between '30 days' and 'deadline' in '30 days remain until the deadline'."""
_GIVEN = re.compile(r"\b(?:has|have|had|give[ns]?|gave)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:within|(?:is|due|expir\w+|ends?) in)\s(?:the next\s)?$", re.IGNORECASE)
_AWAY = re.compile(r"\s(?:away|off)\b", re.IGNORECASE)
_PUT_IN = frozenset((", ", ": ", " (", " — ", " – ", " - "))
"""Between mention and date in 'the deadline, April 3, is firm'."""
_BREAK = re.compile(r"[;—–]|\bbut\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:passed|expired|lapsed|missed|missing|ran out|elapsed|came and went|ended|last|yesterday)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:if|unless|until|will|would|could|may|not|when)\b|n['’]t\b", re.IGNORECASE)
_CACHED = 256


@lru_cache(_CACHED)
def due_of(text: str, start: int, end: int, now: datetime | None) -> str | None:
    """The date tied to the mention `start:end` of the sentence `text`; None where there is none.

    Args:
        text: the sentence.
        start: where the mention begins.
        end: where it ends.
        now: when the article was written, in UTC; without it only a date with a year can be told.

    Returns:
        `YYYY-MM-DD`, or with a time of day RFC 3339 in UTC.
    """
    near = (
        (_before(text, found, start) if found.end() <= start else _after(text, found, end), found)
        for found in PATTERN.finditer(text, max(0, start - REACH), end + REACH)
    )
    tied = [(distance, found) for distance, found in near if distance is not None]
    for _, found in sorted(tied, key=lambda pair: pair[0]):
        if due := resolve(found, now, past=_is_past(text, found, start, end)):
            return due
    return None


def _before(text: str, found: re.Match[str], start: int) -> int | None:
    """How far a date before the mention is from it; None if it has nothing to do with it."""
    between, lead = text[found.end() : start], text[: found.start()]
    if _MODIFIES.fullmatch(between) or (not is_span(found) and _NAMED.fullmatch(between)):
        return 0
    if _BREAK.search(between):
        return None
    tied = (
        _LIMIT.search(lead) or _GIVEN.search(lead) or _REMAIN.fullmatch(between)
        if is_span(found)
        else _SET.search(lead)
    )
    return len(between) if tied else None


def _after(text: str, found: re.Match[str], end: int) -> int | None:
    """The same of a date behind it."""
    between = text[end : found.start()]
    if between in _PUT_IN and not is_span(found):
        return len(between)
    if found.start() < end or _BREAK.search(between):
        return None
    if _MOVED.search(between):
        return -1
    if is_span(found):
        away = _AWAY.match(text, found.end())
        tied = (
            bool(_LIMIT.search(between) or _GIVEN.search(between) or away) or between.rstrip('“"‘') == " of "
        )
    else:
        tied = bool(_LEAD.search(between) or (_ON.search(between) and _ENDS.search(between)))
    return len(between) if tied else None


def _is_past(text: str, found: re.Match[str], start: int, end: int) -> bool:
    """Whether the text says that the date is over."""
    first, last = min(start, found.start()), max(end, found.end())
    around = text[max(0, first - 30) : last + 30]
    return bool(_PAST.search(around)) and not _OPEN.search(around)
