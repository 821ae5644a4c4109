"""Who else had a hand in a report, as its end says: 'Reporting by …; editing by …'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.ingest.telling import tells

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
# Somebody has a name: 'Written in haste, the law has gaps.'
_SOMEBODY = r"(?:(?-i:[^\W\d_a-z])|(?:our|the|staff|agenc|unser|notre|nuestr)[^.!?]{0,60})"
_INPUTS = (
    r"(?:inputs?|reporting|agency inputs|material|agences|agencias|agenturen|reports?|AFP|AP|Reuters|dpa|"
    r"PTI|ANI|EFE)"
)
# The whole line, or what stands in brackets behind the last sentence.
_CREDIT = re.compile(
    rf"[(\[]?{_ROLE}\s{_BY}{_SOMEBODY}[^.!?]{{1,280}}[.)\]]{{0,2}}$|"
    r"(?:with|from) (?:\w+ ){0,2}?(?:wires?|wire (?:reports?|services?)|"
    r"agencies|agency (?:reports?|inputs))\.?$|"
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
# Whose a picture or the whole text is, as 'Main image credit: Getty'.
_RIGHTS = re.compile(
    r"\(?(?:\w+ )?(?:image|photo|picture|graphic|illustration)s?(?: illustration)? ?"
    r"(?:by|credit|source|courtesy|via|:)(?! (?:to|for)\b).{0,80}$|photograph(?:s|y) by |"
    r"©|\(c\)|copyright\b|all rights reserved|this material may not",
    re.IGNORECASE,
)
_ROLES = re.compile(
    rf"\b{_ROLE}(?:\s{_BY})?|\b(?:contributed (?:to this|reporting)|read the original article)\b|"
    r"^this (?:article|story|post|piece|content) (?:was |is |has been )?(?:first |originally |also )+"
    r"(?:published|appeared|posted)\b|^originally published\b",
    re.IGNORECASE,
)
# Lines above the text: its picture, with a caption.
_ABOVE = 4
# And below it, from one to the next.
_BELOW = 4
# 'led to the inquiry'; 'in Madrid and in Rome' has no three.
_RUN = 3


def is_credit(line: Line) -> bool:
    """Whether a line names reporters, editors or the first publisher, and says nothing else."""
    return (
        len(line.text) <= _LONGEST
        and bool(_CREDIT.match(line.text))
        and not tells(_ROLES.sub(" ", line.text), _RUN)
    )


def credit_tail(text: str) -> str:
    """The credit in brackets behind the last sentence of a line; empty where there is none."""
    if text[-1:] not in ")]." or "by" not in text[-_TAIL_CHARS:].casefold():
        return ""
    found = _TAIL.search(text, max(0, len(text) - _TAIL_CHARS))
    return found[0].strip() if found else ""


def find_credit(lines: Sequence[Line], region: range) -> dict[int, str]:
    """Credits by the index of their line, from the second line of the text on.

    Those of pictures and of rights inside the text and close to it; further away they are the site's.
    """
    stop = region.stop
    # 'Buy now' stands between a picture's list of goods and its credit.
    while any(_is_right(line) for line in lines[stop : stop + _BELOW]):
        stop += 1
    return {
        index: line.text.strip("()[] ")
        for index, line in enumerate(lines)
        if (index > region.start and is_credit(line))
        or (region.start - _ABOVE <= index < stop and _is_right(line))
    }


def _is_right(line: Line) -> bool:
    return line.kind == "furniture" and len(line.text) <= _LONGEST and bool(_RIGHTS.match(line.text))
