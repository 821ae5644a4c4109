"""How the news flows: throughput, time to an alert, lag, what is refused, what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.grafana.parts import marks, variables
from dashboards.grafana.parts.board import Addresses, Board
from dashboards.grafana.rows import feeds, flow_top, in_time, lag, matcher, order, steps, webhook, wrong

if TYPE_CHECKING:
    from grafana_foundation_sdk.models.dashboard import VariableModel

    from dashboards.grafana.parts.grid import Row


def rows() -> tuple[Row, ...]:
    """From above."""
    return (
        flow_top.row(),
        wrong.row(),
        in_time.row(),
        lag.row(),
        steps.row(),
        order.row(),
        matcher.row(),
        webhook.row(),
        feeds.row(),
    )


def chosen(addresses: Addresses) -> tuple[VariableModel, ...]:
    """What can be chosen."""
    return variables.sources(), variables.jobs(), variables.instances(), *variables.places(addresses)


BOARD = Board(
    uid="newswatch-flow",
    title="Newswatch / Flow",
    description="How the news flows: throughput, time to an alert, lag, what is refused, what fails.",
    since="now-3h",
    refresh="30s",
    variables=chosen,
    annotations=(marks.ALERTS,),
    rows=rows,
)
