"""`newswatch duplicates`: verdicts on rows, without a broker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.options import Json, Rows, settings_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agents.deduplicate.settings import DedupSettings
    from agents.ingest.parse import Limits
    from streams.offline.rows import Row


def duplicates(
    rows: Rows,
    window: Annotated[
        str | None,
        typer.Option(metavar="72h|3d|…", help="How long a row is remembered, by `published`. Default: 72h."),
    ] = None,
    evaluate: Annotated[
        bool,
        typer.Option(
            "--evaluate",
            help="Rows carry their truth in `cluster` (or `story`): print how right the verdicts are.",
        ),
    ] = False,
    worst: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="With --evaluate: so many of the worst errors. Default: 10."),
    ] = 10,
    json: Json = False,
) -> None:
    """Judge each row against those before it: new, exact_duplicate, near_duplicate or update.

    Rows are read as the pipeline reads its input, so `uri`, `headline`, `source` and `published` count, and
    site furniture does not. Prints {"id": …, "status": …, "story_id": …, "duplicate_of": …, "method": …,
    "similarity": …} for each row, in order; one that the pipeline would refuse is `rejected`, with a reason,
    which is a verdict too: the exit code is 0. `compared` tells of the nearest earlier row: how alike, which
    numbers and names are in both or in one, and of a row that is no copy why not (`turned_down`).

    With --evaluate, precision and recall by pairs and by copies, B³ and the worst errors; --json has them as
    a document. A row without its truth ends it with exit code 1.
    """
    from datetime import UTC, datetime

    from agents.deduplicate.settings import DedupSettings
    from agents.ingest.parse import Limits
    from streams.offline.rows import read_rows, write_rows
    from streams.offline.verdicts import verdicts

    settings = settings_from(dedup_window=window)
    limits = Limits(max_text_bytes=settings.max_text_bytes)
    dedup = DedupSettings(window=settings.dedup_window, **settings.dedup_thresholds)
    if evaluate:
        _evaluate(read_rows(rows), dedup, limits, worst, json=json)
        return
    write_rows(
        verdicts(
            read_rows(rows),
            dedup,
            limits,
            arrived=datetime.now(UTC),
        )
    )


def _evaluate(
    rows: Iterable[Row], settings: DedupSettings, limits: Limits, worst: int, *, json: bool
) -> None:
    from datetime import UTC, datetime

    import msgspec

    from streams.offline.verdicts import evaluated
    from streams.why.verdict import facts, why_not

    found = evaluated(rows, settings, limits, arrived=datetime.now(UTC))
    shown = msgspec.structs.replace(found, errors=found.errors[:worst])
    if json:
        typer.echo(msgspec.json.encode(shown))
        return
    typer.echo(f"{found.rows:,} rows, {found.clusters:,} clusters")
    for name, n, precision, recall in (
        ("pairs", found.pairs, found.pairs_precision, found.pairs_recall),
        ("copies", found.copies, found.copies_precision, found.copies_recall),
        ("B\N{SUPERSCRIPT THREE}", found.rows, found.b3_precision, found.b3_recall),
    ):
        typer.echo(f"  {name:<7} P {precision:.3f}  R {recall:.3f}  of {n:,}")
    if found.errors:
        typer.echo(f"{len(found.errors):,} errors{', the worst:' if shown.errors else ''}")
    for error in shown.errors:
        verdict, told = error.verdict, error.verdict.compared
        typer.echo(
            f"  {error.id}: {error.kind}, of {error.other}: {verdict.status} {verdict.method or ''}".rstrip()
        )
        if told:
            typer.echo(f"    jaccard {told.jaccard:.3f}, contained {told.containment:.3f}")
            for line in (*facts(told), *([why_not(told.turned_down)] if told.turned_down else ())):
                typer.echo(f"    {line}")
