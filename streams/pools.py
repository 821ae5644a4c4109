"""What the processes that work beside the event loop take of the machine; `process_…` has none of it."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

import psutil
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from prometheus_client import Metric


class PoolsCollector(Collector):
    """Looks at the processes of pools when it is asked; one of them takes 0.15 ms."""

    def __init__(self) -> None:
        self._pools: dict[str, Callable[[], Sequence[int]]] = {}
        self._lock = threading.Lock()
        self._last: dict[tuple[int, float], float] = {}
        """Processor time of the processes of the last look, by id and start: ids come again."""
        self._spent: Counter[str] = Counter()

    def add(self, name: str, pids: Callable[[], Sequence[int]]) -> None:
        """Look at a pool from now on.

        Args:
            name: its label.
            pids: gives the ids of its processes; those that have ended are left out.
        """
        self._pools[name] = pids

    def describe(self) -> Iterable[Metric]:
        """The metrics without values."""
        return _families()

    def collect(self) -> Iterable[Metric]:
        """The metrics now; what a process took between the last look and its end is lost."""
        families = number, cpu, memory = _families()
        with self._lock:
            last: dict[tuple[int, float], float] = {}
            for name, pids in self._pools.items():
                found = [process for process in map(_look, pids()) if process is not None]
                for identity, seconds, _ in found:
                    self._spent[name] += max(0.0, seconds - self._last.get(identity, 0.0))  # type: ignore[assignment]
                    last[identity] = seconds
                number.add_metric([name], len(found))
                cpu.add_metric([name], self._spent[name])
                memory.add_metric([name], sum(size for _, _, size in found))
            self._last = last
        return families


def _look(pid: int) -> tuple[tuple[int, float], float, int] | None:
    """Identity, processor seconds and resident bytes; None where it has ended."""
    try:
        process = psutil.Process(pid)
        with process.oneshot():
            times = process.cpu_times()
            return (pid, process.create_time()), times.user + times.system, process.memory_info().rss
    except psutil.Error:
        return None


def _families() -> tuple[GaugeMetricFamily, CounterMetricFamily, GaugeMetricFamily]:
    return (
        GaugeMetricFamily("newswatch_pool_processes", "Processes of a pool that are ready.", labels=["pool"]),
        CounterMetricFamily(
            "newswatch_pool_cpu_seconds",
            "User and system time of a pool's processes, those that were replaced too.",
            labels=["pool"],
        ),
        GaugeMetricFamily(
            "newswatch_pool_resident_memory_bytes",
            "Resident memory of a pool's processes; pages that they share count for each.",
            labels=["pool"],
        ),
    )
