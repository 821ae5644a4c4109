"""A verdict's reasons in words."""

from __future__ import annotations

from typing import get_args

from streams.records import Compared, TurnedDown
from streams.why.verdict import facts, why_not


def test_each_reason_has_its_words() -> None:
    """None is left without, and no two say the same."""
    reasons = get_args(TurnedDown)
    assert len({why_not(reason) for reason in reasons}) == len(reasons) > 0


def test_the_facts_a_line_for_each_list() -> None:
    """Names only where some differ."""
    told = Compared(
        article_id="a", jaccard=0.5, containment=0.9, shared_numbers=("4", "7"), numbers_here=("5",)
    )
    assert list(facts(told)) == ["numbers in both: 4, 7", "numbers only here: 5; only there: none"]
    bare = Compared(article_id="a", jaccard=0.5, containment=0.9, names_there=("Oslo",))
    assert list(facts(bare)) == ["numbers in both: none", "names only here: none; only there: Oslo"]
