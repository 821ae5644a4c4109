"""Who else had a hand in a report, as its end says: 'Reporting by …; editing by …'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.ingest.lines import Line

_LONGEST = 300
_ROLE = (
    r"(?:(?:additional |further |with |original )?(?:reporting|writing|editing|translation|research|reports?|"
    r"inputs?)|written|edited|compiled|translated|zusätzliche berichterstattung|bericht(?:erstattung)?|"
    r"redigiert|bearbeitet|reportage|reporte|información|editado)"
)
_BY = r"(?:by|from|in|of|von|par|de|por|di):?\s+"
_INPUTS = (
    r"(?:inputs?|reporting|agency inputs|material|agences|agencias|agenturen|reports?|AFP|AP|Reuters|dpa|"
    r"PTI|ANI|EFE)"
)
# The whole line, or what stands in brackets behind the last sentence.
_CREDIT = re.compile(
    rf"[(\[]?{_ROLE}\s{_BY}[^.!?]{{2,280}}[.)\]]{{0,2}}$|"
    rf"[(\[](?:with|mit|avec|con|com) (?:additional )?{_INPUTS}\b[^()\[\]]{{0,120}}[)\]]\.?$|"
    r".{2,160}\b(?:contributed to this (?:report|story|article)|contributed reporting)\b.{0,60}$|"
    r"this (?:article|story|post|piece|content) (?:was |is |has been )?(?:first |originally |also )+"
    r"(?:published|appeared|posted)\b.{0,160}$|"
    r"originally published (?:on|in|at|by)\b.{0,120}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"(?<=[.!?”\"’]) ?[(\[](?:{_ROLE} {_BY})[^()\[\]]{{2,200}}[)\]]\.?$",
    re.IGNORECASE,
)
_TAIL_CHARS = 260


def is_credit(line: Line) -> bool:
    """Whether a line names reporters, editors or the first publisher, and says nothing else."""
    return len(line.text) <= _LONGEST and bool(_CREDIT.match(line.text))


def credit_tail(text: str) -> str:
    """The credit in brackets behind the last sentence of a line; empty where there is none."""
    if text[-1:] not in ")]." or "by" not in text[-_TAIL_CHARS:].casefold():
        return ""
    found = _TAIL.search(text, max(0, len(text) - _TAIL_CHARS))
    return found[0].strip() if found else ""


def find_credit(lines: Sequence[Line], region: range) -> dict[int, str]:
    """Credits by the index of their line, from the second line of the text on."""
    return {
        index: line.text.strip("()[] ")
        for index, line in enumerate(lines)
        if index > region.start and is_credit(line)
    }
