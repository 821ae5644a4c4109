"""Sentences: as spaCy's rules have them, and a new one after an empty line, as a headline has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.pipeline import Sentencizer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

FACTORY = "newswatch_sentences"
BREAK = "\n\n"
"""An empty line. A single one may be inside a sentence, in text of fixed width."""


class Sentences:
    """Sets where sentences begin."""

    def __init__(self) -> None:
        self._by_rule = Sentencizer()

    def __call__(self, doc: Doc) -> Doc:
        """Set `is_sent_start` of every token."""
        self._by_rule(doc)
        for token in doc[:-1]:
            if token.is_space and BREAK in token.text:
                doc[token.i + 1].is_sent_start = True
        return doc

    def to_disk(self, _path: object, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: object, *, exclude: Iterable[str] = ()) -> Sentences:  # noqa: ARG002  the same
        """See `to_disk`."""
        return self


@Language.factory(FACTORY, assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:  # noqa: ARG001  spaCy passes both
    """The component as spaCy makes it."""
    return Sentences()
