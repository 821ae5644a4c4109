"""The table's names as a spaCy component: spaCy's own ruler, filled without asking the network before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.pipeline import EntityRuler

from agents.entities.words import load_words

if TYPE_CHECKING:
    from spacy.pipeline.entityruler import PatternType
    from spacy.tokens import Doc

FACTORY = "newswatch_known"


class Known(EntityRuler):
    """Adds the names that it knows to `doc.ents`; one that was there keeps its words.

    Shorter ones inside or across a longer name go: 'Cox' and 'Bazar', 'Japan' of the 'Sea of Japan'.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        matches = self.match(doc)
        # 'King Charles III' is in the table; the title is no part of the name.
        longer = [
            (start, end)
            for _, start, end in matches
            if end - start > 1 and doc[start].text not in load_words().titles
        ]
        doc.ents = tuple(
            ent
            for ent in doc.ents
            if not any(
                ent.start < end and start < ent.end and len(ent) < end - start for start, end in longer
            )
        )
        self.set_annotations(doc, matches)  # type: ignore[no-untyped-call]
        return doc

    def add_patterns(self, patterns: list[PatternType]) -> None:
        """Take names, cut into tokens only.

        spaCy's ruler runs all components before it on each of them: with 18,000 names the six-layer network
        made `newswatch models list` take 36 s of processor time, 5 s without it.
        """
        with self.nlp.select_pipes(disable=self.nlp.pipe_names):
            super().add_patterns(patterns)


@Language.factory(FACTORY, assigns=["doc.ents", "token.ent_type", "token.ent_iob"])
def make_known(nlp: Language, name: str) -> Known:
    """The component as spaCy makes it."""
    return Known(nlp, name)
