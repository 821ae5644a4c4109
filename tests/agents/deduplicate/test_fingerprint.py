"""MinHash says how likely two texts are copies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.fingerprint import (
    BANDS,
    LEAD,
    PERMUTATIONS,
    band_keys,
    index_bands,
    minhash,
    signature,
)


def _pair(random: np.random.Generator, jaccard: float, size: int = 400) -> list[np.ndarray]:
    both = round(2 * size * jaccard / (1 + jaccard))
    values = random.choice(2**32, 2 * size - both, replace=False).astype(np.uint32)
    return [np.sort(values[:size]), np.sort(values[size - both :])]


@pytest.mark.parametrize("jaccard", [0.1, 0.5, 0.9])
def test_equal_places_estimate_jaccard(jaccard: float) -> None:
    """The mean of 100 pairs lies within four standard errors of the truth."""
    random = np.random.default_rng(1)
    shares = []
    for _ in range(100):
        one, other = (np.frombuffer(signature(text), "<u4") for text in _pair(random, jaccard))
        shares.append((one == other).mean())
    assert abs(np.mean(shares) - jaccard) < 4 * (jaccard * (1 - jaccard) / PERMUTATIONS / 100) ** 0.5


@pytest.mark.parametrize(("jaccard", "least", "most"), [(0.3, 0.93, 1), (0.5, 0.99, 1), (0.01, 0, 0.03)])
def test_copies_share_a_band_and_others_do_not(jaccard: float, least: float, most: float) -> None:
    """Of 300 pairs about as many share a band as 1 - (1 - J²)^40 says."""
    random = np.random.default_rng(2)
    found = 0
    for _ in range(300):
        one, other = (band_keys(signature(text)) for text in _pair(random, jaccard))
        found += bool((one == other).any())
    assert least <= found / 300 <= most


@given(st.text())
def test_every_text_has_a_signature_and_keys(text: str) -> None:
    """Always as many numbers, and never the key 0, which means 'none'."""
    signed = minhash(text)
    assert len(signed) == 4 * PERMUTATIONS
    assert band_keys(signed).shape == (BANDS,)
    assert band_keys(signed).all()


def test_an_article_is_found_by_its_lead_as_well() -> None:
    """One key is the same for what begins with the same words, whatever follows; a short text has none."""
    random = np.random.default_rng(3)
    signed = [signature(text) for text in _pair(random, 0)]
    words = random.choice(2**32, 400, replace=False).astype(np.uint32)
    whole, alone = index_bands(signed[0], words), index_bands(signed[1], words[:LEAD])
    assert np.flatnonzero(whole == alone).tolist() == [BANDS - 1]
    assert not (whole == index_bands(signed[1], words[1:])).any()
    assert (index_bands(signed[0], words[: LEAD - 1]) == band_keys(signed[0])).all()


def test_short_texts_have_signatures_of_their_own() -> None:
    """Three words are less than a shingle, and still another text than three other words."""
    assert minhash("Oil price rises") == minhash("oil PRICE rises!")
    assert minhash("Oil price rises") != minhash("Gold price rises")


def test_a_signature_of_another_size_is_refused() -> None:
    """It names both sizes."""
    with pytest.raises(ValueError, match="has 320 bytes, this one 8"):
        band_keys(b"12345678")
