"""PromQL in pieces. Each series is that of an edition: one job is one, and two are never added up."""

from __future__ import annotations

JOB = 'job=~"$job"'
INSTANCE = 'instance=~"$instance"'
WATCH = 'watch=~"$watch"'
WORKER = 'component="worker"'
LIVE = 'origin="live"'

STEP = "$__rate_interval"
"""So long that it has points in it at any zoom; Grafana knows how long."""
CHOSEN = "$__range"
"""All of the time that is shown."""


def series(name: str, *matchers: str) -> str:
    """Of the edition."""
    return f"{name}{{{', '.join((JOB, *matchers))}}}"


def anywhere(name: str, *matchers: str) -> str:
    """Of programs that have a job of their own, whatever it is called."""
    return f"{name}{{{', '.join(matchers)}}}" if matchers else name


def rate(selected: str) -> str:
    """A second."""
    return f"rate({selected}[{STEP}])"


def hourly(selected: str, *by: str) -> str:
    """An hour, added up."""
    return f"3600 * {total(rate(selected), *by)}"


def increase(selected: str, over: str) -> str:
    """How many came."""
    return f"increase({selected}[{over}])"


def total(expr: str, *by: str) -> str:
    """Added up over workers, and over all labels but these."""
    return f"sum by ({', '.join(by)}) ({expr})" if by else f"sum({expr})"


def most(number: int, expr: str) -> str:
    """The largest."""
    return f"topk({number}, {expr})"


def share(part: str, whole: str) -> str:
    """Of a whole that is more than nothing."""
    return f"{part} / ({whole} > 0)"


def quantile(rank: float, bucket: str, *by: str) -> str:
    """Of a histogram; below this value lie so many."""
    return f"histogram_quantile({rank}, {total(rate(bucket), 'le', *by)})"


def or_none(expr: str) -> str:
    """0 where there is no series."""
    return f"{expr} or vector(0)"
