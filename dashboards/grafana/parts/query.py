"""A query of a panel, and what is put in for Grafana's variables where Grafana isn't there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grafana_foundation_sdk.builders import prometheus
from grafana_foundation_sdk.models.dashboard import DataSourceRef
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = DataSourceRef(type_val="prometheus", uid="$datasource")
Form = Literal["time_series", "table", "heatmap"]
REFS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::\w+)?\}|(\w+))")


@dataclass(frozen=True, slots=True)
class Query:
    """PromQL with Grafana's variables in it."""

    expr: str
    legend: str = ""
    """Name of a series, with its labels as `{{label}}`."""
    empty: str = ""
    """Why it may give nothing though all is well; not set where nothing means that something is wrong."""
    instant: bool = False
    """The newest value only."""
    form: Form = "time_series"
    exemplars: bool = False

    def target(self, ref: str) -> prometheus.Dataquery:
        """As a panel has it; `ref` is its letter there."""
        made = (
            prometheus.Dataquery()
            .expr(self.expr)
            .ref_id(ref)
            .datasource(SOURCE)
            .format(PromQueryFormat(self.form))
        )
        made = made.legend_format(self.legend) if self.legend else made
        made = made.exemplar(True) if self.exemplars else made
        return made.instant() if self.instant else made.range()


def filled(expr: str, values: Mapping[str, str]) -> str:
    """The query with values for its variables, as Grafana would send it.

    Raises:
        KeyError: a variable has no value.
    """
    return _VARIABLE.sub(lambda found: values[found[1] or found[2]], expr)


def variables(text: str) -> set[str]:
    """Names of the variables in a text."""
    return {found[1] or found[2] for found in _VARIABLE.finditer(text)}
