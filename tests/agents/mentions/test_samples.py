"""The labelled samples: that they are what they are said to be, and the rules as good as the docs say."""

from __future__ import annotations

import importlib.util
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest

from streams.docs import DOCS
from streams.records import Claim

_path = Path(__file__).parent / "samples" / "__main__.py"
_spec = importlib.util.spec_from_file_location("mention_samples", _path)
assert _spec is not None
assert _spec.loader is not None
measured = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measured)
HALVES, TRAP = measured.HALVES, measured.TRAP
samples, claims, due, table = measured.samples, measured.claims, measured.due, measured.table


def test_the_samples_are_enough_and_halved() -> None:
    """At least 150 sentences with claims and 40 with dates, each class and each half with its share."""
    claimed = samples("claims.tsv")
    assert len(claimed) >= 150
    assert {sample.fields[0] for sample in claimed} == {*get_args(Claim), TRAP}
    dated = samples("due.tsv")
    assert len(dated) >= 40
    for of_file in (claimed, dated):
        halves = Counter(sample.half for sample in of_file)
        assert min(halves.values()) >= 0.4 * len(of_file)
        assert len({sample.text for sample in of_file}) == len(of_file)
    for sample in dated:
        assert datetime.fromisoformat(sample.fields[0]).tzinfo
        assert sample.fields[1] == "-" or datetime.fromisoformat(sample.fields[1])


@pytest.mark.parametrize("half", HALVES)
def test_claims_are_right(half: str) -> None:
    """In nine sentences of ten; of what is said to be more than affirmed as many."""
    counts = claims(half)
    assert sum(count for (true, found), count in counts.items() if true == found) >= 0.9 * counts.total()
    for label in (*get_args(Claim), TRAP):
        said = sum(count for (_, found), count in counts.items() if found == label)
        assert counts[label, label] >= (0.75 if label == "affirmed" else 0.9) * said


@pytest.mark.parametrize("half", HALVES)
def test_due_dates_are_right(half: str) -> None:
    """In nineteen of twenty."""
    of_half, wrong = due(half)
    assert len(wrong) <= 0.05 * of_half, wrong


def test_the_figures_in_the_docs_are_these() -> None:
    """The decision's tables are what the command prints."""
    page = (DOCS / "decisions" / "0006-claims.md").read_text(encoding="utf-8")
    for line in table().splitlines():
        assert line in page
