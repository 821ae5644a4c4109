"""`newswatch duplicates`: verdicts on rows, without a broker."""

from __future__ import annotations

from typing import Annotated

import typer

from streams.commands.options import Rows, settings_from


def duplicates(
    rows: Rows,
    window: Annotated[
        str | None,
        typer.Option(metavar="72h|3d|…", help="How long a row is remembered, by `published`. Default: 72h."),
    ] = None,
) -> None:
    """Judge each row against those before it: new, exact_duplicate, near_duplicate or update.

    Rows are read as the pipeline reads its input, so `uri`, `headline`, `source` and `published` count, and
    site furniture does not. Prints {"id": …, "status": …, "story_id": …, "duplicate_of": …, "method": …,
    "similarity": …} for each row, in order; one that the pipeline would refuse is `rejected`, with a reason,
    which is a verdict too: the exit code is 0.
    """
    from datetime import UTC, datetime

    from agents.deduplicate.settings import DedupSettings
    from agents.ingest.parse import Limits
    from streams.offline.rows import read_rows, write_rows
    from streams.offline.verdicts import verdicts

    settings = settings_from(dedup_window=window)
    write_rows(
        verdicts(
            read_rows(rows),
            DedupSettings(window=settings.dedup_window, **settings.dedup_thresholds),
            Limits(max_text_bytes=settings.max_text_bytes),
            arrived=datetime.now(UTC),
        )
    )
