"""The table's names as a component: what comes before it isn't run on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language

from agents.entities.known import FACTORY

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

NAMES = [{"label": "GPE", "pattern": "Kyiv"}, {"label": "ORG", "pattern": "Bank of Japan"}]
TEXT = "The Bank of Japan has no office in Kyiv."
SEEN: list[str] = []


@Language.component("test_costly")
def costly(doc: Doc) -> Doc:
    """Stands for the network."""
    SEEN.append(doc.text)
    return doc


@pytest.fixture
def known() -> Language:
    """After a component that costs."""
    SEEN.clear()
    nlp = spacy.blank("en")
    nlp.add_pipe("test_costly")
    nlp.add_pipe(FACTORY).add_patterns(NAMES)  # type: ignore[attr-defined]
    return nlp


def test_only_texts_go_through_the_whole_pipeline(known: Language) -> None:
    """Not the names, of which the bundled pipelines have 18,000."""
    assert known.pipe_names == ["test_costly", FACTORY]
    assert [(ent.text, ent.label_) for ent in known(TEXT).ents] == [("Bank of Japan", "ORG"), ("Kyiv", "GPE")]
    assert [TEXT] == SEEN


def test_nor_when_it_is_loaded(known: Language, tmp_path: Path) -> None:
    """From a folder."""
    known.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert not SEEN
    assert [ent.text for ent in again(TEXT).ents] == ["Bank of Japan", "Kyiv"]
