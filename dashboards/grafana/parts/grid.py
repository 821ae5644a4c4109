"""Where panels stand: from left to right, in lines of 24 columns, below the titles of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from grafana_foundation_sdk.models.dashboard import GridPos, RowPanel
from grafana_foundation_sdk.models.dashboard import Panel as Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboards.grafana.parts.panel import Panel

COLUMNS = 24


class GridError(Exception):
    """Panels that do not fill their lines; the message names the first that is out of line."""


@dataclass(frozen=True, slots=True)
class Row:
    """Panels under a title; the first row of a dashboard has none."""

    title: str
    panels: tuple[Panel, ...]
    collapsed: bool = False


def placed(rows: Iterable[Row]) -> list[Model | RowPanel]:
    """All panels with their places and ids, as a dashboard has them.

    Raises:
        GridError: a line is not filled, or is of several heights.
    """
    ids = count(1)
    y = 0
    found: list[Model | RowPanel] = []
    for row in rows:
        head = RowPanel(
            collapsed=row.collapsed,
            title=row.title,
            id_val=next(ids),
            grid_pos=GridPos(x=0, y=y, w=COLUMNS, h=1),
        )
        start = y
        models: list[Model] = []
        y += 1 if row.title else 0
        for line in _lines(row.panels):
            x = 0
            for panel in line:
                panel.model.grid_pos = GridPos(x=x, y=y, w=panel.width, h=panel.height)
                panel.model.id_val = next(ids)
                models.append(panel.model)
                x += panel.width
            y += line[0].height
        if row.title:
            found.append(head)
        if row.collapsed:
            # Grafana keeps them inside; below a closed row the next one follows at once.
            head.panels = models
            y = start + 1
        else:
            found.extend(models)
    return found


def _lines(panels: Iterable[Panel]) -> Iterator[list[Panel]]:
    line: list[Panel] = []
    for panel in panels:
        line.append(panel)
        width = sum(one.width for one in line)
        if width > COLUMNS or panel.height != line[0].height:
            raise GridError(
                f"{panel.model.title!r} does not fit into its line: {COLUMNS} columns, {line[0].height} high"
            )
        if width == COLUMNS:
            yield line
            line = []
    if line:
        raise GridError(f"the line that ends with {line[-1].model.title!r} does not fill {COLUMNS} columns")
