"""Which sentences to show of an article in which a watch has found something in many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST_SENTENCES = 5
"""Nobody reads more of an alert; a query whose words stand everywhere has dozens."""


def telling(sentences: Mapping[str, Collection[str]], most: int = MOST_SENTENCES) -> list[str]:
    """The sentences that tell most, in their order.

    These are the ones with the rarest term: of `"security guarantees" AND Ukraine` the one sentence with the
    guarantees, not the first five with the country. Among equals, the one with more terms, then the first.

    Args:
        sentences: each with the terms that stand in it.
        most: how many.
    """
    terms = {sentence: {term.casefold() for term in found} for sentence, found in sentences.items()}
    counts = Counter(term for found in terms.values() for term in found)
    ranked = sorted(
        terms, key=lambda one: (min((counts[term] for term in terms[one]), default=0), -len(terms[one]))
    )
    kept = set(ranked[:most])
    return [sentence for sentence in sentences if sentence in kept]
