"""Sentences to windows of pieces, windows to batches of about one size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.entities.shapes import NONE, shape
from training.clean import DOUBTFUL
from training.corpora import TWEETS

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from training.corpora import Sentence

TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
WINDOW = 128
"""Pieces, the marks of start and end among them."""
BATCH = 1024
"""Pieces a step, padding among them."""
PACKED = 0.5
"""Share of sentences that follow the one before in its window, where there is room."""
TWEET = 0.5
"""Weight of a tweet's words; tweets are a third of all words and the least like news."""
START, END, PAD = 101, 102, 0
"""Ids of [CLS], [SEP] and [PAD] in the encoder's vocabulary."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the network sees at once."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    tags: tuple[int, ...]
    """Of a word's first piece; -1 elsewhere."""
    weights: tuple[float, ...]


def windows(
    sentences: Iterable[Sentence], pieces: Callable[[str], Sequence[int]], chance: random.Random
) -> Iterator[Window]:
    """Adjacent sentences share a window half of the time; one longer than a window is cut."""
    rows: list[tuple[int, int, int, float]] = []
    for sentence in sentences:
        more = _rows(sentence, pieces)
        if rows and (len(rows) + len(more) > WINDOW - 2 or chance.random() > PACKED):
            yield _window(rows)
            rows = []
        rows += more
        while len(rows) > WINDOW - 2:
            yield _window(rows[: WINDOW - 2])
            rows = rows[WINDOW - 2 :]
    if rows:
        yield _window(rows)


def _rows(sentence: Sentence, pieces: Callable[[str], Sequence[int]]) -> list[tuple[int, int, int, float]]:
    weight = TWEET if sentence.corpus in TWEETS else 1.0
    rows = []
    for word, tag in zip(sentence.words, sentence.tags, strict=True):
        kind = shape(word)
        for i, piece in enumerate(pieces(word)):
            rows.append((piece, kind, TAGS.index(tag) if i == 0 and tag != DOUBTFUL else -1, weight))
    return rows


def _window(rows: Sequence[tuple[int, int, int, float]]) -> Window:
    ids, shapes, tags, weights = zip(*rows, strict=True)
    return Window((START, *ids, END), (NONE, *shapes, NONE), (-1, *tags, -1), (0.0, *weights, 0.0))


def batches(found: Sequence[Window], chance: random.Random) -> list[list[Window]]:
    """Windows of like length together, `BATCH` pieces with padding, in random order."""
    ordered = sorted(found, key=lambda window: len(window.ids) + chance.random() * 6)
    made: list[list[Window]] = [[]]
    longest = 0
    for window in ordered:
        longest = max(longest, len(window.ids))
        if made[-1] and longest * (len(made[-1]) + 1) > BATCH:
            made.append([])
            longest = len(window.ids)
        made[-1].append(window)
    chance.shuffle(made)
    return made
