"""Whether one text says the opposite of another where a word was changed or a sentence written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.deduplicate.opposite import turned, turned_about
from agents.deduplicate.shingles import SHINGLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TURNING_PLACE = 6
"""Words of a place in which one alone can turn the meaning: in a new sentence 'not' means nothing."""
TURNING_ADDED = 2
"""By so many words one may be longer there than the other: 'agreed', 'did not agree'."""
SENTENCE, LONGEST_LEAD = 20, 40
"""Words of a place in which a phrase can turn the meaning: a sentence that was written anew, or a lead."""
LENGTHENED = 5
"""By so many words one wording of a sentence may be longer, or by as many as the other has."""
SHORTEST_LEAD = 10
"""Words; fewer above a text are a dateline, or whose text it is."""
BESIDE = 2
"""Words on either side of a place that a phrase may reach into: 'dropped its' appeal."""
Place = tuple[int, int, int, int]
"""Half-open ranges of words in both texts."""


def says_the_opposite(ours: Sequence[int], theirs: Sequence[int], places: Sequence[Place]) -> bool:
    """Whether it does at one of the places that differ.

    Args:
        ours: keys of all words of one text, in order.
        theirs: the same of the other.
        places: in order.
    """
    for a, b, c, d in places:
        if _is_short(a, b, c, d) and turned(*_only(ours[a:b], theirs[c:d])):
            return True
    for a, b, c, d in _joined(places):
        if _is_rewritten(a, b, c, d) and turned_about(
            ours[max(0, a - BESIDE) : b + BESIDE], theirs[max(0, c - BESIDE) : d + BESIDE]
        ):
            return True
    return False


def _is_short(a: int, b: int, c: int, d: int) -> bool:
    return max(b - a, d - c) <= TURNING_PLACE and abs((b - a) - (d - c)) <= TURNING_ADDED


def _is_rewritten(a: int, b: int, c: int, d: int) -> bool:
    shorter, longer = sorted((b - a, d - c))
    if not a and not c and shorter >= SHORTEST_LEAD:
        return longer <= LONGEST_LEAD
    return shorter > 0 and longer <= SENTENCE and longer - shorter <= max(LENGTHENED, longer // 2)


def _only(ours: Sequence[int], theirs: Sequence[int]) -> tuple[list[int], list[int]]:
    """The words of each that the other has not, each as often."""
    gone, come = list(ours), list(theirs)
    if len(gone) == 1 == len(come):
        return gone, come  # The one word is another, or there were no place.
    for key in ours:
        if key in come:
            gone.remove(key)
            come.remove(key)
    return gone, come


def _joined(places: Iterable[Place]) -> Iterator[Place]:
    """The places, those that are less than a shingle apart as one."""
    last: Place | None = None
    for a, b, c, d in places:
        if last and a - last[1] < SHINGLE_WORDS and c - last[3] < SHINGLE_WORDS:
            last = last[0], b, last[2], d
        else:
            if last:
                yield last
            last = a, b, c, d
    if last:
        yield last
