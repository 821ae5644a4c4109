"""Frequent words, which tell little however long they are."""

from __future__ import annotations

from itertools import pairwise

from agents.mentions.query.frequent import FREQUENT
from agents.mentions.query.required import frequency
from agents.mentions.spellings import Unit


def test_the_list_is_compared_with_words_in_small_letters() -> None:
    """One that is spelt otherwise would never be met."""
    assert {word for word in FREQUENT if not (word.isalpha() and word.islower())} == set()


def test_a_frequent_word_is_commoner_than_any_other_however_short() -> None:
    """And beside a rare one it makes a phrase rarer, but less than a rare word would."""
    texts = ["international", "war", "truce", "international truce", "lasting truce"]
    estimates = [frequency(Unit(text)) for text in texts]
    assert estimates[0] == estimates[1]
    assert all(more > less for more, less in pairwise(estimates[1:]))
