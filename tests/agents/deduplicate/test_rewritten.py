"""Where a word was changed or a sentence written anew, and what that says."""

from __future__ import annotations

import pytest

from agents.deduplicate.rewritten import Place, says_the_opposite
from agents.deduplicate.spelling import word_key


def _keys(text: str) -> list[int]:
    return [word_key(word) for word in text.lower().split()]


@pytest.mark.parametrize(
    ("ours", "theirs", "places", "expected"),
    [
        ("they agreed on it", "they rejected on it", [(1, 2, 1, 2)], True),
        ("they agreed on it", "they failed to agree on it", [(1, 2, 1, 4)], True),
        ("the club will appeal", "the club has dropped its appeal", [(2, 3, 2, 5)], True),
        ("the man was set free today", "the man stays behind closed bars", [(2, 6, 2, 6)], False),
        ("the man was set free today", "the man stays behind bars today", [(2, 5, 2, 5)], True),
        ("it is not safe to drink", "it is contaminated they said", [(2, 6, 2, 5)], False),
        ("he left", "he left after they called off a strike", [(2, 2, 2, 8)], False),
    ],
)
def test_opposites(ours: str, theirs: str, places: list[Place], expected: bool) -> None:
    """Either way round; a denial in both, or in what was only added, turns nothing."""
    assert says_the_opposite(_keys(ours), _keys(theirs), places) is expected
    swapped = [(c, d, a, b) for a, b, c, d in places]
    assert says_the_opposite(_keys(theirs), _keys(ours), swapped) is expected


def test_what_is_less_than_a_shingle_apart_is_one_sentence() -> None:
    """'found' and 'guilty' are three words apart."""
    ours, theirs = _keys("jury found the ex mayor guilty"), _keys("jury cleared the ex mayor")
    assert says_the_opposite(ours, theirs, [(1, 2, 1, 2), (5, 6, 5, 5)])
