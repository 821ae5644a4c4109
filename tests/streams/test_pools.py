"""What pools of processes take, told beside what the process itself takes."""

from __future__ import annotations

import os

import pytest
from prometheus_client import CollectorRegistry

from streams.pool import ProcessPool
from streams.pools import PoolsCollector
from tests.waiting import until


def _spin(seconds: float) -> int:
    while os.times().user < seconds:
        sum(range(10_000))
    return os.getpid()


@pytest.fixture
def registry() -> CollectorRegistry:
    """One of its own."""
    return CollectorRegistry()


def _value(registry: CollectorRegistry, name: str, pool: str = "parsers") -> float:
    found = registry.get_sample_value(f"newswatch_pool_{name}", {"pool": pool})
    assert found is not None
    return found


async def test_a_pool_s_processor_and_memory_and_none_of_a_process_that_was_replaced_is_taken_back(
    registry: CollectorRegistry,
) -> None:
    """A counter that went backwards would look like one that began anew."""
    collector = PoolsCollector()
    registry.register(collector)
    pool = ProcessPool(1)
    collector.add("parsers", lambda: pool.pids)
    assert _value(registry, "processes") == _value(registry, "cpu_seconds_total") == 0
    try:
        pid = await pool.run(60, _spin, 0.3)
        assert _value(registry, "processes") == 1
        assert _value(registry, "resident_memory_bytes") > 5_000_000
        spent = _value(registry, "cpu_seconds_total")
        assert spent >= 0.3
        os.kill(pid, 9)
        assert until(lambda: _value(registry, "processes") == 0)
        assert _value(registry, "cpu_seconds_total") >= spent
        assert _value(registry, "resident_memory_bytes") == 0
        with pytest.raises(Exception, match="died"):
            await pool.run(60, _spin, 0.0)
        another = await pool.run(60, _spin, 0.3)
        assert another != pid
        assert _value(registry, "cpu_seconds_total") >= spent + 0.3
    finally:
        pool.close()


def test_an_id_that_nobody_has_is_left_out(registry: CollectorRegistry) -> None:
    """A process may end between the pool's answer and the look."""
    collector = PoolsCollector()
    registry.register(collector)
    collector.add("pipeline", lambda: [2**22 + 1])
    assert _value(registry, "processes", "pipeline") == 0
