"""What it runs on: processes, Kafka, the steps' memory, Faust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.grafana.parts import marks, variables
from dashboards.grafana.parts.board import Addresses, Board
from dashboards.grafana.rows import engine_top, faust, kafka, kminion, memory, processes

if TYPE_CHECKING:
    from grafana_foundation_sdk.models.dashboard import VariableModel

    from dashboards.grafana.parts.grid import Row


def rows() -> tuple[Row, ...]:
    """From above."""
    return tuple(one.row() for one in (engine_top, processes, kafka, memory, faust, kminion))


def chosen(addresses: Addresses) -> tuple[VariableModel, ...]:
    """What can be chosen."""
    return variables.sources(), variables.jobs(), variables.instances(), *variables.places(addresses)


BOARD = Board(
    uid="newswatch-engine",
    title="Newswatch / Engine",
    description="What it runs on: processes, Kafka, the steps' memory, Faust.",
    since="now-3h",
    refresh="30s",
    variables=chosen,
    annotations=(marks.ALERTS,),
    rows=rows,
)
