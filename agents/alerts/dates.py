"""Dates and times in a sentence as they are written, in one form; nothing is resolved against today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?P<month1>{_MONTH})\s(?P<day1>{_DAY})(?:,?\s{_YEAR}\b)?"
    rf"|\b(?P<day2>{_DAY})\s(?:of\s)?(?P<month2>{_MONTH})(?:,?\s{_YEAR}\b)?"
    rf"|\b(?P<month3>{_MONTH})(?:,?\s(?P<year3>{_YEAR})\b)?"
    r"|\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|\b(?P<numeric>\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}:\d\d)\b"
    rf"|(?<![\d.,])\b(?P<year>{_YEAR})\b(?![\d,])"
    r"|\b(?P<word>tomorrow|midnight|noon)\b"
)


def dates(text: str) -> Iterator[tuple[Span, str]]:
    """Where a date or time stands, and what it says: month and day as 11-27, the rest in small letters.

    The year of a whole date is left out, since one copy prints it and the next does not; so are 'today' and
    'yesterday', which agencies and papers put for the weekday.
    """
    for match in _DATE.finditer(text):
        month = match["month1"] or match["month2"]
        if match["iso"]:
            said = match["iso"][5:]
        elif month:
            day = int(re.sub(r"\D", "", match["day1"] or match["day2"]))
            said = f"{_number(month):02}-{day:02}"
        elif match["month3"]:
            if match["month3"] in ("May", "March", "Mar") and match.start() == 0 and not match["year3"]:
                continue  # 'May he …', 'March on …'
            said = (
                f"{match['year3']}-{_number(match['month3']):02}"
                if match["year3"]
                else match["month3"].lower()
            )
        else:
            said = match[0].lower()
        yield match.span(), said


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1
