"""Strict precision, recall and F of spans."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from training.spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LABELS = ("PERSON", "ORG", "LOC")


def scores(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[str, tuple[float, float, float]]:
    """P, R and F by label and of 'all', of pairs of gold and found BIO tags of a sentence."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for should, does in pairs:
        wanted, got = set(spans(should)), set(spans(does))
        gold.update(mark.label for mark in wanted)
        found.update(mark.label for mark in got)
        right.update(mark.label for mark in wanted & got)
    for counts in (gold, found, right):
        counts["all"] = sum(counts[label] for label in LABELS)
    return {name: _prf(right[name], found[name], gold[name]) for name in (*LABELS, "all")}


def _prf(right: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
