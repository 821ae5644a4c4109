"""MinHash signatures, and the bands of them that find likely copies.

For a random order of all shingles, two texts have the same first one with a probability that is their
Jaccard similarity J (Broder, 'On the resemblance and containment of documents', 1997). A band joins `ROWS`
of those; two texts share one of `BANDS` bands with probability 1 - (1 - J^ROWS)^BANDS (Leskovec, Rajaraman
and Ullman, 'Mining of Massive Datasets', section 3.4): .98 at J = .3, .80 at .2, and .0002 at .002, where
unrelated news is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from rensa import RMinHash

from agents.deduplicate.likeness import compared_words, word_ids
from agents.deduplicate.opening import without_opening
from agents.deduplicate.shingles import distinct, mixed, shingle_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = 2
"""With 3 rows, 40 bands find .66 at J = .3; with 1, all that share a stock phrase are candidates."""
BANDS = 40
"""A clean body against its whole page has J = .5 in the median and less than .3 in one pair of ten."""
PERMUTATIONS = ROWS * BANDS
LEAD = 25
"""Words of a lead. Stock phrases that begin an article are shorter, or without names and numbers."""
_SEED = 20_240_229  # Any number, but always the same: signatures of different seeds can't be compared.
_ROW_FACTORS = np.array([0x9E3779B97F4A7C15, 0xD1B54A32D192ED03], np.uint64)


def signature(shingle_hashes: NDArray[np.uint32]) -> bytes:
    """MinHash of a set of shingles: `PERMUTATIONS` little-endian uint32, all bits set for the empty set."""
    if not shingle_hashes.size:
        return b"\xff\xff\xff\xff" * PERMUTATIONS
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingle_hashes.astype(np.uint64), [0, shingle_hashes.size], PERMUTATIONS, _SEED
    )
    return np.asarray(matrix.to_rows()[0], "<u4").tobytes()


def minhash(text: str) -> bytes:
    """MinHash of a text's word shingles: `PERMUTATIONS` little-endian uint32."""
    return signature(distinct(shingle_hashes(compared_words(without_opening(text)))))


def index_bands(signed: bytes, words: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The keys that an article is found by, shape (BANDS,): those of its bands, the last that of its lead.

    A first paragraph alone has J = .1 with its article and a band in common with it in one case of three.
    One band more or less of 40 finds .2 % of the copies at J = .3. A text shorter than a lead has all bands.

    Raises:
        ValueError: see `band_keys`.
    """
    keys = band_keys(signed)
    if len(words) >= LEAD:
        keys[-1] = lead_key(words)
    return keys


def lead_key(words: NDArray[np.uint32]) -> int:
    """A number for the first `LEAD` words; a lead printed word for word has the same."""
    return crc32(word_ids(words[:LEAD]).astype("<u4", copy=False).tobytes()) or 1


def band_keys(signed: bytes) -> NDArray[np.uint32]:
    """One key a band, shape (BANDS,), never 0, which stands for 'none' in the index.

    Raises:
        ValueError: the signature has not `PERMUTATIONS` numbers.
    """
    if len(signed) != 4 * PERMUTATIONS:
        raise ValueError(f"a MinHash signature has {4 * PERMUTATIONS} bytes, this one {len(signed)}")
    rows = np.frombuffer(signed, "<u4").reshape(BANDS, ROWS).astype(np.uint64)
    return np.maximum(mixed(rows @ _ROW_FACTORS), 1)
