"""Whom the entities of a scope mean: canonical ids, by the table of names that the pipeline goes by.

An id that the table has is that id and no name: `norp:US` are the Americans. A name that it does not know
makes the same id here as in an article that says no more of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.canonical import Found, resolve
from agents.entities.labels import LABELS
from agents.entities.names import trimmed
from agents.entities.table import ACRONYM_LENGTH, load_table
from agents.mentions.entity_scope import ANY_ID, PLACES, EntityScope, Written, taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from agents.entities.table import Table
    from agents.mentions.watchlist import Watchlist


def entity_scopes(watchlist: Watchlist, names: Path | None = None) -> dict[str, EntityScope]:
    """The entity scope of each watch that has one, by its name.

    Args:
        watchlist: the watches; where none asks for entities, no table is read.
        names: the user's own table, whose spellings go before the others.

    Raises:
        NamesError: the table can't be read.
    """
    if not (asked := _asked(watchlist)):
        return {}
    known = Known(load_table(names))
    return {name: known.scope(written) for name, written in asked.items()}


def unknown(watchlist: Watchlist, names: Path | None = None) -> Iterator[tuple[str, str]]:
    """What the table does not know of that the scopes ask for: name of the watch, and a note for its writer.

    Raises:
        NamesError: the table can't be read.
    """
    if not (asked := _asked(watchlist)):
        return
    known = Known(load_table(names))
    for name, entities in asked.items():
        for number, written in enumerate(entities):
            if not known.knows(written):
                yield name, f"scope.entities[{number}]: {_note(written)}"


def _note(written: str) -> str:
    apart = taken_apart(written)
    if apart and apart.before in PLACES:
        return f"the table of names has no id '{written}'; for a place of that name write gpe:{apart.name}"
    return f"the table of names does not know '{written}'; only what articles call just that is meant"


def _asked(watchlist: Watchlist) -> dict[str, tuple[str, ...]]:
    return {
        watch.name: watch.scope.entities
        for watch in watchlist.watches
        if watch.scope and watch.scope.entities
    }


class Known:
    """The table of names, asked for what stands in scopes."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._ids = {name.id.casefold(): name.id for name in table.names}

    def scope(self, written: Iterable[str]) -> EntityScope:
        """What is written in one scope."""
        told = tuple(written)
        return EntityScope(told, frozenset(key for one in told for key in self.ids(one)))

    def knows(self, written: str) -> bool:
        """Whether the table has what is written, as an id or by any spelling."""
        return any(key.casefold() in self._ids for key in self.ids(written))

    def ids(self, written: str) -> frozenset[str]:
        """The canonical ids that what is written may have in an article."""
        apart = taken_apart(written) or Written(None, written)
        whole = apart.name if apart.before in (None, ANY_ID) else f"{apart.before}:{apart.name}"
        if found := self._ids.get(whole.casefold()):
            return frozenset((found,))
        if apart.before == ANY_ID or apart.before in PLACES:
            return frozenset((whole,))
        labels = LABELS if apart.before is None else (apart.before.upper(),)
        return frozenset(self._id(apart.name, label) for label in labels)

    def _id(self, name: str, label: str) -> str:
        """What the pipeline would make of the name if it stood in an article by itself, in any case."""
        found = self._resolved(name, label)
        if found.casefold() not in self._ids and len(name) <= ACRONYM_LENGTH:
            capitals = self._resolved(name.upper(), label)
            return capitals if capitals.casefold() in self._ids else found
        return found

    def _resolved(self, name: str, label: str) -> str:
        start, end = trimmed(name, 0, len(name))
        bare = name[start:end] or name
        return resolve(bare, [Found(bare, label, 0, len(bare))], self._table)[0].id
