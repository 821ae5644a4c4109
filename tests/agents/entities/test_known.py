"""The table's names as a component: what comes before it isn't run on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

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


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([(4, 5, "GPE")], [("Sea of Japan", "LOC")]),
        ([(1, 3, "ORG"), (4, 5, "GPE")], [("Sea of Japan", "LOC")]),
        ([(0, 6, "ORG")], [("Old Sea of the Japan Line", "ORG")]),
    ],
)
def test_a_longer_name_of_the_table_goes_before_shorter_ones(
    before: list[tuple[int, int, str]], expected: list[tuple[str, str]]
) -> None:
    """Inside it or across its ends; a name that is longer still stays."""
    nlp = spacy.blank("en")
    known = nlp.add_pipe(FACTORY)
    known.add_patterns([{"label": "LOC", "pattern": "Sea of Japan"}])  # type: ignore[attr-defined]
    whole = before[0][1] == 6
    doc = nlp.make_doc("Old Sea of the Japan Line" if whole else "In the Sea of Japan")
    doc.ents = tuple(Span(doc, start, end, label) for start, end, label in before)
    assert [(ent.text, ent.label_) for ent in known(doc).ents] == expected  # type: ignore[operator]


def test_a_title_is_no_part_of_a_longer_name() -> None:
    """'King Charles III' is in the table so that it is found; the network's 'Charles III' is the name."""
    nlp = spacy.blank("en")
    known = nlp.add_pipe(FACTORY)
    known.add_patterns([{"label": "PERSON", "pattern": "King Charles III"}])  # type: ignore[attr-defined]
    doc = nlp.make_doc("King Charles III left")
    doc.ents = (Span(doc, 1, 3, "PERSON"),)
    assert [ent.text for ent in known(doc).ents] == ["Charles III"]  # type: ignore[operator]
