"""Hold what the matcher found against the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.mentions import naive

if TYPE_CHECKING:
    from agents.mentions.text import Text
    from agents.mentions.watchlist import Watchlist
    from streams.records import Mention


def missed(
    watchlist: Watchlist, text: Text, found: tuple[Mention, ...], *, most: int | None = None
) -> list[str]:
    """The watches for which the oracle finds other mentions than were found, by name."""
    differ = set(found) ^ set(naive.mentions(watchlist, text, most=most))
    return sorted({mention.watch for mention in differ})
