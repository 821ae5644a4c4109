"""What a query costs, and where it is too much."""

from __future__ import annotations

import pytest

from agents.mentions.query.read import QueryError, read_query


def test_phrases_with_slop_are_added_up() -> None:
    """One with the largest slop is taken, and a hundred with a small one; fifty with a large one are not."""
    read_query('"peace deal"~30')
    read_query(" OR ".join(f'"peace deal w{number}"~5' for number in range(100)))
    query = " OR ".join(f'"peace deal w{number}"~30' for number in range(50))
    with pytest.raises(QueryError, match="would try 4,185 places of words, the limit is 4,096") as error:
        read_query(query)
    assert query[error.value.position :].startswith('~30 OR "peace deal w45"')


def test_wildcards_are_added_up() -> None:
    """By what stands before them: with each letter they fit fewer words."""
    stems = [f"ab{chr(number)}" for number in range(ord("a"), ord("z"))]
    read_query(" OR ".join(f"{stem}*" for stem in stems * 4))
    read_query(" OR ".join(f"{stem}c*" for stem in stems * 20))
    read_query(" OR ".join(f"санкц{number}*" for number in range(1_000)))
    query = " OR ".join(f"{stem}*" for stem in stems * 5)
    with pytest.raises(QueryError, match="would fit some 10,100 words, the limit is 10,000") as error:
        read_query(query)
    assert error.value.position == len(" OR ".join(["abc*"] * 101)) - 4
