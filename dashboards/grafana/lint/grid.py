"""Rules about where panels stand."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Found = Iterator[tuple[str, str]]

COLUMNS = 24
SCREEN = 8
"""Rows that a stat at the top may go down to: they are seen before anything is scrolled."""


def whole(dashboard: Mapping[str, Any]) -> Found:
    """No two overlap, none is outside, and there are no holes."""
    panels = dashboard.get("panels", ())
    yield from _whole(panels)
    for row in panels:
        yield from _whole(row.get("panels") or ())


def _whole(panels: Sequence[Mapping[str, Any]]) -> Found:
    cells: dict[int, int] = {}
    for panel in panels:
        place = panel["gridPos"]
        if place["x"] + place["w"] > COLUMNS:
            yield str(panel["title"]), f"it ends right of column {COLUMNS}"
        for y in range(place["y"], place["y"] + place["h"]):
            cells[y] = cells.get(y, 0) + place["w"]
    for one, other in combinations(panels, 2):
        if _overlap(one["gridPos"], other["gridPos"]):
            yield str(other["title"]), f"it lies on {one['title']!r}"
    for y, width in cells.items():
        if width != COLUMNS:
            yield f"row {y}", f"{width} of {COLUMNS} columns are filled"


def _overlap(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    return (
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )


def top(dashboard: Mapping[str, Any]) -> Found:
    """It begins with figures, some of which judge by their colour."""
    panels = dashboard.get("panels", ())
    stats = [panel for panel in panels if panel["type"] == "stat" and panel["gridPos"]["y"] < SCREEN]
    judging = [panel for panel in stats if len(panel["fieldConfig"]["defaults"]["thresholds"]["steps"]) > 1]
    first = [panel for panel in panels if panel["gridPos"]["y"] == 0]
    if any(panel["type"] != "stat" for panel in first) or not judging:
        yield "top", "it does not begin with figures that tell whether all is right"
