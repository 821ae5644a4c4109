"""What every process says of itself: what it is, its version, and what it takes of the machine."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from prometheus_client import (
    GCCollector,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

# When a series was made: a fifth of all series, and no rule looks at them.
disable_created_metrics()  # type: ignore[no-untyped-call]

Component = Literal["worker", "console", "feeds"]


def describe_process(registry: CollectorRegistry, component: Component) -> None:
    """Have a registry say what this process is; CPU, memory and open files are those of the process alone."""
    Info(
        "process", "A process of Newswatch, and its version.", namespace="newswatch", registry=registry
    ).info({"component": component, "version": version("newswatch")})
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
