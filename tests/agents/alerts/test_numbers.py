from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.numbers import numbers


def values(text: str) -> list[str]:
    return [value for _, value in numbers(text)]


@pytest.mark.parametrize(
    ("ways", "value"),
    [
        (["1,000", "1000", "1 000", "1'000", "one thousand", "a thousand", "1 thousand", "1k"], "1000"),
        (["1,200,000", "1.200.000", "1.2 million", "1.2-million", "1.2m"], "1200000"),
        (["5bn", "$5 billion", "five billion"], "5000000000"),
        (["12%", "12 %", "12 per cent", "12 percent", "twelve percent", "12 pct"], "12%"),
        (["25", "25.0", "twenty-five", "25th"], "25"),
        (["230", "two hundred and thirty", "two hundred thirty"], "230"),
        (["36", "three dozen"], "36"),
        (["0.5", "0.50"], "0.5"),
        (["3rd", "third"], "3"),
        (["21st", "twenty-first"], "21"),
        (["30 days", "30-day", "thirty days", "thirty-day", "30 Days"], "30 days"),
        (["24 hours", "24-hour"], "24 hours"),
        (["30 months"], "30 months"),
        (["1 day", "one day", "a 1-day"], "1 day"),
        (["30 daylight", "30"], "30"),
    ],
)
def test_one_number_has_one_form(ways: list[str], value: str) -> None:
    """However outlets write it."""
    assert {way: [value] for way in ways} == {way: values(f"About {way} were there.") for way in ways}


def test_what_is_no_number_is_left_alone() -> None:
    """Names with digits are names; letters after a stop are no decimals."""
    assert values("The G7, 4x4 and a man, done.") == []


def test_vague_numbers_stand_for_themselves() -> None:
    """'Hundreds' after 'dozens' is a change."""
    assert values("dozens dead, hundreds hurt, thousands fled") == ["dozens", "hundreds", "thousands"]


@given(st.integers(0, 10**12))
def test_separators_do_not_matter(number: int) -> None:
    """For any number."""
    assert values(f"x {number:,} x") == values(f"x {number} x") == [str(number)]


@given(st.text(alphabet="0123456789 ,.-%tenhudoamil", max_size=60))
def test_spans_are_apart_and_in_the_text(text: str) -> None:
    """Whatever stands there."""
    found = sorted(span for span, _ in numbers(text))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
