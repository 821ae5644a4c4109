"""Who wrote it, from the line that says so; and lines that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.byline import find_byline
from agents.ingest.lines import read_lines

PROSE = "Talks in the city went on for a whole day and ended without a result."


def byline(*above: str) -> tuple[list[int], str | None]:
    """Lines taken as byline above a text, and the name."""
    taken, name = find_byline(read_lines("\n".join((*above, PROSE))), len(above))
    return sorted(taken), name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ana Rubio", "Ana Rubio"),
        ("BY Ana Rubio", "Ana Rubio"),
        ("Von Anna Schmidt", "Anna Schmidt"),
        ("Par Ana de la Rubio", "Ana de la Rubio"),
        ("Reported by Jo Ann Li and Max Orr | 3 May 2025", "Jo Ann Li and Max Orr"),
        ("Ahmed Kamel – Egypt Daily News", "Ahmed Kamel – Egypt Daily News"),
        ("By: Ana Rubio", "Ana Rubio"),
        ("Ana de Rubio 3 hours ago", "Ana de Rubio"),
    ],
)
def test_a_line_that_names_its_writer(line: str, name: str) -> None:
    """In several languages, with an outlet or a date after it."""
    assert byline("A headline of the day", line) == ([1], name)


@pytest.mark.parametrize(
    "line",
    [
        "By the time the envoys left, nothing was signed",
        "Rubio makes progress – officials say",
        "By Ana Rubio went the prize.",
        "Von der Talks",
        "News",
        "On Nov 18, 2025",
        "Gaza City 24 November 2025",
    ],
)
def test_a_line_that_only_looks_like_one(line: str) -> None:
    """A headline must not be lost to a writer."""
    assert byline(line) == ([], None)


def test_by_and_the_name_on_two_lines() -> None:
    """As pages set it that were copied by hand."""
    assert byline("A headline", "By", "Ana Rubio") == ([1, 2], "Ana Rubio")


def test_a_name_and_a_place_above_a_date() -> None:
    """Below a headline only, which may name somebody in a place, too."""
    assert byline("A headline of the day", "Ana Rubio in Paris", "24 November 2025") == ([1], "Ana Rubio")
    assert byline("Ana Rubio in Paris", "24 November 2025") == ([], None)


def test_a_byline_below_a_standfirst() -> None:
    """With the date below it; further down 'By Christmas Eve' heads a paragraph."""
    lines = ["A headline of the day", PROSE, "By Ana Rubio", "24 November 2025", PROSE]
    assert find_byline(read_lines("\n".join(lines)), 1) == (frozenset((2, 3)), "Ana Rubio")
    lines[1:1] = [PROSE]
    assert find_byline(read_lines("\n".join(lines)), 1) == (frozenset(), None)


def test_menus_far_above_are_not_looked_at() -> None:
    """The name of another article's writer among links."""
    assert byline("By Ana Rubio", *["Link"] * 20) == ([], None)


@given(st.lists(st.text(alphabet="ABy bo.,–|-'\u00c9", max_size=40), max_size=8), st.integers(0, 8))
def test_it_takes_no_prose_and_only_lines_near_the_beginning(above: list[str], start: int) -> None:
    """Whatever the lines are."""
    lines = read_lines("\n".join((*above, PROSE)))
    taken, name = find_byline(lines, min(start, len(lines)))
    assert all(0 <= index <= start + 6 and (index < start or lines[index].kind != "prose") for index in taken)
    assert bool(taken) == (name is not None)
