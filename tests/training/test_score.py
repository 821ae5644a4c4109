"""Strict scores."""

from __future__ import annotations

import pytest

from training.score import scores


def test_bounds_and_label_must_be_right() -> None:
    """Two of three are; one of them is of the wrong kind."""
    gold = ["B-ORG", "I-ORG", "O", "B-LOC", "O", "B-PERSON"]
    found = ["B-ORG", "I-ORG", "O", "B-ORG", "O", "B-PERSON"]
    measured = scores([(gold, found)])
    assert measured["ORG"] == pytest.approx((1 / 2, 1, 2 / 3))
    assert measured["LOC"] == (0, 0, 0)
    assert measured["all"] == pytest.approx((2 / 3, 2 / 3, 2 / 3))
