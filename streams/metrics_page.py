"""`docs/metrics.md` as the code has it: each metric's name, type, unit, labels and meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from streams.console.measure import ConsoleMetrics
from streams.faust_metrics import FaustMonitor
from streams.feeds.measure import FeedMetrics
from streams.label_sets import INFO, told
from streams.lag.collector import LagCollector
from streams.lag.observer import Observer
from streams.metrics import Metrics
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import CollectorRegistry

ENDINGS = {"counter": "_total", "info": "_info"}
UNITS = {
    "_timestamp_seconds": "Unix seconds",
    "_start_time_seconds": "Unix seconds",
    "_seconds": "seconds",
    "_bytes": "bytes",
    "_up": "0 or 1",
    "_rebalancing": "0 or 1",
    "_ready": "0 or 1",
}
EVERYWHERE = ("newswatch_process", "process_", "python_")
SECTIONS = ("worker", "console", "feeds")


class Described(NamedTuple):
    """A metric."""

    name: str
    """Without the ending of its type."""
    type: str
    labels: tuple[str, ...]
    meaning: str

    @property
    def shown(self) -> str:
        """Its name as Prometheus has it; of a histogram without `_bucket`, `_sum` and `_count`."""
        return self.name + ENDINGS.get(self.type, "")

    @property
    def unit(self) -> str:
        """What its value is counted in; of a counter or gauge without one, things."""
        if self.type == "info":
            return "1"
        return next((unit for ending, unit in UNITS.items() if self.name.endswith(ending)), "count")


def registries() -> dict[str, CollectorRegistry]:
    """By component a registry with all that it shows."""
    sight = Observer(Settings())
    worker = Metrics()
    FaustMonitor(worker.registry, "")
    worker.registry.register(LagCollector(sight))
    console = ConsoleMetrics({}, lambda: 0, sight)
    return {"worker": worker.registry, "console": console.registry, "feeds": FeedMetrics(()).registry}


def described(registry: CollectorRegistry) -> list[Described]:
    """The metrics of a registry, in the order in which they were made."""
    found = []
    for collector in list(registry._collector_to_names):  # noqa: SLF001  the client lists them nowhere else
        describe = getattr(collector, "describe", collector.collect)
        for family in describe() or collector.collect():
            labels = tuple(getattr(collector, "_labelnames", ()) or getattr(family, "_labelnames", ()))
            labels = labels or _seen(family) or ()
            labels = (*labels, *(name for name in INFO.get(family.name, ()) if name not in labels))
            found.append(Described(family.name, family.type, labels, family.documentation))
    return found


def _seen(family: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for sample in family.samples for name in sample.labels if name != "le"))


def page() -> str:
    """The tables: what every process shows, then what each has beside, then the labels."""
    every = {name: described(registry) for name, registry in registries().items()}
    common = [metric for metric in every["worker"] if metric.name.startswith(EVERYWHERE)]
    lines = ["## Every process", *_table(common)]
    for component in SECTIONS:
        own = [metric for metric in every[component] if not metric.name.startswith(EVERYWHERE)]
        lines += [f"## {component.capitalize()}", *_table(own)]
    distinct = {metric.name: metric for metrics in every.values() for metric in metrics}
    return "\n".join([*lines, "## Labels", *_labels(distinct.values())]) + "\n"


def _table(metrics: Iterable[Described]) -> list[str]:
    lines = ["", "| metric | type | unit | labels | meaning |", "| --- | --- | --- | --- | --- |"]
    for metric in metrics:
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        meaning = metric.meaning.replace("|", "\\|")
        lines.append(f"| `{metric.shown}` | {metric.type} | {metric.unit} | {labels} | {meaning} |")
    return [*lines, ""]


def _labels(metrics: Iterable[Described]) -> list[str]:
    """One row for each set of values of a label, with the metrics that it holds for where they differ."""
    sets: dict[str, dict[str, list[str]]] = {}
    for metric in metrics:
        for label in metric.labels:
            sets.setdefault(label, {}).setdefault(told(metric.name, label), []).append(metric.shown)
    lines = ["", "| label | of | values |", "| --- | --- | --- |"]
    for label, by_values in sorted(sets.items()):
        for values, names in by_values.items():
            of = ", ".join(f"`{name}`" for name in names) if len(by_values) > 1 else "all that have it"
            lines.append(f"| `{label}` | {of} | {values} |")
    return lines
