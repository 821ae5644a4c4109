"""What a network alone finds in sentences: the figures of the model card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.entities.network import TOKENIZER, Files, Network
from agents.entities.tags import TAGS, best
from agents.entities.windows import WINDOW
from training.clean import DOUBTFUL, cleaner
from training.corpora import TRAINED_ON, read
from training.score import scores
from training.spans import spans, tagged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from training.corpora import Sentence

MEASURED_ON = "gum-news"
Scores = dict[str, tuple[float, float, float]]


def measure(file: Path, held_out: Sequence[Sentence], data: Path) -> Mapping[str, Scores]:
    """Strict P, R, F by label, by corpus: of sentences held out, and of news never trained on.

    The gold of all is cleaned as that of the training is; a sentence is seen alone.
    """
    network = Network(Files(file.read_bytes(), (file.parent / TOKENIZER).read_bytes()))
    news = [cleaner()(sentence) for sentence in read(data, MEASURED_ON)]
    by_corpus = {corpus: [s for s in held_out if s.corpus == corpus] for corpus in TRAINED_ON}
    return {
        name: scores(_without_doubt(s.tags, _found(network, s)) for s in sentences)
        for name, sentences in {**by_corpus, MEASURED_ON: news}.items()
    }


def _without_doubt(gold: Sequence[str], found: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Both without what stands on doubtful words."""
    sure = [mark for mark in spans(found) if DOUBTFUL not in gold[mark.start : mark.end]]
    return gold, tagged(len(found), sure)


def _found(network: Network, sentence: Sentence) -> list[str]:
    tags: list[str] = []
    words = list(sentence.words)
    while words:
        size, pieces = 0, 0
        while size < len(words) and pieces + len(network.pieces(words[size])) <= WINDOW:
            pieces += len(network.pieces(words[size]))
            size += 1
        tags += [TAGS[tag] for tag in best(network.scores(words[:size]))]
        words = words[size:]
    return tags
