"""A resend from end to end: shown while it runs, and what came of it."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from streams.undelivered.resend import resend
from streams.undelivered.show import failure
from streams.undelivered.topic import following, marking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.webhook.backlog import Item
    from agents.webhook.configured import Webhook
    from streams.settings import Settings
    from streams.undelivered.resend import Result
    from streams.undelivered.topic import Read


class Ended(NamedTuple):
    """What came of it."""

    results: list[Result]
    interrupted: bool
    """By Ctrl-C: some have no result."""


def run(settings: Settings, webhook: Webhook, read: Read, due: Sequence[Item]) -> Ended:
    """Post what is due; a bar on a terminal, and a line on standard error for each that was not taken.

    Raises:
        KafkaUnusable: what was taken can't be marked.
    """
    results: list[Result] = []
    if not due:
        return Ended(results, interrupted=False)
    console = Console(file=sys.stderr, highlight=False, soft_wrap=True)
    columns = (SpinnerColumn(), TextColumn("resend"), BarColumn(), MofNCompleteColumn())
    with (
        marking(settings) as mark,
        following(settings, read),
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("resend", total=len(due))

        def told(result: Result) -> None:
            results.append(result)
            progress.advance(task)
            if not result.taken:
                console.print(failure(result), markup=False)

        try:
            asyncio.run(resend(webhook, read.backlog, due, mark, told))
        except KeyboardInterrupt:
            return Ended(results, interrupted=True)
    return Ended(results, interrupted=False)
