"""The bundled pipeline as made from data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.entities import bundled
from agents.entities.bundled import _digest, _variants

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        (
            "Côte d'Ivoire",
            {"Côte d'Ivoire", "Côte d’Ivoire", "Cote d'Ivoire", "CÔTE D'IVOIRE", "COTE D'IVOIRE"},
        ),
        ("the Hague", {"the Hague", "The Hague", "THE HAGUE"}),
        ("Iran", {"Iran", "IRAN"}),
        ("US", {"US"}),
    ],
)
def test_a_name_is_spelt_as_newsrooms_do(spelling: str, expected: set[str]) -> None:
    """Without accents, with a curly apostrophe, in capitals; an acronym as it is."""
    assert expected <= set(_variants(spelling))


def test_the_version_does_not_depend_on_the_order_of_the_names() -> None:
    """Two workers iterate over sets in different orders, and their records must be the same."""
    patterns = [{"label": "GPE", "pattern": "Kyiv"}, {"label": "ORG", "pattern": "NATO"}]
    assert _digest(patterns, {}) == _digest(patterns[::-1], {}) != _digest(patterns[:1], {})
    assert _digest(patterns, {"six.onnx": "aa"}) != _digest(patterns, {"six.onnx": "bb"})


def test_the_version_says_by_which_names_it_works(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data give the same version, other names another one."""
    version = nlp.meta["version"]
    assert nlp.meta["name"] == "newswatch-default"
    monkeypatch.setattr(bundled, "CITY_POPULATION", 1_000_000)
    assert version.split("+")[0] == bundled.VERSION
    assert version != bundled.build().meta["version"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-Russia talks", ["U.S.", "Russia"]),
        ("WASHINGTON — UKRAINE and THE UNITED NATIONS", ["WASHINGTON", "UKRAINE", "UNITED NATIONS"]),
        ("a turkey, some reading, a nice mobile", []),
        ("Nice is nice", []),
    ],
)
def test_case_and_hyphens(nlp: Language, text: str, expected: list[str]) -> None:
    """Capitals make the name; a common word is none, whatever city bears it."""
    assert expected == [ent.text.removeprefix("THE ") for ent in nlp(text).ents]
