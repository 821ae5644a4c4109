"""The densest stretch of prose."""

from __future__ import annotations

from agents.ingest.lines import read_lines
from agents.ingest.region import article_lines

PROSE = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."


def test_menus_part_a_notice_from_the_article() -> None:
    """One sentence beyond twenty menu lines is outside; short headings part nothing."""
    menu = ["World", "Politics", "Business", "Culture"] * 5
    lines = read_lines("\n".join([PROSE, *menu, PROSE, PROSE, "Talks", PROSE, *menu]))
    assert article_lines(lines) == range(21, 25)


def test_no_prose_no_article() -> None:
    """Without a sentence there is no stretch."""
    assert article_lines(read_lines("World\nPolitics")) == range(0)
