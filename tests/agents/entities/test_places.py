"""Places as the libraries give them."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pytest

from agents.entities.places import library_places

if TYPE_CHECKING:
    from agents.entities.table import Name


@pytest.fixture(scope="module")
def places() -> list[Name]:
    """All of them, with one name the seeds prefer."""
    return list(library_places({"country:GB": "Britain"}))


def test_countries_come_before_states_and_states_before_cities(places: list[Name]) -> None:
    """A spelling belongs to the first that claims it: Georgia is the country, Mexico not the city."""
    assert [kind for kind, _ in groupby(places, lambda place: place.id.split(":")[0])] == [
        "country",
        "region",
        "city",
    ]
    assert [place.id for place in places if place.name == "Georgia"] == ["country:GE", "region:US-GA"]


def test_the_greater_city_comes_first(places: list[Name]) -> None:
    """London on the Thames, not the one in Ontario."""
    sizes = [place.population for place in places if place.population is not None]
    assert len(sizes) > 20_000
    assert all(one >= other for one, other in pairwise(sizes))
    assert next(place.id for place in places if place.name == "London") == "city:2643743"


@pytest.mark.parametrize(
    ("key", "name", "alias"),
    [
        ("country:HK", "Hong Kong", "Hong Kong Special Administrative Region of China"),
        ("country:MM", "Myanmar", "Republic of Myanmar"),
        ("country:US", "United States", "United States of America"),
        ("country:TT", "Trinidad and Tobago", "Republic of Trinidad and Tobago"),
        ("country:GB", "Britain", "United Kingdom"),
    ],
)
def test_a_country_is_called_what_news_calls_it(places: list[Name], key: str, name: str, alias: str) -> None:
    """Without what explains the short name; the official one beside it; the preferred one before it."""
    place = next(place for place in places if place.id == key)
    assert (place.name, place.label) == (name, "GPE")
    assert alias in place.aliases
    assert name not in place.aliases


def test_no_country_is_turned_round(places: list[Name]) -> None:
    """'Korea, Republic of' stands in no text."""
    countries = [place for place in places if place.id.startswith("country:")]
    assert len(countries) > 240
    assert [s for place in countries for s in place.spellings if "," in s] == []
