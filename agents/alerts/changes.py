"""Is there anything to tell? What makes an alert worth sending again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.alerts.reversal import reversals
from streams.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agents.alerts.facts import Facts
    from agents.alerts.standing import Standing

MOST_NAMED = 10
"""Other watches that a revision names."""


def material(known: Facts, said: Facts, stands: Standing, others: Sequence[str]) -> tuple[Change, ...]:
    """What has changed since an alert was last sent.

    Args:
        known: what the alert has said.
        said: what the article says; empty where its text is the same.
        stands: the alert, with the article counted.
        others: watches that have alerted for the story since.
    """
    told = f"{stands.step} outlets" if stands.step else None
    reached = stands.spread.reached
    return (
        *reversals(known, said),
        *(Change(what="watch", before=None, after=watch) for watch in others[:MOST_NAMED]),
        *([Change(what="coverage", before=told, after=f"{reached} outlets")] * (reached > stands.step)),
    )


def is_reversal(changes: Iterable[Change]) -> bool:
    """Whether what was told is no longer so: that is held back by nothing but a silence."""
    return any(change.what not in ("coverage", "watch") for change in changes)
