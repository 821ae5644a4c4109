"""Which of several places of one name an article means."""

from __future__ import annotations

import pytest

from tests.agents.entities.marked import ids

PARIS, PARIS_TEXAS, BIRMINGHAM, BIRMINGHAM_ALABAMA = 2988507, 4717560, 2655603, 4049979


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[GPE Paris], [GPE Texas]. [GPE Paris]",
            [f"city:{PARIS_TEXAS}", "region:US-TX", f"city:{PARIS_TEXAS}"],
        ),
        ("[GPE Paris], Tex., and", [f"city:{PARIS_TEXAS}"]),
        ("[GPE Paris], [GPE France]", [f"city:{PARIS}", "country:FR"]),
        ("[GPE Paris]", [f"city:{PARIS}"]),
        ("[GPE Birmingham], [GPE Alabama]", [f"city:{BIRMINGHAM_ALABAMA}", "region:US-AL"]),
        ("[GPE Birmingham]", [f"city:{BIRMINGHAM}"]),
        ("[GPE Paris], [GPE Kentucky], is small.", ["gpe:paris-kentucky", "region:US-KY"]),
        ("[GPE Moscow], [GPE Washington] and", ["city:524901", "city:4140963"]),
        ("[GPE London], [GPE Ontario]", ["city:6058560", "region:CA-ON"]),
        ("[GPE Perth], [GPE Scotland]", ["city:2640358", "region:GB-SCT"]),
        ("[GPE Athens], [GPE Georgia]. [GPE Georgia]", ["city:4180386", "region:US-GA", "region:US-GA"]),
        ("[GPE Tbilisi], [GPE Georgia]. [GPE Georgia]", ["city:611717", "country:GE", "country:GE"]),
        ("[GPE Georgia] and [GPE Alabama] vote.", ["region:US-GA", "region:US-AL"]),
        ("[GPE Georgia], [GPE Armenia] and [GPE Russia]", ["country:GE", "country:AM", "country:RU"]),
        ("[GPE Atlanta] is in [GPE Georgia].", ["city:4180439", "region:US-GA"]),
        ("[GPE Congo]", ["country:CD"]),
        ("The [GPE Republic of the Congo]. [GPE Congo]", ["country:CG", "country:CG"]),
        ("[GPE Congo-Brazzaville], [GPE DRC], [GPE DR Congo]", ["country:CG", "country:CD", "country:CD"]),
        ("[GPE South Korea]; [GPE Korea]", ["country:KR", "country:KR"]),
        ("[GPE South Korea], [GPE North Korea]; [GPE Korea]", ["country:KR", "country:KP", "gpe:korea"]),
        (
            "[GPE Niger], [GPE Nigeria], [GPE Guinea], [GPE Guinea-Bissau]",
            ["country:NE", "country:NG", "country:GN", "country:GW"],
        ),
        ("[GPE South Sudan]; [GPE Sudan]", ["country:SS", "country:SD"]),
        (
            "The [GPE State of Texas], [GPE Taipei City]; [GPE Kuwait City]",
            ["region:US-TX", "city:1668341", "city:285787"],
        ),
    ],
)
def test_which_place(marked: str, expected: list[str]) -> None:
    """By the state behind it, by what else the article names, else by the table."""
    assert ids(marked) == expected
