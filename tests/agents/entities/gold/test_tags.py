"""Tags to spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.gold.tags import is_tag, spans


def names(tags: str) -> list[tuple[int, int, str]]:
    """Spans with the tokens' numbers as offsets."""
    each = tags.split()
    return [tuple(span) for span in spans(each, [(at, at + 1) for at in range(len(each))])]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("O B-PER I-PER O", [(1, 3, "PER")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("I-PER I-PER I-ORG O I-ORG", [(0, 2, "PER"), (2, 3, "ORG"), (4, 5, "ORG")]),
        ("B-PER I-ORG", [(0, 1, "PER"), (1, 2, "ORG")]),
        ("S-LOC B-ORG I-ORG E-ORG E-ORG", [(0, 1, "LOC"), (1, 4, "ORG"), (4, 5, "ORG")]),
        ("U-LOC B-ORG L-ORG I-ORG", [(0, 1, "LOC"), (1, 3, "ORG"), (3, 4, "ORG")]),
        ("", []),
    ],
)
def test_the_variants_of_bio(tags: str, expected: list[tuple[int, int, str]]) -> None:
    """IOB1, IOB2, BIOES, BILOU."""
    assert names(tags) == expected


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from(["PER", "ORG"])), max_size=6))
def test_what_is_written_as_bio_is_read_again(parts: list[tuple[int, int, str]]) -> None:
    """Gap, length and label of each name."""
    tags, expected = [], []
    for gap, length, label in parts:
        tags += ["O"] * gap
        expected.append((len(tags), len(tags) + length, label))
        tags += [f"B-{label}", *[f"I-{label}"] * (length - 1)]
    assert names(" ".join(tags)) == expected


def test_what_is_a_tag() -> None:
    """A label may have a hyphen; what lacks one of the parts is none."""
    assert [tag for tag in ("O", "B-PER", "I-creative-work", "B-", "B", "X-PER", "o") if is_tag(tag)] == [
        *("O", "B-PER", "I-creative-work")
    ]
