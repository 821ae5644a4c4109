"""Who else had a hand in it."""

from __future__ import annotations

import pytest

from agents.ingest.credit import credit_tail
from agents.ingest.furniture import strip_furniture

FIRST = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."
SECOND = "Both sides said that the talks on security guarantees would go on until the end of the month."


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Ada Lovelace; editing by Alan Turing",
        "(Reporting by Ada Lovelace in Geneva and Alan Turing in London; Editing by Mark Twain)",
        "Additional reporting by Ada Lovelace.",
        "Written by Ada Lovelace, edited by Alan Turing",
        "(With inputs from PTI)",
        "Associated Press writers Ada Lovelace and Alan Turing contributed to this report.",
        "This article was originally published by Example. Read the original article.",
        "(mit Material von dpa)",
    ],
)
def test_a_line_of_its_own(line: str) -> None:
    """Below the text it goes into its field."""
    cleaned = strip_furniture(f"{FIRST}\n{SECOND}\n{line}")
    assert (cleaned.body_text, cleaned.credit) == (f"{FIRST}\n{SECOND}", line.strip("()"))


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by satellite, the crew said that all was well. They land on Friday.",
        "Editing by hand took the monks a year. Printing takes a day.",
        "Inputs from the regions arrive late, the ministry said. It wants them earlier.",
    ],
)
def test_a_sentence_that_begins_so_stays(line: str) -> None:
    """It goes on as no credit does."""
    text = f"{FIRST}\n{line}\n{SECOND}"
    assert strip_furniture(text).body_text == text


def test_behind_the_last_sentence() -> None:
    """In brackets."""
    credit = "(Reporting by Ada Lovelace; editing by Alan Turing)"
    cleaned = strip_furniture(f"{FIRST}\n{SECOND} {credit}")
    assert (cleaned.body_text, cleaned.credit) == (f"{FIRST}\n{SECOND}", credit.strip("()"))
    assert credit_tail("He was moved by it (by all of it).") == ""
