"""An article with its words found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.finding import Finding, may_be_name
from agents.mentions.phrases import Phrases
from agents.mentions.spellings import Unit
from agents.mentions.text import Text

TRUCE, TALKS = Unit("truce"), Unit("peace talks")


def finding(text: Text, *units: Unit) -> Finding:
    """An article gone through for these units."""
    numbers = {unit: number for number, unit in enumerate(units)}
    return Finding(text, Phrases(numbers), numbers)


PIECES = st.sampled_from(["truce", "Truces", "peace", "talks", "-", " ", "\n", "Street", "un", "’s", "😀"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_looked_for_on_demand_is_what_the_pass_finds(body: str) -> None:
    """Which words the automaton knows is a matter of speed alone."""
    text = Text(headline="", body_text=body)
    known, unknown = finding(text, TRUCE, TALKS), finding(text)
    for unit in (TRUCE, TALKS):
        assert known.spans(unit, "body_text") == unknown.spans(unit, "body_text")
        assert known.mentions(unit, "body_text") == unknown.mentions(unit, "body_text")
        assert known.has(unit) == unknown.has(unit)


def test_source_and_byline_are_searched_but_make_nothing_stand_in_the_article() -> None:
    """A word in the outlet's name is no news."""
    found = finding(Text(headline="", body_text="x", source="The Truce Times"), TRUCE)
    assert found.spans(TRUCE, "source") == [(4, 9)]
    assert found.spans(TRUCE, "byline") == []
    assert not found.has(TRUCE)


def test_a_part_of_a_name_is_no_mention_but_for_names() -> None:
    """'Truce-Street' reports no truce; who asks for Ukraine means it in a compound, too."""
    found = finding(Text(headline="", body_text="A walk down Truce-Street to the Ukraine-House with me"))
    assert found.spans(TRUCE, "body_text") == [(12, 17)]
    assert found.mentions(TRUCE, "body_text") == []
    ukraine = Unit("Ukraine")
    assert may_be_name(ukraine)
    assert found.mentions(ukraine, "body_text") == found.spans(ukraine, "body_text") == [(32, 39)]
