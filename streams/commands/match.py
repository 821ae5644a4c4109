"""`newswatch match`: watched terms in rows, without a broker."""

from __future__ import annotations

from streams.commands.options import Rows, Watchlist, end, settings_from, warn


def match(rows: Rows, watchlist: Watchlist = None) -> None:
    """Find the watched terms in each row; the text is taken as it is, offsets are code points into it.

    Prints {"id": …, "mentions": […]} for each row, in order; a mention says how it is meant (`claim`) and,
    of a watch with `clock`, the date beside it (`due`), from the row's `published`, else from now. Where a
    watch with entities in its scope finds something, they are looked for with the spaCy pipeline. A row
    that can't be read has an `error` instead, and the exit code is 1.
    """
    from datetime import UTC, datetime

    from agents.mentions.match import Matcher
    from agents.mentions.watchlist import load
    from streams.offline.entities import asking
    from streams.offline.mentions import mentions
    from streams.offline.rows import read_rows, write_rows

    settings = settings_from(watchlist=watchlist)
    watches = load(settings.watchlist)
    asked = asking(watches, settings, warn)
    found = mentions(read_rows(rows), Matcher(watches), arrived=datetime.now(UTC), asking=asked)
    end(write_rows(found))
