"""What governs the alerts of a watch, as the watchlist in force has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from streams.records import Severity  # noqa: TC001  msgspec resolves annotations at run time

if TYPE_CHECKING:
    from agents.mentions.watchlist import Watchlist


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What governs the alerts of one watch; as it stands here for one that has left the watchlist."""

    severity: Severity = "warning"
    runbook_url: str | None = None


def policies(watchlist: Watchlist) -> dict[str, Policy]:
    """The policy of each watch by its name."""
    return {
        watch.name: Policy(severity=watch.severity, runbook_url=watch.runbook_url)
        for watch in watchlist.watches
    }
