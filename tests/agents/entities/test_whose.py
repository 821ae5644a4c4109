"""Whose senate an article means: by the word beside it, by what it said before, by whom it speaks of."""

from __future__ import annotations

import pytest

from tests.agents.entities.marked import ids


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The [ORG Senate] met.", "senate"),
        ("[GPE Brazil]'s [ORG Senate] met.", "brazilian-senate"),
        ("The [NORP Brazilian] [ORG Senate] met.", "brazilian-senate"),
        ("The [ORG Brazilian Senate] met.", "brazilian-senate"),
        ("The [ORG Senate] of [GPE Poland] met.", "polish-senate"),
        ("[GPE Ukraine] asked the [ORG Senate] in [GPE Paris].", "french-senate"),
        ("In [GPE Brasília] the [ORG Senate] met.", "brazilian-senate"),
        ("[GPE Russia] and [GPE Ukraine] heard the [ORG Senate].", "senate"),
        (
            "[GPE U.S.] [NORP Republicans] of [GPE Ohio] left; the [ORG Senate] met on [GPE Ukraine].",
            "us-senate",
        ),
        ("The [ORG US Congress] and [GPE Mexico]'s [ORG Congress].", "mexican-congress"),
        ("The [ORG United Nations] met, and the [ORG Security Council].", "un-security-council"),
        ("[GPE Japan]'s [ORG Defense Ministry] said.", "japanese-defence-ministry"),
        ("[GPE Russia]'s [ORG Defense Ministry] said.", "russian-defence-ministry"),
        ("The [ORG French Senate], the [ORG Polish Senate], the [ORG Senate].", "senate"),
        ("The [ORG French Senate] and, after [GPE Mali] and [GPE Niger], the [ORG Senate].", "french-senate"),
    ],
)
def test_whose(marked: str, expected: str) -> None:
    """The last body of each text."""
    assert [one for one in ids(marked) if one.startswith("org:")][-1] == f"org:{expected}"
