"""`newswatch match`: watched terms in rows, without a broker."""

from __future__ import annotations

import typer

from streams.commands.options import Rows, Watchlist, settings_from


def match(rows: Rows, watchlist: Watchlist = None) -> None:
    """Find the watched terms in each row; the text is taken as it is, offsets are code points into it.

    Prints {"id": …, "mentions": […]} for each row, in order; a mention says how it is meant (`claim`) and, of
    a watch with `clock`, the date beside it (`due`), reckoned from the row's `published`, else from now. Exit
    code 1 if a row could not be read; it has an `error`.
    """
    from datetime import UTC, datetime

    from agents.mentions.match import Matcher
    from agents.mentions.watchlist import load
    from streams.offline.mentions import mentions
    from streams.offline.rows import read_rows, write_rows

    matcher = Matcher(load(settings_from(watchlist=watchlist).watchlist))
    errors = write_rows(mentions(read_rows(rows), matcher, arrived=datetime.now(UTC)))
    raise typer.Exit(1 if errors else 0)
