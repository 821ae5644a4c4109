"""What a rule has found, and where panels, targets and variables are in a dashboard's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE = {"type": "prometheus", "uid": "$datasource"}


class Finding(NamedTuple):
    """Something that a rule does not allow."""

    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.what}"


def all_panels(dashboard: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Rows and panels, those inside of closed rows too."""
    for panel in dashboard.get("panels", ()):
        yield panel
        yield from panel.get("panels") or ()


def shown(dashboard: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Panels without the rows' titles."""
    return (panel for panel in all_panels(dashboard) if panel["type"] != "row")


def targets(dashboard: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Where it is, the panel, and the target, for each."""
    for panel in shown(dashboard):
        for target in panel.get("targets") or ():
            yield f"{panel.get('title')} {target.get('refId')}", panel, target


def variables(dashboard: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By name."""
    return {one["name"]: one for one in dashboard.get("templating", {}).get("list", ())}
