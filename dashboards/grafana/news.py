"""What the world says: watches, alerts, articles, entities, bursts, and who has gone quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.grafana.parts import marks, variables
from dashboards.grafana.parts.board import Addresses, Board
from dashboards.grafana.rows import held_back, incoming, named, news_top, unusual, watched

if TYPE_CHECKING:
    from grafana_foundation_sdk.models.dashboard import VariableModel

    from dashboards.grafana.parts.grid import Row


def rows() -> tuple[Row, ...]:
    """From above."""
    return tuple(one.row() for one in (news_top, watched, incoming, named, unusual, held_back))


def chosen(addresses: Addresses) -> tuple[VariableModel, ...]:
    """What can be chosen."""
    return variables.sources(), variables.jobs(), variables.watches(), *variables.places(addresses)


BOARD = Board(
    uid="newswatch-news",
    title="Newswatch / News",
    description="What the world says: watches, alerts, articles, entities, bursts, and who has gone quiet.",
    since="now-24h",
    refresh="1m",
    variables=chosen,
    annotations=(marks.ALERTS, marks.WATCHLISTS),
    rows=rows,
)
