"""Who runs, and what it takes."""

from __future__ import annotations

from dashboards.grafana.parts.charts import lines
from dashboards.grafana.parts.grid import Row
from dashboards.grafana.parts.lists import table
from dashboards.grafana.parts.promql import INSTANCE, rate, series
from dashboards.grafana.parts.query import Query
from dashboards.grafana.rows.said import CORES

BY_INSTANCE = "{{instance}}"
EACH = "by (instance)"
BY_POOL = "{{instance}} {{pool}}"
NAMED = 'name!=""'
"""An info has no labels until it is known."""


def of_pools(expr: str) -> str:
    """Of each pool of each process."""
    return f"sum by (instance, pool) ({expr})"


def row() -> Row:
    """Who runs, and what it takes."""
    told = series("newswatch_process_info", INSTANCE)
    since = f"(time() - {series('process_start_time_seconds', INSTANCE)})"
    uptime = f"max by (instance, component, version) ({told} * on (job, instance) group_left () {since})"
    models = f"max by (instance, name, version, why) ({series('newswatch_model_info', INSTANCE, NAMED)})"
    return Row(
        "Processes",
        (
            table(
                "Who runs",
                "What runs, which version, and since when.",
                "dtdurations",
                Query(uptime, form="table", instant=True),
                columns={"instance": "Instance", "component": "Is", "version": "Version", "Value": "Up for"},
                sort="Instance",
                height=6,
            ),
            table(
                "Pipelines for entities",
                "Which one each worker uses, and why that one.",
                "short",
                Query(models, form="table", instant=True),
                columns={"instance": "Instance", "name": "Pipeline", "version": "Version", "why": "Why"},
                sort="Instance",
                height=6,
            ),
            lines(
                "Processor, by instance",
                "Cores that a process keeps busy, without its pools. One is the most that a worker's event "
                "loop can use.",
                CORES,
                Query(
                    f"sum {EACH} ({rate(series('process_cpu_seconds_total', INSTANCE))})", legend=BY_INSTANCE
                ),
                width=8,
            ),
            lines(
                "Memory, by instance",
                "Resident, without the pools.",
                "bytes",
                Query(
                    f"sum {EACH} ({series('process_resident_memory_bytes', INSTANCE)})", legend=BY_INSTANCE
                ),
                width=8,
            ),
            lines(
                "Open files, by instance",
                "Connections, and the files of the tables.",
                "short",
                Query(f"sum {EACH} ({series('process_open_fds', INSTANCE)})", legend=BY_INSTANCE),
                width=8,
            ),
            lines(
                "Processor of pools",
                "Cores that the processes for parsing (parsers) and for entities (pipeline) keep busy. At as "
                "many as there are processes, that step is what all wait for.",
                CORES,
                Query(of_pools(rate(series("newswatch_pool_cpu_seconds_total", INSTANCE))), legend=BY_POOL),
                width=8,
            ),
            lines(
                "Memory of pools",
                "Resident; each process for entities has the pipeline and the table of names to itself.",
                "bytes",
                Query(of_pools(series("newswatch_pool_resident_memory_bytes", INSTANCE)), legend=BY_POOL),
                width=8,
            ),
            lines(
                "Processes in pools",
                "That are ready. Fewer than NEWSWATCH_NLP_PROCESSES or NEWSWATCH_PARSE_PROCESSES: one hung "
                "or died, and is made anew when it is next needed.",
                "short",
                Query(of_pools(series("newswatch_pool_processes", INSTANCE)), legend=BY_POOL),
                width=8,
            ),
        ),
    )
