"""What bodies mean: acronyms explained on either side, shorter forms of one name, never of two."""

from __future__ import annotations

import pytest

from tests.agents.entities.marked import ids


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The [ORG European Union] ([GPE EU]) and the [GPE EU]", ["european-union"] * 3),
        ("The [ORG EU] ([ORG European Union])", ["european-union"] * 2),
        (
            "The [ORG ISA] ([ORG International Seabed Authority]) met; [ORG ISA]",
            ["international-seabed-authority"] * 3,
        ),
        ("The [ORG Kurdistan Workers' Party], or [ORG PKK], and [ORG PKK]", ["kurdistan-workers-party"] * 3),
        ("[ORG Alternative for Germany] ([ORG AfD]); the [ORG AfD]", ["alternative-for-germany"] * 3),
        ("[ORG Five Star Movement] ([ORG M5S])", ["five-star-movement"] * 2),
        ("[ORG Korean People's Army] parades; the [ORG KPA] says", ["korean-people-s-army"] * 2),
        ("[ORG International Cricket Council]; the [ORG ICC]", ["international-cricket-council"] * 2),
        ("The [ORG ICC] sits in The Hague.", ["international-criminal-court"]),
        ("[ORG Labour] ([ORG UK]) said", ["labour?", "uk?"]),
        ("[ORG Lockheed Martin]; [ORG Lockheed]", ["lockheed-martin"] * 2),
        ("The [ORG Bank of England]; the [ORG Bank]", ["bank-of-england", "bank"]),
        ("The [ORG European Commission]; the [ORG Commission]", ["european-commission"] * 2),
        (
            "The [ORG European Commission], the [ORG Electoral Commission]; the [ORG Commission]",
            ["european-commission", "electoral-commission", "commission"],
        ),
        (
            "[ORG Goldman Sachs]; [ORG Morgan Stanley]; [ORG Goldman]",
            ["goldman-sachs", "morgan-stanley", "goldman-sachs"],
        ),
        ("[ORG Apple Inc.] and [ORG Apple]", ["apple"] * 2),
        ("The [ORG New People Party], the [ORG New People's Party]", ["new-people-s-party"] * 2),
        ("[ORG United Airlines] and [ORG United]", ["united-airlines", "united"]),
    ],
)
def test_what_they_mean(marked: str, expected: list[str]) -> None:
    """By the text's own explanations and longer names, where there is one only."""
    found = [key.removeprefix("org:") for key in ids(marked)]
    wanted = [key if not key.endswith("?") else seen for key, seen in zip(expected, found, strict=True)]
    assert found == wanted


def test_a_label_in_brackets_explains_nothing() -> None:
    """'Labour (UK)' makes nobody of the United Kingdom a Labour Party."""
    assert ids("[ORG Labour] ([GPE UK]) won; the [GPE UK] votes")[1:] == ["country:GB"] * 2


def test_a_small_town_is_no_body() -> None:
    """Union is a town in New Jersey, and a word; a city that a pipeline takes for a body is the city."""
    assert ids("The [ORG Union] met in [ORG Helsinki].") == ["org:union", "city:658225"]
