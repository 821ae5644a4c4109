"""The watchlist in force, and what the steps make of it: a new one counts for all of them or for none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from agents.mentions.watchlist import Watchlist

T = TypeVar("T")


class Made(Generic[T]):
    """What a step made of the watchlist in force."""

    def __init__(self, make: Callable[[Watchlist], T], watchlist: Watchlist) -> None:
        self.make = make
        self.now = make(watchlist)


class InForce:
    """Holds the watchlist that counts now."""

    def __init__(self, watchlist: Watchlist) -> None:
        self.watchlist = watchlist
        self._made: list[Made[Any]] = []
        self._told: list[Callable[[Watchlist], None]] = []

    def made(self, make: Callable[[Watchlist], T]) -> Made[T]:
        """What `make` makes of the watchlist: look at `now` each time, for it changes with the watchlist.

        Later ones are made in a thread, for it may take time (a matcher of 100,000 watches needs a minute).
        """
        made = Made(make, self.watchlist)
        self._made.append(made)
        return made

    def tell(self, told: Callable[[Watchlist], None]) -> None:
        """Call `told` with the watchlist in force, now and whenever another has come into force."""
        self._told.append(told)
        told(self.watchlist)

    async def change(self, watchlist: Watchlist) -> None:
        """Put another watchlist in force; if a step can't take it, the old one stays for all.

        Raises:
            Exception: whatever the step raised.
        """
        ready = [(made, await asyncio.to_thread(made.make, watchlist)) for made in self._made]
        for made, value in ready:
            made.now = value
        self.watchlist = watchlist
        for told in self._told:
            told(watchlist)
