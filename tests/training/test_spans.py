"""BIO tags and spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from training.spans import Marked, spans, tagged


def test_an_i_without_its_b_begins_a_name() -> None:
    """As some corpora have it."""
    assert list(spans(["I-LOC", "I-LOC", "I-ORG", "O", "B-ORG", "B-ORG"])) == [
        Marked(0, 2, "LOC"),
        Marked(2, 3, "ORG"),
        Marked(4, 5, "ORG"),
        Marked(5, 6, "ORG"),
    ]


@given(st.lists(st.sampled_from(["O", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "?"])))
def test_spans_survive_there_and_back(tags: list[str]) -> None:
    """Tags made of spans have these spans."""
    found = list(spans(tags))
    assert list(spans(tagged(len(tags), found))) == found
