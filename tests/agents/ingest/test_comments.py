"""Readers' comments and the form for one."""

from __future__ import annotations

from agents.ingest.comments import without_comments
from agents.ingest.lines import read_lines

PROSE = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."
FORM = ["Leave a Reply", "Name *", "Email *", "Website"]


def test_below_the_form_there_is_nothing() -> None:
    """Not even sentences."""
    lines = read_lines("\n".join([PROSE, PROSE, PROSE, *FORM, PROSE]))
    assert len(without_comments(lines)) == 3


def test_a_form_above_the_article_ends_nothing() -> None:
    """Most of the prose is below it."""
    lines = read_lines("\n".join([PROSE, PROSE, *FORM, *[PROSE] * 5]))
    assert without_comments(lines) == lines


def test_a_heading_alone_ends_nothing() -> None:
    """Without a form or comments below it."""
    lines = read_lines(f"{PROSE}\n{PROSE}\n{PROSE}\nLeave a Reply\n{PROSE}")
    assert without_comments(lines) == lines
