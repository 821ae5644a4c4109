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
        "With Post wires",
        "Main image credit: Getty",
        "© 2019 Associated Press. All Rights Reserved. This material may not be published or rewritten.",
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


def test_the_rights_of_the_site_are_not_the_articles() -> None:
    """Further down stands what the page's foot says."""
    foot = "Most read\nWorld\nSports\nWeather\nMarkets\nCulture\n© 2025 Example Media. All rights reserved."
    assert strip_furniture(f"{FIRST}\n{SECOND}\n{foot}", "Truce").credit is None


def test_a_caption_is_no_credit() -> None:
    """Only the line that says whose the picture is, and nothing else."""
    caption = (
        "FILE PHOTO: Delegates leave the hall in Geneva, where the talks were held until late. REUTERS/Staff"
    )
    assert strip_furniture(f"{FIRST}\n{caption}\n{SECOND}", "Truce").credit is None
