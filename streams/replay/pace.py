"""How fast a replay goes: publication times into seconds from its start."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from streams.replay.order import D

AS_FAST_AS_POSSIBLE = math.inf
_FACTOR = re.compile(r"(\d+(?:\.\d*)?|\.\d+)\s*[x×]?", re.ASCII)


def parse_speed(text: str) -> float:
    """`max` is infinity; `60x` or `60` is sixty seconds of news in one second.

    Raises:
        ValueError: the text is neither, or the factor is 0 or beyond a float.
    """
    tidy = text.strip().lower()
    if tidy == "max":
        return AS_FAST_AS_POSSIBLE
    match = _FACTOR.fullmatch(tidy)
    factor = float(match[1]) if match else 0.0
    if not 0 < factor < math.inf:
        raise ValueError(f"speed {text!r} is not 'max' or a factor above 0 such as 1x, 60x or 0.5x")
    return factor


def schedule(items: Sequence[D], speed: float, *, loop: bool = False) -> Iterator[tuple[float, D]]:
    """Each item and the second, from the start, at which it is due; the seconds never fall.

    The first dated item is due at 0; an undated one with the one before it, and so is one whose time lies
    before that of an earlier one. A loop begins anew as soon as its last item is due.
    """
    base = due = 0.0
    while items:
        start: datetime | None = None
        for item in items:
            if item.published is not None:
                start = start or item.published
                due = max(due, base + (item.published - start).total_seconds() / speed)
            yield due, item
        if not loop:
            return
        base = due
