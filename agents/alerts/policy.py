"""What governs the alerts of a watch, as the watchlist in force has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.mentions.entity_scope import EntityScope
from agents.mentions.scope_ids import entity_scopes
from agents.mentions.watch import GroupBy  # noqa: TC001  msgspec resolves annotations at run time
from streams.records import Severity, Stage  # noqa: TC001

if TYPE_CHECKING:
    from pathlib import Path

    from agents.mentions.watchlist import Watchlist


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What governs the alerts of one watch; as it stands here for one that has left the watchlist."""

    severity: Severity = "warning"
    runbook_url: str | None = None
    group_by: GroupBy = "story"
    cooldown: int = 0
    """Milliseconds of event time; 0 for none."""
    stage: Stage = "live"
    clock: bool = False
    """Whether it is told when a deadline comes near, and that it has passed."""
    entities: EntityScope = EntityScope()
    """Whom an article has to name."""


def policies(watchlist: Watchlist, names: Path | None = None) -> dict[str, Policy]:
    """The policy of each watch by its name.

    Args:
        watchlist: in force.
        names: the user's own table of names; read where a watch asks for entities.

    Raises:
        NamesError: it can't be.
    """
    scopes = entity_scopes(watchlist, names)
    return {
        watch.name: Policy(
            severity=watch.severity,
            runbook_url=watch.runbook_url,
            group_by=watch.group_by,
            cooldown=watch.cooldown * 1000,
            stage=watch.stage,
            clock=watch.clock,
            entities=scopes.get(watch.name, EntityScope()),
        )
        for watch in watchlist.watches
    }
