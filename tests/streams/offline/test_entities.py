"""Entities of rows."""

from __future__ import annotations

import json

import spacy

from agents.entities.table import load_table
from streams.offline.entities import entities
from streams.offline.rows import read_row


def test_rows_keep_their_places_across_batches() -> None:
    """One in error is answered by its error, between two of the same batch and at a batch's edge."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Kyiv"}])  # type: ignore[attr-defined]
    lines = [{"id": n, "text": f"{'é' * n} Kyiv"} if n % 3 else {"id": n, "text": None} for n in range(8)]
    rows = [read_row(n, json.dumps(line).encode()) for n, line in enumerate(lines)]
    answers = list(entities(rows, nlp, load_table(), batch_size=3))
    assert [answer["id"] for answer in answers] == list(range(8))
    assert [answer["id"] for answer in answers if "error" in answer] == [0, 3, 6]
    starts = {answer["id"]: answer["entities"][0].start for answer in answers if "entities" in answer}
    assert starts == {n: n + 1 for n in range(8) if n % 3}
