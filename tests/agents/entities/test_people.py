"""Whom persons of an article mean: forms of one name together, people who share one apart."""

from __future__ import annotations

import pytest

from tests.agents.entities.marked import ids


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[PERSON Joe Biden], [PERSON Hunter Biden]. [PERSON Biden] said; President [PERSON Biden] left.",
            ["joe-biden", "hunter-biden", "joe-biden", "joe-biden"],
        ),
        (
            "Premier [PERSON Justin Trudeau], [PERSON Pierre Trudeau]. [PERSON Trudeau] won.",
            ["justin-trudeau", "pierre-trudeau", "justin-trudeau"],
        ),
        (
            (
                "[PERSON Jeb Bush], [PERSON Jeb Bush], [PERSON Jeb Bush], "
                "[PERSON Neil Bush]. [PERSON Bush] left."
            ),
            ["jeb-bush"] * 3 + ["neil-bush", "jeb-bush"],
        ),
        (
            (
                "[PERSON Eric Trump], [PERSON Eric Trump], [PERSON Eric Trump], "
                "[PERSON Donald Trump]. [PERSON Trump]"
            ),
            ["eric-trump"] * 3 + ["donald-trump", "trump"],
        ),
        (
            '[PERSON Dwayne "The Rock" Johnson] and [PERSON Johnson]',
            ["dwayne-johnson"] * 2,
        ),
        (
            '[PERSON Luiz Inácio "Lula" da Silva]',
            ["luiz-inacio-lula-da-silva"],
        ),
        (
            "[PERSON Hunter Biden] left. [PERSON Biden] won; President [PERSON Biden] won't pardon him.",
            ["hunter-biden", "hunter-biden", "joe-biden"],
        ),
        ("[PERSON Qaddafi], [PERSON Muammar el-Qaddafi]", ["muammar-gaddafi", "muammar-gaddafi"]),
        (
            "[PERSON Bill Clinton] [PERSON Hillary Clinton]. Mrs [PERSON Clinton] President [PERSON Clinton]",
            ["bill-clinton", "hillary-clinton", "hillary-clinton", "bill-clinton"],
        ),
        (
            "Governor [PERSON Tim Walz] met [PERSON Gwen Walz]. Governor [PERSON Walz], then [PERSON Walz].",
            ["tim-walz", "gwen-walz", "tim-walz", "walz"],
        ),
        ("[PERSON Sir Ed Davey] spoke. [PERSON Mrs Davey] did not.", ["ed-davey", "davey"]),
        ("[PERSON Sir Keir] spoke.", ["keir-starmer"]),
        (
            "[PERSON Donald Trump], [PERSON Donald Trump Jr.] and [PERSON Trump Jr.]",
            ["donald-trump", "donald-trump-jr", "donald-trump-jr"],
        ),
        ("[PERSON James David Vance] is [PERSON J.D. Vance].", ["jd-vance", "jd-vance"]),
        (
            "[PERSON Andrés Manuel López Obrador]; [PERSON López Obrador]; [PERSON Lopez Obrador]",
            ["andres-manuel-lopez-obrador"] * 3,
        ),
        (
            "[PERSON Pedro Sánchez Pérez-Castejón], [PERSON Pedro Sánchez]; [PERSON Sánchez]",
            ["pedro-sanchez"] * 3,
        ),
        ("[PERSON Jens Otto Harry Jespersen], [PERSON Otto Jespersen]", ["jens-otto-harry-jespersen"] * 2),
        ('[PERSON Robert "Bob" Menendez]; [PERSON Bob Menendez]', ["robert-menendez"] * 2),
        ("[PERSON Lawrence Lessig] or [PERSON Larry Lessig]", ["lawrence-lessig", "larry-lessig"]),
        ("[PERSON Moammar Qadhafi], [PERSON Muammar Gaddafi]; [PERSON Kadhafi]", ["muammar-gaddafi"] * 3),
        ("[PERSON Ahmed al-Sharaa]; [PERSON Al-Sharaa]; [PERSON Sharaa]", ["ahmed-al-sharaa"] * 3),
        (
            "[PERSON Mark Rutte], a [PERSON van der Leyen]; [PERSON Rutte]",
            ["mark-rutte", "leyen?", "mark-rutte"],
        ),
        ("[PERSON Kim Jong Un], [PERSON Kim Yo Jong], [PERSON Kim]", ["kim-jong-un", "kim-yo-jong", "kim"]),
        (
            "[PERSON George W. Bush], [PERSON George H. W. Bush], [PERSON Bush]",
            ["george-w-bush", "george-h-w-bush", "bush"],
        ),
        ("President [PERSON Emmanuel Macron] spoke. The [PERSON President] left.", ["emmanuel-macron"] * 2),
        (
            "President [PERSON Macron] met President [PERSON Xi Jinping]. [PERSON President]",
            ["emmanuel-macron", "xi-jinping", "xi-jinping"],
        ),
    ],
)
def test_whom_they_mean(marked: str, expected: list[str]) -> None:
    """By the text's own full names, titles and order."""
    found = [key.removeprefix("person:") for key in ids(marked)]
    wanted = [key if not key.endswith("?") else seen for key, seen in zip(expected, found, strict=True)]
    assert found == wanted


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[PERSON Paris Hilton] in [GPE Paris]; [PERSON Paris], [PERSON Hilton]",
            ["person:paris-hilton", "city:2988507", "person:paris-hilton", "person:paris-hilton"],
        ),
        ("[PERSON Washington] said no.", ["city:4140963"]),
        ("Mr [PERSON Washington] said no.", ["person:washington"]),
        (
            "[PERSON Denzel Washington] in [GPE Washington]; [PERSON Washington]",
            ["person:denzel-washington", "city:4140963", "person:denzel-washington"],
        ),
        ("[PERSON Dmitry Peskov] spoke. [GPE Peskov] went.", ["person:dmitry-peskov"] * 2),
        ("[PERSON Jordan] won.", ["person:jordan"]),
    ],
)
def test_people_and_places_of_one_name(marked: str, expected: list[str]) -> None:
    """A place that was taken for a person, and the other way round."""
    assert ids(marked) == expected
