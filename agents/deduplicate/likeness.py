"""How alike two texts are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from agents.deduplicate.facts import names, numbers, whole_numbers
from agents.deduplicate.opening import without_opening
from agents.deduplicate.shingles import distinct, shingle_hashes
from agents.deduplicate.spelling import DATE, KIND_BITS, NAME, NUMBER, word_key, word_keys
from agents.ingest.identity import normalised_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_WORDS = 32_768
"""Of a text of more than some 200 KB the beginning is compared: a Kafka message (1 MB) has to hold it."""
NAMELESS = 60
"""Words; a longer text without a name is about nobody."""


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    words: bytes
    numbers: tuple[str, ...]
    names: tuple[str, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Packed).decode


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a text for comparing."""

    words: NDArray[np.uint32]
    """Keys of its words, in order."""
    numbers: tuple[str, ...] = ()
    """Its distinct numbers, as written."""
    names: tuple[str, ...] = ()
    """Its distinct capitalised words, as written."""

    @classmethod
    def of(cls, text: str, headline: str = "") -> Fingerprint:
        """Fingerprint of a text, from its first sentence on.

        A short text without a name is read with its headline, which alone says whose dividend it is.
        """
        text = without_opening(text)
        keys = compared_words(text)[:MOST_WORDS]
        capitalised = names(text)
        if headline and len(keys) <= NAMELESS and not _names_somebody(capitalised):
            above = word_keys(normalised_words(headline))
            keys = np.concatenate((np.where(above & NAME, above, above | NAME), keys)).astype(np.uint32)
        return cls(
            as_names(keys, word_keys(normalised_words(" ".join(capitalised)))), numbers(text), capitalised
        )

    @classmethod
    def unpack(cls, packed: bytes) -> Fingerprint:
        """Read what `pack` wrote; of nothing, the fingerprint of an empty text."""
        if not packed:
            return cls(np.zeros(0, np.uint32))
        kept = _decode(packed)
        return cls(np.frombuffer(kept.words, "<u4"), kept.numbers, kept.names)

    def pack(self) -> bytes:
        """In 4 bytes a word and some 300 for the facts, as the table keeps it."""
        return _encode(_Packed(self.words.astype("<u4").tobytes(), self.numbers, self.names))

    def shingle_hashes(self) -> NDArray[np.uint32]:
        """Hashes of the shingles, in order."""
        return self._hashes

    @cached_property
    def _hashes(self) -> NDArray[np.uint32]:
        return shingle_hashes(self.words)

    @cached_property
    def shingles(self) -> NDArray[np.uint32]:
        """Sorted distinct hashes of the shingles."""
        return distinct(self._hashes)

    @property
    def count(self) -> int:
        """Distinct shingles."""
        return len(self.shingles)


class Likeness(msgspec.Struct, frozen=True):
    """Two texts compared; shares are 0 where there is nothing to share."""

    jaccard: float
    """Shingles in both / shingles in either."""
    containment: float
    """Shingles in both / shingles of the shorter text."""


def compare(one: Fingerprint, other: Fingerprint) -> Likeness:
    """Compare two texts; the order does not matter."""
    both = _common(one.shingles, other.shingles)
    either = one.count + other.count - both
    shorter = min(one.count, other.count)
    return Likeness(both / either if either else 0.0, both / shorter if shorter else 0.0)


def compared_words(text: str) -> NDArray[np.uint32]:
    """Keys of the words of a text as they are compared, in order."""
    return word_keys(normalised_words(whole_numbers(text)))


def word_ids(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The keys without the kind: the same word, whatever it is taken for."""
    return np.right_shift(keys, np.uint32(KIND_BITS))


def as_names(keys: NDArray[np.uint32], named: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The keys, those of plain words among `named` as keys of names."""
    if not len(named) or not len(keys):
        return keys
    known = distinct(named & np.uint32(~NUMBER & 0xFFFFFFFF))
    found = known.take(np.searchsorted(known, keys), mode="clip") == keys
    return np.where(found, keys | NAME, keys).astype(np.uint32)


def _names_somebody(capitalised: tuple[str, ...]) -> bool:
    """Whether a capitalised word is anything but a day or a month."""
    return any(word_key(word.lower()) & NUMBER != DATE for word in capitalised)


def _common(ones: NDArray[np.uint32], others: NDArray[np.uint32]) -> int:
    """Size of the intersection of two sorted sets; a third of the time of `numpy.intersect1d`."""
    if len(ones) > len(others):
        ones, others = others, ones
    if not len(ones):
        return 0
    at = np.searchsorted(others, ones)
    return int(np.count_nonzero(others.take(at, mode="clip") == ones))
