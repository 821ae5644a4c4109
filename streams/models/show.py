"""Pipelines and their scores, for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.table import Table

from agents.entities.score import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agents.entities.catalogue import Available
    from agents.entities.choice import Choice
    from agents.entities.evaluate import Evaluation
    from agents.entities.gold.document import Marked
    from agents.entities.score import Tally

MB = 1e6


def row(one: Available, choice: Choice | None) -> dict[str, Any]:
    """What `models list --json` has of a pipeline."""
    used = choice is not None and choice.name == one.name
    return {
        "name": one.name,
        "version": choice.version if choice is not None and used else one.version,
        "kind": one.kind,
        "mb": round(one.bytes / MB, 1),
        "labels": list(one.labels),
        "in_use": used,
        "why": choice.why if choice is not None and used else None,
    }


def listed(rows: Sequence[dict[str, Any]]) -> Table:
    """The table of `models list`."""
    table = Table("", "name", "version", "MB", "labels")
    for one in rows:
        labels = " ".join(one["labels"]) or "it doesn't say"
        table.add_row("*" if one["in_use"] else "", one["name"], one["version"], f"{one['mb']:.1f}", labels)
    return table


def scores(tallies: dict[str, Tally]) -> dict[str, dict[str, float | int | None]]:
    """By label: shares of 1, or null where there was nothing to divide by, and counts of names."""
    return {
        label: {
            "precision": _rounded(one.precision),
            "recall": _rounded(one.recall),
            "f": _rounded(one.f),
            "names": one.there,
            "found": one.found,
            "right": one.right,
        }
        for label, one in tallies.items()
    }


def scored(tallies: dict[str, Tally]) -> Table:
    """The table of `models evaluate`."""
    table = Table("label")
    for column in ("P", "R", "F", "n", "found", "right"):
        table.add_column(column, justify="right")
    for label, one in tallies.items():
        if label == ALL:
            table.add_section()
        shares = (_shown(share) for share in (one.precision, one.recall, one.f))
        table.add_row(label, *shares, f"{one.there:,}", f"{one.found:,}", f"{one.right:,}")
    return table


def errors(documents: Sequence[Marked], evaluation: Evaluation, most: int) -> Iterator[dict[str, Any]]:
    """The names most often missed or found where there are none, the most frequent first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for document, judged in zip(documents, evaluation.judged, strict=True):
        for kind, spans in (("missed", judged.missed), ("false", judged.false)):
            counts.update((kind, span.label, document.text[span.start : span.end]) for span in spans)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    for (kind, label, text), count in ordered[:most]:
        yield {"error": kind, "label": label, "text": text, "count": count}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _shown(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"
