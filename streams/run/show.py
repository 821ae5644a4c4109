"""A run's result for people: the alerts with their sentences, the counts, where the numbers were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from streams.subscribe.clean import clean

if TYPE_CHECKING:
    from rich.console import Console

    from streams.records import Alert, Mention
    from streams.run.session import Result

COLOURS = {"info": "cyan", "warning": "yellow", "critical": "red"}
ENTITIES = 6
"""Named in the table; the record on the topic has all."""


def summary(result: Result) -> dict[str, Any]:
    """What `--json` prints."""
    return {
        "articles": len(result.account.outcomes),
        "statuses": result.account.statuses,
        "alerts": result.account.in_order(),
        "dead_letters": len(result.account.dead_letters),
        "seconds": round(result.seconds, 3),
    }


def show(console: Console, result: Result) -> None:
    """Print the table of alerts and the account below it."""
    alerts = result.account.in_order()
    if alerts:
        table = Table(show_lines=True, expand=True)
        table.add_column("alert", no_wrap=True)
        table.add_column("article", ratio=2)
        table.add_column("mentions", ratio=4)
        table.add_column("entities", ratio=2)
        for alert in alerts:
            table.add_row(
                Text(f"{alert.watch}\n{alert.severity}", style=COLOURS[alert.severity]),
                Text(clean(alert.headline)),
                Group(*(sentence(mentions) for mentions in _by_sentence(alert))),
                Text(", ".join(clean(entity.canonical) for entity in alert.entities[:ENTITIES])),
            )
        console.print(table)
    account = result.account
    statuses = ", ".join(f"{count:,} {status}" for status, count in account.statuses.items() if count)
    console.print(
        f"status: {statuses or 'none'}; dead letters: {len(account.dead_letters):,}", highlight=False
    )
    console.print(
        f"copies that raised no second alert: {len(account.suppressed):,}; {result.seconds:.1f} s from the "
        "first article to the last alert",
        highlight=False,
    )
    console.print(
        f"metrics were at {', '.join(result.metrics)}; a worker of your own serves them on port 9464 "
        "(NEWSWATCH_METRICS_PORT)",
        highlight=False,
        soft_wrap=True,
    )
    for problem in result.problems:
        console.print(f"does not add up: {problem}", style="red", highlight=False)
    console.print(f"{len(alerts)} alerts from {len(account.outcomes)} articles", highlight=False)


def _by_sentence(alert: Alert) -> list[list[Mention]]:
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in alert.mentions:
        groups.setdefault((mention.field, mention.sentence), []).append(mention)
    return list(groups.values())


def sentence(mentions: list[Mention]) -> Text:
    """Show a sentence with the watched terms in it marked."""
    text = Text(clean(mentions[0].sentence))
    text.highlight_words([clean(mention.text) for mention in mentions], style="bold reverse")
    return text
