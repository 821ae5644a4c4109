"""The bundled network as a spaCy component: it sets `doc.ents` to PERSON, ORG and LOC.

It sees a document through windows of whole sentences, one window a call: the INT8 network gives other last
digits for other shapes of a batch, and a text must have the same entities whatever it is read with.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import msgpack
from spacy.language import Language
from spacy.tokens import Span

from agents.entities.network import TOKENIZER, Files, Network, bundled
from agents.entities.tags import TAGS, best, names
from agents.entities.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

FACTORY = "newswatch_tagger"
NETWORK = "network.onnx"
"""In a saved pipeline; the vocabulary stands beside it."""


class Tagger:
    """Adds the network's names to `doc.ents`; a name that was there keeps its words.

    Args:
        model: a bundled file of `model/`, read when it is first needed.
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._files: Files | None = None

    @cached_property
    def network(self) -> Network:
        """The network, loaded once.

        Raises:
            ModelError: its file is missing or not the one it should be.
        """
        return Network(self._read())

    def load(self) -> None:
        """Load the network now, so that what is wrong with its file is known before the first text.

        Raises:
            ModelError: its file is missing or not the one it should be.
        """
        _ = self.network

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`; without sentences the document is one."""
        tokens = [token for token in doc if not token.is_space]
        sentences = _sentences(doc, tokens)
        sizes = [len(self.network.pieces(token.text)) for token in tokens]
        scores = np.zeros((len(tokens), len(TAGS)), dtype=np.float32)
        for start, end, first, last in windows(sizes, sentences):
            seen = self.network.scores([token.text for token in tokens[start:end]])
            scores[first:last] = seen[first - start : last - start]
        found = [
            span for start, end in sentences for span in _spans(doc, tokens[start:end], scores[start:end])
        ]
        taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        doc.ents = (*doc.ents, *(span for span in found if taken.isdisjoint(range(span.start, span.end))))
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002  spaCy passes it
        """The network and its vocabulary."""
        files = self._read()
        return msgpack.encode({NETWORK: files.network, TOKENIZER: files.tokenizer})

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tagger:  # noqa: ARG002  the same
        """Take the network and its vocabulary from `to_bytes`."""
        files = msgpack.decode(data, type=dict[str, bytes])
        self._take(Files(files[NETWORK], files[TOKENIZER]))
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002  the same
        """Write the network and its vocabulary into the folder `path`."""
        files = self._read()
        path.mkdir(exist_ok=True)
        (path / NETWORK).write_bytes(files.network)
        (path / TOKENIZER).write_bytes(files.tokenizer)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Tagger:  # noqa: ARG002  the same
        """Take the network and its vocabulary from the folder `path`."""
        self._take(Files((path / NETWORK).read_bytes(), (path / TOKENIZER).read_bytes()))
        return self

    def _read(self) -> Files:
        return self._files or bundled(self._model)

    def _take(self, files: Files) -> None:
        self._files = files
        vars(self).pop("network", None)


def _sentences(doc: Doc, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """[start, end) of each sentence, in places of `tokens`."""
    starts = [i for i, token in enumerate(tokens) if i == 0 or token.is_sent_start]
    if not doc.has_annotation("SENT_START"):
        starts = starts[:1]
    return list(zip(starts, [*starts[1:], len(tokens)], strict=True)) if tokens else []


def _spans(doc: Doc, tokens: Sequence[Token], scores: NDArray[np.float32]) -> Iterator[Span]:
    for start, end, label in names(best(scores)):
        yield Span(doc, tokens[start].i, tokens[end - 1].i + 1, label)


@Language.factory(FACTORY, assigns=["doc.ents"], default_config={"model": "six.onnx"})
def make_tagger(nlp: Language, name: str, model: str) -> Tagger:  # noqa: ARG001  spaCy passes both
    """The component as spaCy makes it."""
    return Tagger(model)
