"""What one text says in place of another: two texts laid side by side, and the facts that differ.

Runs of shared shingles are the anchors, as in Cohen's patience diff; what lies between two of them was
changed, added or left out. A form filled in anew differs in its facts at many places; a copy with
furniture around it, or with sentences of its own, at hardly any, however much was added.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.deduplicate.likeness import as_names, word_ids
from agents.deduplicate.rewritten import SHORTEST_LEAD, Place, says_the_opposite
from agents.deduplicate.shingles import SHINGLE_WORDS
from agents.deduplicate.spelling import DATE, KIND_BITS, NAME, NUMBER, word_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from agents.deduplicate.likeness import Fingerprint

WORD_BY_WORD = 64
"""Words up to which texts are laid side by side word by word; of longer ones that would take milliseconds."""
LONGEST_PLACE = 40
"""Words changed in one place: more is another paragraph, which has facts of its own."""
LEAD = 25
"""Words of a first sentence: a follow-up repeats the background of yesterday's story, never its lead."""
_LOW = (1 << KIND_BITS) - 1
_FACTS = frozenset({NAME, DATE, NUMBER})


class Changes(NamedTuple):
    """Two texts side by side."""

    words: int
    """Words in both, at the same place."""
    numbers: int
    """Numbers of one that stand where the other has others."""
    dates: int
    """Weekdays and months, likewise."""
    names: int
    kept_numbers: int
    kept_dates: int
    kept_names: int
    lead: float
    """Share of the first `LEAD` words that is in the other text as well; of the text with less of it."""
    above: Above
    """What differs before the first words that are the same."""
    keys: tuple[list[int], list[int]]
    """Of all words of both texts."""
    places: list[Place]
    """Where they differ."""

    @property
    def opposite(self) -> bool:
        """Whether one says somewhere the opposite of what stands there in the other."""
        return says_the_opposite(*self.keys, self.places)


class Above(NamedTuple):
    """The leads of two texts where they differ, up to the first words that both have."""

    anew: bool = False
    """Most of its words are other: it was written anew."""
    numbers: int = 0
    """Numbers, dates and names of one that stand where the other has others, as they are in `Changes`."""
    dates: int = 0
    names: int = 0
    against: int = 0
    """Numbers above twelve that are nowhere in the other text, of the one that has fewer of them."""
    against_dates: int = 0


def changes(one: Fingerprint, other: Fingerprint) -> Changes:
    """Lay two texts side by side; the order does not matter."""
    ours, theirs = one.words, other.words
    our_ids, their_ids = word_ids(ours), word_ids(theirs)
    # What is a name in one text is one in the other, where it may stand at the start of a sentence.
    ours, theirs = _with_names_of(ours, theirs), _with_names_of(theirs, ours)
    kept, kept_there = np.zeros(len(ours), np.bool_), np.zeros(len(theirs), np.bool_)
    changed, beside = [0, 0, 0, 0], [0, 0, 0, 0]
    above = Above()
    our_keys, their_keys = ours.tolist(), theirs.tolist()
    places = list(_places(one, other, our_ids, their_ids, (kept, kept_there)))
    # Of a phrase that recurs the first place is found, so what lies behind it may be in both, elsewhere.
    places = [
        (a, b, c, d)
        for a, b, c, d in places
        if not ((a < b and kept[a:b].all()) or (c < d and kept_there[c:d].all()))
    ]
    for a, b, c, d in places:
        if not (0 < b - a <= LONGEST_PLACE and 0 < d - c <= LONGEST_PLACE):
            continue
        gone, come = our_keys[a:b], their_keys[c:d]
        for key in our_keys[a:b]:
            if key in come:
                beside[key & _LOW] += 1
                gone.remove(key)
                come.remove(key)
        if not gone or not come:
            continue
        here, there = [key & _LOW for key in gone], [key & _LOW for key in come]
        for kind in _FACTS.intersection(here):
            changed[kind] += min(here.count(kind), there.count(kind))
        if not a and not c:
            anew = min(b - a, d - c) >= SHORTEST_LEAD and 2 * len(gone) > b - a and 2 * len(come) > d - c
            above = Above(anew, changed[NUMBER], changed[DATE], changed[NAME])
            if changed[NUMBER] or changed[DATE]:
                above = _held_against(above, _unknown(gone, their_keys), _unknown(come, our_keys))
    kinds = np.bincount(ours[kept] & _LOW, minlength=4).tolist()
    return Changes(
        words=int(np.count_nonzero(kept)) + sum(beside),
        numbers=changed[NUMBER],
        dates=changed[DATE],
        names=changed[NAME],
        kept_numbers=kinds[NUMBER] + beside[NUMBER],
        kept_dates=kinds[DATE] + beside[DATE],
        kept_names=kinds[NAME] + beside[NAME],
        lead=float(min(kept[:LEAD].mean(), kept_there[:LEAD].mean())),
        above=above,
        keys=(our_keys, their_keys),
        places=places,
    )


def _unknown(keys: list[int], others: list[int]) -> list[int]:
    """Kinds of the facts not among the others; 'two days' and 'one of five' stand against nothing."""
    return [key & _LOW for key in keys if key & DATE and key not in _small() and key not in others]


def _held_against(above: Above, here: list[int], there: list[int]) -> Above:
    return above._replace(
        against=min(here.count(NUMBER), there.count(NUMBER)),
        against_dates=min(here.count(DATE), there.count(DATE)),
    )


@cache
def _small() -> frozenset[int]:
    return frozenset(word_key(str(number)) for number in range(1, 13))


def _with_names_of(ours: NDArray[np.uint32], theirs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return as_names(ours, theirs[(theirs & _LOW) == NAME])


def _places(
    one: Fingerprint,
    other: Fingerprint,
    our_ids: NDArray[np.uint32],
    their_ids: NDArray[np.uint32],
    kept: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Iterator[Place]:
    """Places that differ, as half-open ranges of words in both texts; marks in `kept` what does not."""
    shorter, longer = sorted((len(our_ids), len(their_ids)))
    if shorter <= WORD_BY_WORD and longer <= 4 * WORD_BY_WORD:
        matcher = SequenceMatcher(None, our_ids.tolist(), their_ids.tolist(), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                kept[0][a:b] = kept[1][c:d] = True
            else:
                yield a, b, c, d
        return
    mine, its = one.shingle_hashes(), other.shingle_hashes()
    order = np.argsort(its, kind="stable")
    sorted_its = its[order]
    at = np.searchsorted(sorted_its, mine)
    found = np.flatnonzero(sorted_its.take(at, mode="clip") == mine)
    if not len(found):
        return
    there = order[at[found]]
    for offset in range(SHINGLE_WORDS):
        kept[0][found + offset] = kept[1][there + offset] = True
    yield 0, int(found[0]), 0, int(there[0])
    steps, leaps = np.diff(found), np.diff(there)
    # Of a shingle that recurs the first place is found, so a leap back is no change.
    for gap in np.flatnonzero((steps != leaps) | (steps > SHINGLE_WORDS)):
        a, b = int(found[gap]) + SHINGLE_WORDS, int(found[gap + 1])
        c, d = int(there[gap]) + SHINGLE_WORDS, int(there[gap + 1])
        if leaps[gap] > 0:
            yield min(a, b), b, min(c, d), d
    yield int(found[-1]) + SHINGLE_WORDS, len(our_ids), int(there[-1]) + SHINGLE_WORDS, len(their_ids)
