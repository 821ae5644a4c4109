"""A pipeline held against known names: by the program's own extraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.entities.evaluate import evaluate
from agents.entities.gold.document import GoldError, Marked
from agents.entities.score import ALL, Span, Tally

if TYPE_CHECKING:
    from spacy.language import Language

    from agents.entities.table import Table

TEXT = "Ukraine’s President Volodymyr Zelenskyy met a Ukrainian general."
GOLD = Marked(TEXT, (Span(0, 9, "LOC"), Span(20, 39, "PER"), Span(46, 55, "MISC"), Span(0, 9, "Weapon")))


def test_it_is_the_extraction_that_the_program_does(nlp: Language, table: Table) -> None:
    """Trimmed, labels as ours; what the gold calls by labels that aren't judged is counted apart."""
    done: list[int] = []
    found = evaluate(nlp, table, [GOLD] * 20, shown=done.append)
    assert found.tallies == {
        "PERSON": Tally(20, 20, 20),
        "LOC": Tally(20, 20, 20),
        ALL: Tally(40, 40, 40),
    }
    assert found.left_out == {"MISC": 20, "Weapon": 20}
    assert (found.words, done) == (160, [8, 16, 20])
    assert found.words_per_second > 0


def test_only_the_labels_asked_for_are_judged(nlp: Language, table: Table) -> None:
    """Under any of their names."""
    assert list(evaluate(nlp, table, [GOLD], labels=["PER"]).tallies) == ["PERSON", ALL]
    apart = evaluate(nlp, table, [GOLD], labels=["LOC", "GPE"], apart=True)
    assert apart.tallies[ALL] == Tally(right=0, found=1, there=1)


@pytest.mark.parametrize(
    ("names", "labels", "says"),
    [
        ((), None, "the texts have no names"),
        ((Span(0, 7, "Weapon"),), None, "the texts have the labels Weapon"),
        ((Span(0, 7, "LOC"),), ["PERSON"], "of these PERSON"),
    ],
)
def test_nothing_to_judge_is_an_error(
    nlp: Language, table: Table, names: tuple[Span, ...], labels: list[str] | None, says: str
) -> None:
    """And not a score of nothing."""
    with pytest.raises(GoldError, match=says):
        evaluate(nlp, table, [Marked(TEXT, names)], labels=labels)
