"""Whether what it runs on holds."""

from __future__ import annotations

from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.panel import BAD, GOOD, above, below
from dashboards.grafana.parts.promql import INSTANCE, increase, or_none, rate, series, total
from dashboards.grafana.parts.query import Query
from dashboards.grafana.parts.stats import stat
from dashboards.grafana.rows.said import CORES, NO_DISK


def with_pools(own: str, pools: str) -> str:
    """What processes take, and what their pools do where they have some; the console has none."""
    return f"{own} + ({or_none(total(pools))})"


def row() -> Row:
    """Whether what it runs on holds."""
    free, whole = (series(f"newswatch_broker_disk_{part}_bytes") for part in ("free", "total"))
    cpu, memory = (
        series(f"process_{name}", INSTANCE) for name in ("cpu_seconds_total", "resident_memory_bytes")
    )
    pools_cpu, pools_memory = (
        series(f"newswatch_pool_{name}", INSTANCE) for name in ("cpu_seconds_total", "resident_memory_bytes")
    )
    files, most_files = (series(f"process_{name}_fds", INSTANCE) for name in ("open", "max"))
    watchlists = series("newswatch_watchlist_info", 'version!=""')
    models = series("newswatch_model_info", 'name!=""')
    return Row(
        "",
        (
            stat(
                "Broker",
                "Whether a broker answers: of all processes, what the one that fares worst says.",
                "short",
                Query(f"min({series('newswatch_broker_up')})"),
                width=3,
                judged=((None, BAD), (1, GOOD)),
                words={"0": "silent", "1": "answers"},
                none="not asked",
            ),
            stat(
                "Disk left",
                "Of the broker's disk that has least left. Kafka stops when it is full.",
                "percentunit",
                Query(f"min({free} / {whole})", empty=NO_DISK),
                width=3,
                judged=below(0.05, 0.15),
                none="not told",
                decimals=0,
            ),
            stat(
                "Watchlists in force",
                "Different versions of the watchlist among the workers. More than one for long: a worker "
                "does not follow.",
                "short",
                Query(f"count(count by (version) ({watchlists}))"),
                width=3,
                judged=((None, GOOD), (2, BAD)),
                none="none",
                decimals=0,
            ),
            stat(
                "Pipelines in use",
                "Different pipelines that find entities. More than one: whom an article names depends on "
                "the worker.",
                "short",
                Query(f"count(count by (name, version) ({models}))"),
                width=3,
                judged=((None, GOOD), (2, BAD)),
                none="none yet",
                decimals=0,
            ),
            stat(
                "Rebalances",
                "That a worker saw in the last hour. One when a worker comes or goes; many mean that they "
                "lose touch.",
                "short",
                Query(f"max({increase(series('faust_rebalances_total', INSTANCE), '1h')})"),
                width=3,
                judged=above(6, 30),
                decimals=0,
            ),
            stat(
                "Open files",
                "Of those that a process may open, in the process that has most.",
                "percentunit",
                Query(f"max({files} / {most_files})"),
                width=3,
                judged=above(0.6, 0.85),
                decimals=1,
            ),
            stat(
                "Processor",
                "Cores that the chosen processes keep busy, with their pools for parsing and entities.",
                CORES,
                Query(with_pools(total(rate(cpu)), rate(pools_cpu))),
                width=3,
                decimals=2,
            ),
            stat(
                "Memory",
                "Resident, of the chosen processes and their pools; pages that they share count for each.",
                "bytes",
                Query(with_pools(total(memory), pools_memory)),
                width=3,
                decimals=1,
            ),
        ),
    )
