"""What stands before the first sentence is taken off, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.deduplicate.opening import without_opening

FIRST = "The river rose by a metre on Monday, the council said."


@pytest.mark.parametrize(
    "opening",
    [
        "OSLO, March 23 (Reuters) - ",
        "OSLO (AP) \N{EM DASH} ",
        "NEW YORK, Nov. 24 (Xinhua) -- ",
        "Kyiv, 3 May (Interfax) - ",
        "/TASS/ ",
        "UPDATE 2-",
        "REFILE-UPDATE 1-OSLO (Reuters) - ",
        "(Corrects the figure in the second sentence)\n",
        "Adds quote, details\n",
        "PARIS: ",
        "AFP - ",
    ],
)
def test_taken_off(opening: str) -> None:
    """Datelines, agencies, notes on what was corrected, and several of them."""
    assert without_opening(opening + FIRST) == FIRST


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        "NATO will meet on Monday.",
        "Oslo (the capital) is cold.",
        "(AP)",
        "Updates are free of charge.",
    ],
)
def test_left_alone(text: str) -> None:
    """First sentences that only look like one."""
    assert without_opening(text) == text


@given(st.text())
def test_it_only_cuts_at_the_beginning(text: str) -> None:
    """And leaves something, where there was something."""
    left = without_opening(text)
    assert text.strip().endswith(left.strip())
    assert bool(left) == bool(text.strip())
