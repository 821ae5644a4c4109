"""Names that no table holds, by how news writes them; and capitals that are no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.entities import bundled

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pipeline that has no network."""
    return bundled.build("newswatch-rules")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks with President Vosk Arlen failed.", {("Vosk Arlen", "PERSON")}),
        ("Mr Arlen left. Then Arlen wept.", {("Arlen", "PERSON")}),
        (
            "The spokesman Teodoro Vask denied it. Vask left.",
            {("Teodoro Vask", "PERSON"), ("Vask", "PERSON")},
        ),
        ("They met Lt. General Orrin Vask.", {("Orrin Vask", "PERSON")}),
        ("It was J.D. Arlen who spoke.", {("J.D. Arlen", "PERSON")}),
        ("We saw Ursula van der Arlen.", {("Ursula van der Arlen", "PERSON")}),
        ("It was michael Vask again.", {("michael Vask", "PERSON")}),
        (
            "The Vandorian Ministry of Trade and Industry spoke.",
            {("Vandorian Ministry of Trade and Industry", "ORG")},
        ),
        ("A loan by the Bank of Vandoria.", {("Bank of Vandoria", "ORG")}),
        ("Shares of Vandor Arlen Inc fell.", {("Vandor Arlen Inc", "ORG")}),
        (
            "The Vandor Workers Union (VWU) struck; VWU won.",
            {("Vandor Workers Union", "ORG"), ("VWU", "ORG")},
        ),
        ("Fighting along the Vandor River went on.", {("Vandor River", "LOC")}),
        ("The city of Vandor fell.", {("Vandor", "GPE")}),
        ("He was born in Reading, not reading.", {("Reading", "GPE")}),
        ("US-Russia and U.S.-Russia talks", {("US", "GPE"), ("Russia", "GPE"), ("U.S.", "GPE")}),
        ("A US-led, Moscow-backed plan", {("US", "GPE"), ("Moscow", "GPE")}),
        ("RUSSIA AND CHINA SIGN", {("RUSSIA", "GPE"), ("CHINA", "GPE")}),
        ("Nice reading for mobile users of orange turkey.", set()),
        ("The man of the hour was in March.", set()),
        ("On Monday the CEO spoke. However, Christmas came.", set()),
    ],
)
def test_names_in_a_sentence(nlp: Language, text: str, expected: set[tuple[str, str]]) -> None:
    """Exactly these names with these labels."""
    assert expected == {(ent.text, ent.label_) for ent in nlp(text).ents}


def test_the_component_travels_with_a_pipeline(nlp: Language) -> None:
    """Saved to bytes and back, the pipeline finds the same."""
    text = "Mr Arlen of the Vandor River met Marco Rubio in Kyiv."
    before = [(e.text, e.label_) for e in nlp(text).ents]
    again = nlp.from_bytes(nlp.to_bytes(exclude=["newswatch_known"]), exclude=["newswatch_known"])
    assert before == [(e.text, e.label_) for e in again(text).ents]
