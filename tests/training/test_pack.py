"""Sentences to windows, windows to batches."""

from __future__ import annotations

import random

import pytest

from agents.entities import shapes
from training.clean import DOUBTFUL
from training.corpora import Sentence
from training.pack import BATCH, END, START, TAGS, TWEET, WINDOW, Window, batches, windows


def _pieces(word: str) -> list[int]:
    return [1000 + i for i in range(len(word))]


def _sentence(size: int, corpus: str = "gum") -> Sentence:
    return Sentence(("Ab",) * size, ("B-LOC",) + ("O",) * (size - 1), corpus, "d")


def test_a_window_has_the_tag_at_the_first_piece_and_the_shape_at_all() -> None:
    """Start and end have neither."""
    sentence = Sentence(("Kyiv", "is", "X"), ("B-LOC", "O", DOUBTFUL), "gum", "d")
    (made,) = windows([sentence], _pieces, random.Random(1))
    o, loc = TAGS.index("O"), TAGS.index("B-LOC")
    assert made == Window(
        (START, 1000, 1001, 1002, 1003, 1000, 1001, 1000, END),
        (shapes.NONE, *[shapes.TITLE] * 4, *[shapes.LOWER] * 2, shapes.INITIAL, shapes.NONE),
        (-1, loc, -1, -1, -1, o, -1, -1, -1),
        (0.0, *[1.0] * 7, 0.0),
    )


def test_tweets_weigh_half() -> None:
    """They are the least like news."""
    (made,) = windows([_sentence(3, "btc")], _pieces, random.Random(1))
    assert set(made.weights[1:-1]) == {TWEET}


def test_no_window_is_too_long_and_no_piece_is_lost() -> None:
    """Whether sentences are packed, alone or cut."""
    sizes = [3, 20, 200, 1, 60, 70]
    made = list(windows([_sentence(size) for size in sizes], _pieces, random.Random(2)))
    assert all(len(window.ids) <= WINDOW for window in made)
    assert sum(len(window.ids) - 2 for window in made) == 2 * sum(sizes)
    assert len(made) > 2


def test_about_half_are_packed() -> None:
    """A sentence follows the one before in its window half of the time."""
    made = list(windows([_sentence(5)] * 1000, _pieces, random.Random(3)))
    assert len(made) == pytest.approx(550, abs=60)


def test_batches_hold_every_window_once_and_no_more_than_they_may() -> None:
    """Padding counts."""
    chance = random.Random(4)
    found = list(windows([_sentence(chance.randint(1, 40)) for _ in range(300)], _pieces, chance))
    made = batches(found, chance)
    assert sorted(w.ids for batch in made for w in batch) == sorted(w.ids for w in found)
    assert all(max(len(w.ids) for w in batch) * len(batch) <= BATCH for batch in made)
