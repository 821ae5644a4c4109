"""The readers' comments below an article, or the form for one."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from agents.ingest.lines import is_form
from agents.ingest.timestamp import is_timestamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.ingest.lines import Line

_COMMENT = re.compile(
    r"\b(?:says|said|wrote|schrieb|a écrit|dice|disse)\s*:$|"
    r"^(?:reply|like|report|answer|antworten|répondre|responder)$",
    re.IGNORECASE,
)
_COMMENTS = 4
# Words of prose that are an article; a page's notice about cookies has so many, but no comments below.
_ENOUGH = 30
# Lines below the heading of the comments that are looked at: about ten comments.
_SEEN = 40
# A form asks for name, e-mail and website right below its heading.
_FORM = 8
_FORM_FIELDS = 2


def without_comments(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above the readers' comments, which may be longer than the article.

    Comments are short, and each has its author, its date or its button to answer. Below the form for one
    there is nothing of the article either, if most of the prose stands above it.
    """
    if not any(line.kind == "ends" for line in lines):
        return lines
    signs = list(accumulate(map(_is_sign, lines), initial=0))
    fields = list(accumulate((is_form(line.text) for line in lines), initial=0))
    words = list(accumulate((line.words * (line.kind == "prose") for line in lines), initial=0))
    for index, line in enumerate(lines):
        if line.kind != "ends" or words[index] < _ENOUGH:
            continue
        if signs[min(len(lines), index + _SEEN)] - signs[index] >= _COMMENTS:
            return lines[:index]
        asked = fields[min(len(lines), index + _FORM)] - fields[index]
        if asked >= _FORM_FIELDS and words[index] * 2 >= words[-1]:
            return lines[:index]
    return lines


def _is_sign(line: Line) -> bool:
    return bool(_COMMENT.search(line.text)) or is_timestamp(line.text)
