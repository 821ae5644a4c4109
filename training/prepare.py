"""From the folder of corpora to what is trained on and what is held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from training.clean import cleaner
from training.corpora import TRAINED_ON, TWEETS, Sentence, is_held_out, read

if TYPE_CHECKING:
    from pathlib import Path

EMPTY_TWEETS = 3
"""Of tweets without a name, one in so many is kept: they teach little and take a fifth
of the time."""


def prepare(folder: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences to train on and sentences held out, cleaned.

    Raises:
        CorpusError: a corpus is missing or broken.
    """
    clean = cleaner()
    train, held_out = [], []
    empty = 0
    for corpus in TRAINED_ON:
        for sentence in read(folder, corpus):
            cleaned = clean(sentence)
            if is_held_out(cleaned):
                held_out.append(cleaned)
                continue
            if corpus in TWEETS and set(cleaned.tags) == {"O"}:
                empty += 1
                if empty % EMPTY_TWEETS:
                    continue
            train.append(cleaned)
    return train, held_out
