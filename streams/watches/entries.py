"""The records of the topic `watchlist` put together: one watch a key, the newest counts, none removes it.

While the topic holds no watch, the file that the worker was started with is in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from agents.mentions.watchlist import WatchlistError, assemble, parse_entry
from streams.topology import WATCHLIST

if TYPE_CHECKING:
    from agents.mentions.query.read import Query
    from agents.mentions.watchlist import Watch, Watchlist


def encode(watch: Watch) -> bytes:
    """A watch as an entry of a watchlist, in JSON."""
    entry = msgspec.to_builtins(watch)
    if watch.cooldown:
        entry["cooldown"] = f"{watch.cooldown}s"
    return msgspec.json.encode(entry)


class Entries:
    """The watches on the topic."""

    def __init__(self) -> None:
        self._watches: dict[str, tuple[Watch, Query | None]] = {}

    def __len__(self) -> int:
        return len(self._watches)

    def copy(self) -> Entries:
        """The same watches, whatever is taken in afterwards."""
        made = Entries()
        made._watches = dict(self._watches)
        return made

    @property
    def watches(self) -> dict[str, Watch]:
        """By name."""
        return {name: watch for name, (watch, _) in self._watches.items()}

    def take(self, key: bytes | None, value: bytes | None) -> None:
        """Take in a record.

        Raises:
            WatchlistError: it is no watch, or one of another name than its key; what was known of the key
                stays.
        """
        name = (key or b"").decode(errors="replace")
        if value is None:
            self._watches.pop(name, None)
            return
        where = f"topic {WATCHLIST}, key {name!r}"
        try:
            text = value.decode()
        except UnicodeDecodeError as error:
            raise WatchlistError(f"{where}: is not UTF-8; publish it with 'newswatch watch'") from error
        watch, query = parse_entry(text, where)
        if watch.name != name:
            raise WatchlistError(
                f"{where}: holds a watch named {watch.name!r}; publish it with 'newswatch watch'"
            )
        self._watches[name] = (watch, query)

    def watchlist(self) -> Watchlist | None:
        """All of them; None while there is none.

        Raises:
            WatchlistError: two make the same topic.
        """
        return assemble(self._watches.values()) if self._watches else None
