"""A city's name is its team's where the pipeline takes it for a body and the sentence tells of sport."""

from __future__ import annotations

import pytest

from tests.agents.entities.marked import ids


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[ORG Liverpool] won 2-1 at home.", "org:liverpool"),
        ("[ORG Barcelona] beat the champions.", "org:barcelona"),
        ("[GPE Liverpool] beat the champions.", "city:2644210"),
        ("[ORG Liverpool] has a port. It won 2-1.", "city:2644210"),
        ("[ORG Chelsea FC] won 2-1.", "org:chelsea-fc"),
    ],
)
def test_teams(marked: str, expected: str) -> None:
    """Else it stays the place, and what says of itself that it is a club is one anyway."""
    assert ids(marked) == [expected]
