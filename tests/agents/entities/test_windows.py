"""Windows over sentences: nothing is lost, nothing counts twice, none is too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.entities.windows import LONGEST_WORD, OVERLAP, WINDOW, Window, windows

SENTENCES = st.lists(st.lists(st.integers(1, LONGEST_WORD), min_size=1, max_size=150), max_size=12)


def test_sentences_share_a_window_while_they_fit() -> None:
    """Three sentences of 60 pieces: two, then one."""
    assert list(windows([10] * 18, [(0, 6), (6, 12), (12, 18)])) == [
        Window(0, 12, 0, 12),
        Window(12, 18, 12, 18),
    ]


def test_a_long_sentence_is_cut_with_what_both_parts_see() -> None:
    """Each word counts in the window in which more stands around it."""
    assert list(windows([1] * 200, [(0, 200)])) == [
        Window(0, WINDOW, 0, WINDOW - OVERLAP // 2),
        Window(WINDOW - OVERLAP, 200, WINDOW - OVERLAP // 2, 200),
    ]


def test_no_words_no_windows() -> None:
    """An empty text has none."""
    assert list(windows([], [])) == []


@given(SENTENCES)
def test_every_word_counts_once(sizes: list[list[int]]) -> None:
    """In order, in a window that holds it and is no longer than the network takes."""
    flat = [size for sentence in sizes for size in sentence]
    ends = [sum(len(s) for s in sizes[: i + 1]) for i in range(len(sizes))]
    made = list(windows(flat, list(zip([0, *ends], ends, strict=False))))
    assert [i for w in made for i in range(w.first, w.last)] == list(range(len(flat)))
    assert all(w.start <= w.first <= w.last <= w.end for w in made)
    assert all(sum(flat[w.start : w.end]) <= WINDOW for w in made)
