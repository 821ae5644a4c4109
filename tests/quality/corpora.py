"""The corpora of names as texts: whole, held out of the training, with labels cleaned as for the training."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from agents.entities.gold.read import read_gold
from agents.entities.score import UNJUDGED, Judged
from training.clean import DOUBTFUL, cleaner
from training.corpora import TRAINED_ON, is_held_out, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from agents.entities.gold.document import Marked
    from training.corpora import Sentence


class Corpus(NamedTuple):
    """Its name in the table, and its texts."""

    name: str
    documents: list[Marked]

    @property
    def is_whole(self) -> bool:
        """Whether it is all of a corpus, articles and labels as they are."""
        return "," not in self.name


def corpora(data: Path) -> Iterator[Corpus]:
    """All that is measured on; no network was trained on any of it.

    Raises:
        CorpusError: a file is missing or broken.
    """
    folder = data / "ner"
    news = list(read(folder, "gum-news"))
    clean = cleaner()
    yield Corpus("gum-news", _texts(news, by_id=True))
    yield Corpus("gum-news, labels cleaned", _texts(map(clean, news), by_id=True))
    yield Corpus("gum-news, single sentences", _texts(news))
    path = folder / "re3d.jsonl"
    yield Corpus("re3d", read_gold(path.read_bytes(), str(path)))
    for name in TRAINED_ON:
        held_out = (clean(sentence) for sentence in read(folder, name) if is_held_out(sentence))
        yield Corpus(f"{name}, held out", _texts(held_out, by_id=name == "gum"))


def without_doubt(documents: Sequence[Marked], judged: Sequence[Judged]) -> Iterator[Judged]:
    """Leave out what was found on words that the cleaned labels call neither a name nor none."""
    for document, one in zip(documents, judged, strict=True):
        doubtful = [name for name in document.names if name.label == UNJUDGED]
        sure = (
            span
            for span in one.false
            if not any(span.start < name.end and name.start < span.end for name in doubtful)
        )
        yield one._replace(false=frozenset(sure))


def _texts(sentences: Iterable[Sentence], *, by_id: bool = False) -> list[Marked]:
    """As `newswatch models evaluate` reads them; GUM cuts words at hyphens."""
    rows, hyphens = [], False
    for number, one in enumerate(sentences):
        hyphens = one.corpus.startswith("gum")
        # Tweets have words of nothing but characters that aren't seen.
        seen = [(word, tag) for word, tag in zip(one.words, _written(one.tags), strict=True) if word.strip()]
        tokens, tags = zip(*seen, strict=True)
        rows.append(json.dumps({"tokens": tokens, "tags": tags, "id": f"{one.document}-{number}"}))
    return read_gold("\n".join(rows).encode(), "corpus", by_id=by_id, hyphens=hyphens)


def _written(tags: Sequence[str]) -> list[str]:
    """Runs of doubtful words as names of a label that is never judged."""
    return [
        ("I-" if before == DOUBTFUL else "B-") + UNJUDGED if tag == DOUBTFUL else tag
        for before, tag in pairwise(("O", *tags))
    ]
