"""Tags of tokens to spans: BIO in its variants (IOB1, IOB2, BIOES, BILOU)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agents.entities.score import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAG = re.compile(r"O|([BIESLU])-(\S+)")
STARTS, ENDS = "BSU", "ESLU"


def is_tag(tag: str) -> bool:
    """Whether it is one, as 'O', 'B-PER' or 'I-ORG'."""
    return TAG.fullmatch(tag) is not None


def spans(tags: Sequence[str], places: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The names that tags mark, at the places of their tokens.

    A name starts at B, S or U, and at any other tag of a label that the token before hasn't got or has ended.
    """
    start, label = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        found = TAG.fullmatch(tag)
        kind, name = (found[1] or "", found[2] or "") if found else ("", "")
        if label and (not kind or kind in STARTS or name != label):
            yield Span(places[start][0], places[at - 1][1], label)
            label = ""
        if kind and not label:
            start, label = at, name
        if kind and kind in ENDS:
            yield Span(places[start][0], places[at][1], label)
            label = ""
