"""PromQL with Grafana's variables in it, parsed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import promql_parser

from dashboards.grafana.parts.query import filled

if TYPE_CHECKING:
    from datetime import timedelta

# Of lengths that nobody writes, so that they are known again.
WINDOWS = {"__rate_interval": "4m3s", "__range": "7h7m3s", "__interval": "2m3s"}
RATE_INTERVAL, RANGE, INTERVAL = map(promql_parser.parse_duration, WINDOWS.values())
_KEPT = ("job", "instance", "watch", "datasource", "console", "runbooks")


@cache
def tree(expr: str) -> Any:
    """Its tree, in which variables inside of quotes are as they stand.

    Raises:
        ValueError: it is no PromQL, or has a variable that Grafana does not fill in.
    """
    try:
        return promql_parser.parse(filled(expr, WINDOWS | {name: f"${name}" for name in _KEPT}))
    except KeyError as error:
        raise ValueError(f"${error.args[0]} is no variable") from None


def nodes(expr: str) -> list[tuple[Any, list[Any]]]:
    """Each node and those above it, the nearest last."""
    found: list[tuple[Any, list[Any]]] = []
    above: list[Any] = []

    def before(node: Any) -> None:
        found.append((node, list(above)))
        above.append(node)

    def after(_: Any) -> None:
        above.pop()

    promql_parser.walk(tree(expr), before, after)
    return found


def selectors(expr: str) -> list[promql_parser.VectorSelector]:
    """Series that it asks for."""
    return [node for node, _ in nodes(expr) if isinstance(node, promql_parser.VectorSelector)]


def metrics(expr: str) -> set[str]:
    """Names of these series."""
    return {one.name or "" for one in selectors(expr)}


def windows(expr: str) -> set[timedelta]:
    """Ranges that it looks back over, those of subqueries too."""
    kinds = (promql_parser.MatrixSelector, promql_parser.SubqueryExpr)
    return {node.range for node, _ in nodes(expr) if isinstance(node, kinds) and node.range}


def matches(selector: promql_parser.VectorSelector, label: str, value: str) -> bool:
    """Whether it asks for `label=~"value"`."""
    return any(
        (one.name, one.value) == (label, value) and one.op == promql_parser.MatchOp.Re
        for one in selector.matchers.matchers
    )
