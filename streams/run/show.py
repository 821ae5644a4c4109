"""A run's result for people: the alerts with their sentences, the counts, where the numbers were."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from streams.subscribe.clean import clean
from streams.subscribe.show import STYLES, block, sentences

if TYPE_CHECKING:
    from rich.console import Console

    from streams.records import Alert
    from streams.run.session import Result

ENTITIES = 6
"""Named in the table; the record on the topic has all."""


def summary(result: Result) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "articles": len(result.account.outcomes),
        "statuses": result.account.statuses,
        "alerts": result.account.in_order(),
        "revisions": result.account.revisions_in_order(),
        "deadlines": result.account.deadlines_in_order(),
        "dead_letters": len(result.account.dead_letters),
        "seconds": round(result.seconds, 3),
    }


def show(console: Console, result: Result, *, running: bool = False) -> None:
    """Print the table of alerts and the account below it; the last line says how many came from how many.

    Args:
        console: where to.
        result: what came of the run.
        running: whether its workers still run.
    """
    account = result.account
    alerts = account.in_order()
    if alerts:
        table = Table(show_lines=True, expand=True)
        table.add_column("alert", no_wrap=True)
        table.add_column("headline, sentences, entities", ratio=1)
        for alert in alerts:
            table.add_row(
                Text(alert.watch, style="bold").append(f"\n{alert.severity}", style=STYLES[alert.severity]),
                _article(alert, colours=console.is_terminal),
            )
        console.print(table)
    for alert in account.deadlines_in_order():
        console.print(block(alert, colours=console.is_terminal))
    statuses = ", ".join(f"{count:,} {status}" for status, count in account.statuses.items() if count)
    held = Counter(entry.reason for entry in account.suppressed.values())
    copies = held.pop("duplicate", 0)
    others = ", ".join(f"{count:,} {reason}" for reason, count in sorted(held.items()))
    be = "are" if running else "were"
    lines = [
        f"status: {statuses or 'none'}",
        f"dead letters: {len(account.dead_letters):,}",
        f"mentions in copies, which raised no second alert: {copies:,}",
        *([f"not sent for other reasons: {others}"] * bool(others)),
        *(
            [f"alerts sent again, since something changed: {len(account.revisions):,}"]
            * bool(account.revisions)
        ),
        f"{result.seconds:.1f} s from the first article to the last alert",
        f"metrics {be} at {', '.join(result.metrics)}; 'newswatch worker' serves them on port 9464",
        *(f"does not add up: {problem}" for problem in result.problems),
        f"{len(alerts)} alerts from {len(account.outcomes)} articles",
    ]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _article(alert: Alert, *, colours: bool) -> Text:
    text = Text(clean(alert.headline), style="bold")
    for sentence in sentences(alert, colours=colours):
        text.append("\n").append(Text("› ")).append_text(sentence)
    named = ", ".join(f"{clean(entity.canonical)} {entity.label}" for entity in alert.entities[:ENTITIES])
    return text.append(f"\n{named}", style="dim not bold") if named else text
