"""Which entities of scopes an article names: counted for all of them, whatever the watches find in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.table import load_table
from agents.mentions.scope_ids import Known

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from agents.mentions.watchlist import Watchlist
    from streams.records import Entity


class AskedFor:
    """The entities that the scopes of a watchlist ask for, looked for among those of an article."""

    def __init__(self, watchlist: Watchlist, names: Path | None = None) -> None:
        """Learn whom they mean.

        Args:
            watchlist: the watches; where none asks for entities, no table is read.
            names: the user's own table, whose spellings go before the others.

        Raises:
            NamesError: the table can't be read.
        """
        self._written: dict[str, tuple[str, ...]] = {}
        asked = dict.fromkeys(
            item for watch in watchlist.watches if watch.scope for item in watch.scope.entities
        )
        known = Known(load_table(names)) if asked else None
        for item in asked:
            for canonical_id in known.ids(item) if known else ():
                self._written[canonical_id] = (*self._written.get(canonical_id, ()), item)

    def among(self, entities: Iterable[Entity]) -> tuple[str, ...]:
        """What is named, as it is written in the scopes, each once, sorted."""
        found = {entity.canonical_id for entity in entities} & self._written.keys()
        return tuple(sorted({item for canonical_id in found for item in self._written[canonical_id]}))
