"""Shingles are sets of short word runs, hashed the same everywhere."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.shingles import SHINGLE_WORDS, distinct, shingles
from agents.ingest.identity import normalised_words

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=3), max_size=40)


def test_hashes_never_change() -> None:
    """They are kept in tables: another value here means that remembered articles are lost."""
    assert shingles("the talks end in Geneva today".lower().split()).tolist() == [183925566, 996114209]


def test_few_words_stand_for_themselves() -> None:
    """A text shorter than one shingle still has something to compare."""
    assert len(shingles(["oil", "price", "rises"])) == 3
    assert len(shingles([])) == 0


@given(WORDS)
def test_as_many_as_there_are_different_runs(words: list[str]) -> None:
    """Against the definition: distinct runs of SHINGLE_WORDS words, or the words where there are fewer."""
    width = SHINGLE_WORDS if len(words) >= SHINGLE_WORDS else 1
    runs = {tuple(words[i : i + width]) for i in range(len(words) - width + 1)}
    assert len(runs) == len(shingles(words))


def test_order_counts() -> None:
    """The same words in another order are another text."""
    assert not np.intersect1d(shingles("a b c d e".split()), shingles("b a c d e".split())).size  # noqa: SIM905


@given(st.text())
def test_any_text_can_be_hashed(text: str) -> None:
    """Whatever Unicode holds, the result is sorted and each once."""
    found = shingles(normalised_words(text)).tolist()
    assert sorted(set(found)) == found


def test_lone_surrogates_can_be_hashed() -> None:
    """They can't be encoded as plain UTF-8."""
    assert len(shingles(["\ud800"])) == 1


@given(st.lists(st.integers(0, 50)))
def test_distinct_is_a_sorted_set(values: list[int]) -> None:
    """As Python's own set."""
    assert sorted(set(values)) == distinct(np.array(values, np.uint32)).tolist()
