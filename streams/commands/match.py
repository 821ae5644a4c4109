"""`newswatch match`: watched terms in rows, without a broker."""

from __future__ import annotations

from streams.commands.options import Rows, Watchlist, end, settings_from


def match(rows: Rows, watchlist: Watchlist = None) -> None:
    """Find the watched terms in each row; the text is taken as it is, offsets are code points into it.

    Prints {"id": …, "mentions": […]} for each row, in order; a mention says how it is meant (`claim`) and,
    of a watch with `clock`, the date beside it (`due`), from the row's `published`, else from now. A row
    that can't be read has an `error` instead, and the exit code is 1.
    """
    from datetime import UTC, datetime

    from agents.mentions.match import Matcher
    from agents.mentions.watchlist import load
    from streams.offline.mentions import mentions
    from streams.offline.rows import read_rows, write_rows

    matcher = Matcher(load(settings_from(watchlist=watchlist).watchlist))
    end(write_rows(mentions(read_rows(rows), matcher, arrived=datetime.now(UTC))))
