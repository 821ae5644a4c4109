"""Precision, recall and F over spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.score import ALL, Judged, Span, Tally, judge, judgeable, label_of, tally

LABELS = ("PERSON", "ORG", "LOC")
TEXT = "x" * 40
spans = st.lists(
    st.builds(
        lambda start, length, label: Span(start, start + length, label),
        st.integers(0, 30),
        st.integers(1, 9),
        st.sampled_from(LABELS),
    ),
    max_size=12,
)
texts = st.lists(st.tuples(spans, spans), max_size=5)


def scored(pairs: list[tuple[list[Span], list[Span]]]) -> dict[str, Tally]:
    return tally(judge(TEXT, gold, found, LABELS) for gold, found in pairs)


def test_the_counts_of_a_small_case() -> None:
    """One right, one with another label, one too long, one missed."""
    gold = [Span(0, 4, "PERSON"), Span(5, 9, "ORG"), Span(10, 14, "LOC"), Span(20, 24, "LOC")]
    found = [Span(0, 4, "PERSON"), Span(5, 9, "LOC"), Span(10, 15, "LOC")]
    assert scored([(gold, found)]) == {
        "PERSON": Tally(right=1, found=1, there=1),
        "ORG": Tally(right=0, found=0, there=1),
        "LOC": Tally(right=0, found=2, there=2),
        ALL: Tally(right=1, found=3, there=4),
    }


def test_scores_are_as_defined() -> None:
    """And none where there is nothing to divide by: no name is not a score of 0."""
    one = Tally(right=3, found=4, there=6)
    assert (one.precision, one.recall, one.f) == (0.75, 0.5, 0.6)
    nothing = Tally()
    assert (nothing.precision, nothing.recall, nothing.f) == (None, None, None)
    assert (Tally(0, 0, 2).precision, Tally(0, 0, 2).recall, Tally(0, 0, 2).f) == (None, 0.0, 0.0)
    assert tally([]) == {ALL: Tally()}


@given(texts)
def test_what_is_the_same_is_all_right(pairs: list[tuple[list[Span], list[Span]]]) -> None:
    """Precision and recall are 1 for the gold itself, in any order, each name once."""
    for one in scored([(gold, [*gold, *gold[::-1]]) for gold, _ in pairs]).values():
        assert one.right == one.found == one.there


@given(texts)
def test_turning_round_swaps_precision_and_recall(pairs: list[tuple[list[Span], list[Span]]]) -> None:
    """And leaves F."""
    there, back = scored(pairs), scored([(found, gold) for gold, found in pairs])
    assert there.keys() == back.keys()
    for label, one in there.items():
        assert (one.precision, one.recall, one.f) == (
            back[label].recall,
            back[label].precision,
            back[label].f,
        )


@given(texts)
def test_the_sum_is_the_sum_of_the_labels(pairs: list[tuple[list[Span], list[Span]]]) -> None:
    """Micro average; and F lies between precision and recall."""
    tallies = scored(pairs)
    total = tallies.pop(ALL)
    for name in Tally._fields:
        assert getattr(total, name) == sum(getattr(one, name) for one in tallies.values())
    if total.precision is not None and total.recall is not None and total.f is not None:
        low, high = sorted((total.precision, total.recall))
        assert low - 1e-12 <= total.f <= high + 1e-12


@given(texts, spans)
def test_a_false_name_never_helps(pairs: list[tuple[list[Span], list[Span]]], more: list[Span]) -> None:
    """F with names added that aren't there is no higher."""
    false = [(gold, [*found, *(one for one in more if one not in gold)]) for gold, found in pairs]
    with_false, without = scored(false)[ALL].f, scored(pairs)[ALL].f
    assert (with_false or 0.0) <= (without or 0.0)


@pytest.mark.parametrize(
    ("text", "gold", "found"),
    [
        ("the United Nations", (0, 18), (4, 18)),
        ("The Hague", (0, 9), (4, 9)),
        ("THE UNITED NATIONS", (0, 18), (4, 18)),
        ("Trump's plan", (0, 7), (0, 5)),
        ("Trump’s plan", (0, 7), (0, 5)),
        ("Trump 's plan", (0, 8), (0, 5)),
        ("the Philippines' coast", (0, 16), (4, 15)),
    ],
)
def test_conventions_are_no_errors(text: str, gold: tuple[int, int], found: tuple[int, int]) -> None:
    """An article or a possessive may be taken along, by either side."""
    for one, other in ((gold, found), (found, gold)):
        judged = judge(text, [Span(*one, "GPE")], [Span(*other, "LOC")], ["LOC"])
        assert (len(judged.right), judged.false, judged.missed) == (1, frozenset(), frozenset())


@pytest.mark.parametrize("text", ["Theresa May", "the", "'s", "Thessaly", "McDonald"])
def test_what_only_looks_like_one_stays(text: str) -> None:
    """A name that begins with 'The', and one that would be empty."""
    whole = Span(0, len(text), "ORG")
    assert judge(text, [whole], [whole], ["ORG"]).right == {whole}


def test_places_are_one_label_unless_asked_for_apart() -> None:
    """A city found as a region is right, or an error."""
    gold, found = [Span(0, 4, "GPE")], [Span(0, 4, "FAC")]
    assert tally([judge(TEXT, gold, found, ["LOC"])])[ALL] == Tally(1, 1, 1)
    apart = judge(TEXT, gold, found, ["GPE", "LOC", "FAC"], apart=True)
    assert apart == Judged(frozenset(), frozenset(found), frozenset(gold))


def test_labels_have_other_names_elsewhere() -> None:
    """And of those that nobody here gives, or that mean something else in each corpus, none is judged."""
    assert [label_of(name) for name in ("PER", "Organisation", "gpe", "FAC")] == [
        *("PERSON", "ORG", "LOC", "LOC")
    ]
    assert label_of("Gpe", apart=True) == "GPE"
    assert judgeable(["PERSON", "MISC", "WEAPON"]) == {"PERSON"}
    judged = judge(TEXT, [Span(0, 4, "MISC")], [Span(5, 9, "NORP")], ["PERSON"])
    assert judged == Judged(frozenset(), frozenset(), frozenset())
