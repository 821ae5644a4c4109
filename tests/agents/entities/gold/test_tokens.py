"""Tokens as they stood in print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.entities.gold.tokens import joined


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Putin 's envoy ( a general ) said : no .|Mr. Putin's envoy (a general) said: no.",
        'He said , " We do n\'t know , " and left .|He said, "We don\'t know," and left.',
        "It rose 3 % to $ 5 ; why ?|It rose 3% to $5; why?",
        "the states ' rights and ' the right '|the states' rights and 'the right'",
        "“ We ’ll see , ” she said|“We’ll see,” she said",
        "AC / DC and #|AC/DC and #",
        "LONDON - Shares fell|LONDON - Shares fell",
    ],
)
def test_spaces_are_those_of_print(text: str) -> None:
    """Before and after marks, quotation marks in turn, possessives."""
    tokens, expected = text.split("|")
    assert joined(tokens.split())[0] == expected


def test_a_hyphen_joins_where_the_treebank_cuts_it() -> None:
    """Only if it is said; at a sentence's edge it is a dash all the same."""
    tokens = ["-", "all", "-", "girl", "team", "-"]
    assert joined(tokens, hyphens=True)[0] == "- all-girl team -"
    assert joined(tokens)[0] == "- all - girl team -"


def test_spaces_that_are_known_are_kept() -> None:
    """No rule is asked."""
    assert joined(["(", "a", "-", "b"], [True, False, False, False])[0] == "( a-b"


@given(st.lists(st.text("aZ9.,'\"-/(’”“$s", min_size=1, max_size=4), max_size=12), st.booleans())
def test_each_token_stands_at_its_place(tokens: list[str], hyphens: bool) -> None:
    """Whatever they are, and nothing but spaces is between them."""
    text, places = joined(tokens, hyphens=hyphens)
    assert [text[start:end] for start, end in places] == tokens
    assert text.replace(" ", "") == "".join(tokens)
