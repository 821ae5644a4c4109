"""From scores to names."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.tags import INSIDE, TAGS, best, names

OUT, B_PERSON, I_PERSON, B_ORG, I_ORG, B_LOC, I_LOC = range(len(TAGS))


def _is_valid(tags: tuple[int, ...] | list[int]) -> bool:
    return all(tag not in INSIDE or before in INSIDE[tag] for before, tag in pairwise((OUT, *tags)))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=7, max_size=7), min_size=1, max_size=4))
def test_no_valid_sequence_scores_higher(rows: list[list[int]]) -> None:
    """Compared with all there are."""
    scores = np.array(rows, dtype=np.float32)
    found = best(scores)
    assert _is_valid(found)
    every = (tags for tags in product(range(len(TAGS)), repeat=len(rows)) if _is_valid(tags))
    assert sum(scores[i, tag] for i, tag in enumerate(found)) == max(
        sum(scores[i, tag] for i, tag in enumerate(tags)) for tags in every
    )


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], []),
        ([OUT, B_PERSON, I_PERSON, OUT, B_LOC], [(1, 3, "PERSON"), (4, 5, "LOC")]),
        ([B_ORG, B_ORG, I_ORG], [(0, 1, "ORG"), (1, 3, "ORG")]),
        ([B_LOC, B_PERSON, OUT], [(0, 1, "LOC"), (1, 2, "PERSON")]),
    ],
)
def test_names_of_tags(tags: list[int], expected: list[tuple[int, int, str]]) -> None:
    """A name ends where the next begins, or where none goes on."""
    assert list(names(tags)) == expected
