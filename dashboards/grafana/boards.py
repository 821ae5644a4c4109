"""All dashboards, and all that they ask of Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboards.grafana import engine, flow, news

if TYPE_CHECKING:
    from collections.abc import Iterator

BOARDS = (news.BOARD, flow.BOARD, engine.BOARD)


class Asked(NamedTuple):
    """A query as it stands in a panel."""

    dashboard: str
    panel: str
    expr: str
    empty: str
    """Why it may give nothing though all is well; empty where it has to give something."""


def asked() -> Iterator[Asked]:
    """Every query of every panel."""
    for board in BOARDS:
        for panel, query in board.asked():
            yield Asked(board.title, panel, query.expr, query.empty)
