"""B³ by hand-reckoned cases, and the floors that the repository's own texts hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.quality.canonical import OURS, bcubed, halves, read_gum, read_ours, resolved, rows

if TYPE_CHECKING:
    from pathlib import Path


def test_bcubed_of_the_paper_s_example() -> None:
    """Bagga and Baldwin (1998), figure 3: twelve mentions, the response joins two of the three chains."""
    gold = "111112233333"
    joined = ["a"] * 5 + ["b"] * 2 + ["b"] * 5
    score = bcubed([(gold, joined)])
    assert (score.n, score.recall) == (12, 1.0)
    assert score.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)


def test_bcubed_of_what_is_apart_and_of_nothing() -> None:
    """Names left apart cost recall only; without a mention there is no score."""
    score = bcubed([("xx", "ab"), ("y", "a")])
    assert (score.precision, score.recall) == (1.0, pytest.approx(2 / 3))
    assert bcubed([]) == (0, 0.0, 0.0)
    assert bcubed([]).f == 0.0


def test_floor_of_the_own_texts() -> None:
    """136 names in 25 texts: no two that differ are merged, and hardly two that are the same kept apart."""
    score = bcubed(resolved(read_ours(OURS)))
    assert score.n >= 136
    assert score.precision >= 0.99
    assert score.f >= 0.98


def test_only_names_are_scored(tmp_path: Path) -> None:
    """A name within a longer mention is not one; an article and a possessive beside it are no part of it."""
    tokens = ["One", "of", "the", "Bank", "of", "England", "'s", "men", "met", "Mark", "Carney", "."]
    mentions = [
        {"chain": "1", "type": "person", "start": 0, "end": 8, "name": [3, 6]},
        {"chain": "2", "type": "organization", "start": 2, "end": 7, "name": [3, 6]},
        {"chain": "3", "type": "person", "start": 9, "end": 11, "name": [9, 11]},
        {"chain": "3", "type": "person", "start": 9, "end": 11, "name": None},
        {"chain": "4", "type": "time", "start": 9, "end": 11, "name": [9, 11]},
    ]
    file = tmp_path / "gum.jsonl"
    file.write_text(json.dumps({"id": "d", "tokens": tokens, "mentions": mentions}) + "\n")
    [document] = read_gum(file)
    assert document.text == "One of the Bank of England's men met Mark Carney."
    assert [mention.text for mention in document.mentions] == ["Bank of England", "Mark Carney"]
    assert document.chains == ("2", "3")
    one, other = halves([document._replace(id=key) for key in "cab"])
    assert [[item.id for item in half] for half in (one, other)] == [["a", "c"], ["b"]]


def test_without_the_corpora_only_the_own_texts_are_a_row(tmp_path: Path) -> None:
    """A folder without the file is none."""
    assert [row.data for row in rows(None)] == ["ours"]
    assert [row.data for row in rows(tmp_path)] == ["ours"]
