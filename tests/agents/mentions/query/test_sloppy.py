"""Words near each other, against every combination of places."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.mentions.query.sloppy import Place, minimal_spans


def by_all_combinations(places: list[list[Place]], slop: int) -> list[tuple[int, int]]:
    """The definition: shifts that differ by the slop at most, and no match within the match."""
    spans = set()
    for chosen in product(*places):
        shifts = [place.position - word for word, place in enumerate(chosen)]
        if max(shifts) - min(shifts) <= slop:
            spans.add((min(place.start for place in chosen), max(place.end for place in chosen)))
    return sorted(
        one for one in spans if not any(o != one and one[0] <= o[0] and o[1] <= one[1] for o in spans)
    )


@settings(max_examples=500)
@given(
    st.lists(st.lists(st.integers(0, 12), max_size=4, unique=True).map(sorted), min_size=2, max_size=4),
    st.integers(0, 8),
)
def test_all_minimal_matches_are_found(positions: list[list[int]], slop: int) -> None:
    """Whatever the places; each word is ten characters here."""
    places = [[Place(at, 10 * at, 10 * at + 5) for at in found] for found in positions]
    assert by_all_combinations(places, slop) == minimal_spans(places, slop)


def test_the_cost_is_that_of_lucene() -> None:
    """A word in between costs 1, two neighbours the other way round 2."""
    one, two, gap = Place(0, 0, 1), Place(1, 2, 3), Place(2, 4, 5)
    assert minimal_spans([[one], [two]], 0) == [(0, 3)]
    assert minimal_spans([[one], [gap]], 0) == []
    assert minimal_spans([[one], [gap]], 1) == [(0, 5)]
    assert minimal_spans([[two], [one]], 1) == []
    assert minimal_spans([[two], [one]], 2) == [(0, 3)]
