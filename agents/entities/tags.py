"""From the scores of tags to names: the best sequence in which each name begins with its B."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LABELS = ("PERSON", "ORG", "LOC")
TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
NEVER = -1e9
INSIDE = {2: (1, 2), 4: (3, 4), 6: (5, 6)}
"""What the tag before an I may be."""
STEPS = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
for _tag, _before in INSIDE.items():
    STEPS[[i for i in range(len(TAGS)) if i not in _before], _tag] = NEVER


def best(scores: NDArray[np.float32]) -> list[int]:
    """The tags of highest sum, of `scores` [words, tags], that are a BIO sequence (Viterbi 1967)."""
    greedy: list[int] = scores.argmax(1).tolist()
    if all(
        tag not in INSIDE or before in INSIDE[tag] for before, tag in zip([0, *greedy], greedy, strict=False)
    ):
        return greedy
    total = scores[0] + STEPS[0]
    came: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        steps = total[:, None] + STEPS
        came.append(steps.argmax(0))
        total = steps.max(0) + row
    tags = [int(total.argmax())]
    for before in reversed(came):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


def names(tags: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Words [start, end) and label of each name of a BIO sequence."""
    start: int | None = None
    for i, tag in enumerate((*tags, 0)):
        if start is not None and tag not in INSIDE:
            yield start, i, LABELS[(tags[start] - 1) // 2]
            start = None
        if tag and tag not in INSIDE:
            start = i
