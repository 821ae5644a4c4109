"""Why the alerts of a watch may be sent again, or not be sent, as the watch is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agents.mentions.watch import Watch
    from streams.records import ChangeKind, SuppressedReason


def sent_again(watch: Watch) -> Iterator[ChangeKind]:
    """Reasons of revisions: a deadline only rings for who has a clock."""
    yield from ("coverage", "watch", "change")
    if watch.clock:
        yield "deadline"


def held_back(watch: Watch) -> Iterator[SuppressedReason]:
    """Reasons in the ledger; half of them take something that a watch mostly does not ask for."""
    yield from ("duplicate", "silence")
    if watch.cooldown:
        yield "cooldown"
    if watch.severity == "info":
        yield "inhibited"
    if watch.stage == "shadow":
        yield "shadow"
    if watch.scope is not None:
        yield "out_of_scope"
