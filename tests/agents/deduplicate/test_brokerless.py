"""Verdicts over a row of articles, without a broker."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

from agents.deduplicate.brokerless import verdicts
from agents.deduplicate.settings import DedupSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import MakeArticle

    from streams.records import Rejection


def test_an_endless_row_is_judged_as_it_comes(article: MakeArticle) -> None:
    """One verdict for one article, before the next is asked for."""
    row = (article(n, f"the same {n % 3} words in all of these texts") for n in count())
    statuses = [verdict.status for verdict in islice(verdicts(row), 7)]
    assert statuses == ["new"] * 3 + ["exact_duplicate"] * 4


def test_settings_are_obeyed(article: MakeArticle) -> None:
    """What falls out of the memory is new again."""
    texts = (
        ["one two three four five"] * 2 + [f"{n} filler {n}" for n in range(20)] + ["one two three four five"]
    )
    row = [article(n, text, own=False) for n, text in enumerate(texts)]
    few = [verdict.status for verdict in verdicts(row, DedupSettings(max_articles=10, redeliveries=9))]
    assert (few[1], few[-1]) == ("exact_duplicate", "new")
    assert [verdict.status for verdict in verdicts(row)][-1] == "exact_duplicate"


def test_a_rejection_has_its_verdict_in_the_row(
    article: MakeArticle, rejection: Callable[[int], Rejection]
) -> None:
    """One for each input, so rows and verdicts can be laid side by side."""
    row = [article(0, "one two three four"), rejection(1), article(2, "one two three four")]
    assert [verdict.status for verdict in verdicts(row)] == ["new", "rejected", "exact_duplicate"]
