"""Against a comparison of all with all: what is clearly a copy is found, what clearly is none is not."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from agents.deduplicate.brokerless import verdicts
from agents.ingest.identity import normalised_words

if TYPE_CHECKING:
    from conftest import MakeArticle

WORDS = [f"{a}{b}" for a in "bcdfghjklmnprst" for b in ("an", "er", "ist", "on", "ul", "yt", "esk", "ov")]


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = normalised_words(text)
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def _in_order(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _stream(seed: int) -> list[str]:
    """Originals, and versions of earlier texts: words changed, sentences lost, furniture around."""
    chooser = random.Random(seed)
    texts: list[str] = []
    for _ in range(30):
        words = chooser.choices(WORDS, k=chooser.randint(60, 250))
        if texts and chooser.random() < 0.6:
            words = chooser.choice(texts).split()
            for _ in range(chooser.choice([0, 1, 3, 10, 30])):
                words[chooser.randrange(len(words))] = chooser.choice(WORDS)
            words = words[: max(40, len(words) - chooser.choice([0, 0, 20, 60]))]
            words = chooser.choices(WORDS, k=chooser.choice([0, 0, 20, 80])) + words
        texts.append(" ".join(words))
    return texts


@settings(max_examples=25, deadline=None)
@example(4863)
@given(st.integers(0, 10**9))
def test_agrees_with_all_pairs(article: MakeArticle, seed: int) -> None:
    """A copy: J ≥ .75 with an original.

    None: J < .35 and C < .5 with every earlier text, and fewer than .8 of the words in common, in order: each
    eighth word changed breaks two shingles of three.
    """
    texts = _stream(seed)
    found = list(verdicts(article(n, text) for n, text in enumerate(texts)))
    sets = [_shingles(text) for text in texts]
    for n, verdict in enumerate(found):
        likeness = []
        for before in range(n):
            both = len(sets[n] & sets[before])
            shorter = min(len(sets[n]), len(sets[before]))
            likeness.append((both / len(sets[n] | sets[before]), both / shorter, found[before].status))
        if any(jaccard >= 0.75 and status == "new" for jaccard, _, status in likeness):
            assert verdict.status in ("exact_duplicate", "near_duplicate")
        if all(jaccard < 0.35 and containment < 0.5 for jaccard, containment, _ in likeness):
            assert verdict.status == "new" or max(_in_order(texts[n], texts[b]) for b in range(n)) >= 0.8
