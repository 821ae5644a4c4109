"""What Prometheus would have of the weeks before a test: without them there is nothing that is usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUR = 3600
USUAL = {
    ("job", ""): 31,
    ("watch", 'watch="truce",'): 2,
    ("watch", 'watch="never",'): 0,
    ("entity", 'entity="person:Marco Rubio",'): 0,
    ("source", 'source="silent.example",'): 30,
    ("source", 'source="valley.example",'): 1,
}
"""Articles an hour."""


def past(now: int, target: str) -> Iterator[str]:
    """Lines of OpenMetrics.

    Args:
        now: Unix seconds.
        target: a worker that has been there for an hour.
    """
    weeks_and_days = {
        hour for begin in (24, 48, 72, 168, 336, 504, 672) for hour in range(begin - 2, begin + 3)
    }
    day = set(range(1, 26))
    for operation, hours, times in (
        ("increase1h", weeks_and_days | day, 1),
        ("increase6h", day, 6),
        ("increase1h_usual", day, 1),
        ("increase6h_usual", day, 6),
    ):
        for (level, label), value in USUAL.items():
            name = f"{level}:newswatch_articles:{operation}"
            yield f"# TYPE {name} gauge\n"
            for hour in sorted(hours, reverse=True):
                # Around each whole hour: the test takes a minute, and a sample counts for five.
                for at in range(now - hour * HOUR - 600, now - hour * HOUR + 600, 120):
                    yield f'{name}{{{label}job="newswatch"}} {value * times} {at}\n'
    yield "# TYPE newswatch_articles counter\n"
    labels = f'job="newswatch",instance="{target}",origin="live",status="new"'
    for at in range(now - HOUR - 600, now - HOUR + 600, 60):
        yield f"newswatch_articles_total{{{labels}}} 0 {at}\n"
