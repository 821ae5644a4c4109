"""Verdicts against a known truth."""

from __future__ import annotations

import pytest

from agents.deduplicate.evaluate import Agreement, Judged, agreement
from streams.records import Compared, Verdict


def _row(id: str, cluster: str, of: str | None = None, near: float = 0.0) -> Judged:  # noqa: A002
    beside = Compared(article_id="x", jaccard=near, containment=near) if near else None
    status = "near_duplicate" if of else "new"
    verdict = Verdict(status=status, story_id=of or id, duplicate_of=of, compared=beside)  # type: ignore[arg-type]
    return Judged(id, id, cluster, verdict)


def _scores(found: Agreement) -> tuple[float, ...]:
    return (found.pairs_precision, found.pairs_recall, found.copies_precision, found.copies_recall)


def test_all_right() -> None:
    """Two clusters, each copy named."""
    found = agreement([_row("a", "1"), _row("b", "1", "a"), _row("c", "2"), _row("d", "1", "b")])
    assert _scores(found) == (1, 1, 1, 1)
    assert (found.pairs, found.copies, found.b3_precision, found.b3_recall, found.errors) == (3, 2, 1, 1, ())


def test_a_missed_copy_and_a_false_one() -> None:
    """Each lowers its own score; the false one comes first among the errors."""
    rows = [_row("a", "1"), _row("b", "1", near=0.6), _row("c", "2", "a"), _row("d", "1", "a")]
    found = agreement(rows)
    # Said: a-c, a-d, c-d. True: a-b, a-d, b-d.
    assert _scores(found) == pytest.approx((1 / 3, 1 / 3, 1 / 2, 1 / 2))
    assert [(error.id, error.kind, error.other) for error in found.errors] == [
        ("c", "false copy", "a"),
        ("b", "missed", "a"),
    ]


def test_the_nearest_miss_is_the_worst() -> None:
    """It is the one that a threshold decides."""
    found = agreement([_row("a", "1"), _row("b", "1", near=0.3), _row("c", "1", near=0.69)])
    assert [error.id for error in found.errors] == ["c", "b"]


def test_an_opposite_that_goes_on_in_the_story_is_no_copy() -> None:
    """Its story is the other's, its group is its own."""
    denial = Judged("b", "b", "2", Verdict(status="new", story_id="a"))
    assert _scores(agreement([_row("a", "1"), denial])) == (1, 1, 1, 1)


def test_a_rejected_row_is_missed() -> None:
    """It has no id to be named by, and is not taken for the next rejected one."""
    refused = [Judged(i, "", "1", Verdict(status="rejected", story_id="")) for i in (2, 3)]
    found = agreement([_row("a", "1"), *refused])
    assert (found.copies_recall, len(found.errors), found.pairs_precision) == (0, 2, 1)


def test_nothing_to_find() -> None:
    """No division by nothing."""
    assert _scores(agreement([])) == (1, 1, 1, 1)
