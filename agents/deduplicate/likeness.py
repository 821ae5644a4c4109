"""How alike two texts are, and whether that makes one a copy of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.deduplicate.shingles import number_hashes, shingles
from agents.ingest.identity import normalised_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from agents.deduplicate.settings import DedupSettings

MAX_SHINGLES = 32_768
"""A text of 200 KB still has all of its shingles; a Kafka message (1 MB) has to hold the value with them."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text for comparing: sorted distinct hashes.

    Of a text with more than `MAX_SHINGLES` only the smallest hashes are kept, a random sample that is the
    same in every text (Broder 1997, section 4): likeness is then an estimate, to about ±.005.
    """

    shingles: NDArray[np.uint32]
    numbers: NDArray[np.uint32]
    count: int
    """Distinct shingles of the whole text."""

    @classmethod
    def of(cls, text: str) -> Fingerprint:
        """Fingerprint of a text."""
        words = normalised_words(text)
        every = shingles(words)
        return cls(every[:MAX_SHINGLES], number_hashes(words)[:MAX_SHINGLES], len(every))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts compared; shares are 0 where there is nothing to share."""

    jaccard: float
    """Shingles in both / shingles in either."""
    containment: float
    """Shingles in both / shingles of the shorter text."""
    shared_numbers: int
    """Distinct numbers in both."""
    numbers: int
    """Distinct numbers of the text with fewer of them."""


def compare(one: Fingerprint, other: Fingerprint) -> Likeness:
    """Compare two texts; the order does not matter."""
    ones, others = one.shingles, other.shingles
    ceilings = [text.shingles[-1] for text in (one, other) if len(text.shingles) < text.count]
    if ceilings:  # Compare what both would have kept.
        ones = ones[: np.searchsorted(ones, min(ceilings), "right")]
        others = others[: np.searchsorted(others, min(ceilings), "right")]
    both = _common(ones, others)
    either = len(ones) + len(others) - both
    shorter = min(len(ones), len(others))
    return Likeness(
        both / either if either else 0.0,
        both / shorter if shorter else 0.0,
        _common(one.numbers, other.numbers),
        min(len(one.numbers), len(other.numbers)),
    )


def copy_method(new: Fingerprint, old: Fingerprint, found: Likeness, settings: DedupSettings) -> str | None:
    """`jaccard` or `containment`, whichever makes the new text a copy of the old; None if neither does."""
    if found.numbers >= settings.numbers and found.shared_numbers < settings.shared_numbers * found.numbers:
        return None
    if found.jaccard >= settings.jaccard:
        return "jaccard"
    long_enough = min(new.count, old.count) >= settings.containment_shingles
    if (
        found.containment >= settings.containment
        and long_enough
        and new.count <= settings.extension * old.count
    ):
        return "containment"
    return None


def _common(ones: NDArray[np.uint32], others: NDArray[np.uint32]) -> int:
    """Size of the intersection of two sorted sets; a third of the time of `numpy.intersect1d`."""
    if len(ones) > len(others):
        ones, others = others, ones
    if not len(ones):
        return 0
    at = np.searchsorted(others, ones)
    return int(np.count_nonzero(others.take(at, mode="clip") == ones))
