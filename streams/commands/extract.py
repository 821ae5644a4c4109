"""`newswatch extract`: entities in rows, without a broker."""

from __future__ import annotations

from typing import Annotated

import typer

from streams.commands.options import Rows, end, settings_from, warn


def extract(
    rows: Rows,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME|DIR", help="spaCy pipeline. Default: NEWSWATCH_SPACY_MODEL."),
    ] = None,
) -> None:
    """Find the entities in each row; the text is taken as it is, offsets are code points into it.

    Prints {"id": …, "entities": […]} for each row, in order. A row that
    can't be read has an `error` instead, and the exit code is 1.
    """
    from agents.entities.pipeline import choose
    from agents.entities.table import load_table
    from streams.offline.entities import entities
    from streams.offline.rows import read_rows, write_rows

    settings = settings_from(spacy_model=model)
    choice, nlp = choose(settings.spacy_model, strict=settings.spacy_strict)
    for warning in choice.warnings:
        warn(warning)
    found = entities(read_rows(rows), nlp, load_table(settings.names), batch_size=settings.nlp_batch)
    end(write_rows(found))
