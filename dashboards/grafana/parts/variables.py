"""What can be chosen above the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.models.dashboard import (
    VariableModel,
    VariableOption,
    VariableRefresh,
    VariableSort,
)

from dashboards.grafana.parts.promql import JOB
from dashboards.grafana.parts.query import SOURCE

if TYPE_CHECKING:
    from dashboards.grafana.parts.board import Addresses

UID = "newswatch-prometheus"
"""Of the data source that is provisioned."""


def sources() -> VariableModel:
    """`$datasource`: which Prometheus."""
    provisioned = VariableOption(selected=True, text="Prometheus", value=UID)
    return (
        build.DatasourceVariable("datasource")
        .label("Data source")
        .type("prometheus")
        .current(provisioned)
        .build()
    )


def jobs() -> VariableModel:
    """`$job`: which edition. One at a time, since figures of two never add up to anything."""
    said = "One job is one edition."
    return _asked("job", "Job", "label_values(newswatch_process_info, job)", said).build()


def instances() -> VariableModel:
    """`$instance`: which of its workers."""
    said = "Narrows what a single process tells; figures of the whole edition stay."
    return _several(_asked("instance", "Instance", f"label_values(up{{{JOB}}}, instance)", said)).build()


def watches() -> VariableModel:
    """`$watch`: which watches."""
    said = "Narrows what is told by watch."
    return _several(
        _asked("watch", "Watch", f"label_values(newswatch_watch_articles_total{{{JOB}}}, watch)", said)
    ).build()


def places(addresses: Addresses) -> tuple[VariableModel, ...]:
    """`$console`, `$runbooks`: where links go; who looks can type another address."""
    said = {
        "console": ("Console", "Address of `newswatch console`, no slash at the end."),
        "runbooks": ("Runbooks", "Where the folder of the runbooks can be read, no slash at the end."),
    }
    return tuple(
        build.TextBoxVariable(name)
        .label(said[name][0])
        .description(said[name][1])
        .default_value(address)
        .current(VariableOption(selected=True, text=address, value=address))
        .build()
        for name, address in addresses._asdict().items()
    )


def _asked(name: str, label: str, query: str, description: str) -> build.QueryVariable:
    return (
        build.QueryVariable(name)
        .label(label)
        .description(description)
        .datasource(SOURCE)
        .query(query)
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(VariableSort.ALPHABETICAL_CASE_INSENSITIVE_ASC)
    )


def _several(variable: build.QueryVariable) -> build.QueryVariable:
    every = VariableOption(selected=True, text=["All"], value=["$__all"])
    return variable.multi(True).include_all(True).all_value(".+").current(every)
