"""Paragraphs that an extractor left out."""

from __future__ import annotations

from agents.ingest.complete import completed

DAYS = [
    f"On day {day} the delegations met again, and they agreed to go on with the talks on guarantees."
    for day in ("one", "two", "three", "four", "five", "six")
]
LEAD = "The truce is extended by a week after a night of talks in Geneva."
LAST = "The next round is on Thursday, in the same hall."
MENU = ["World", "Sports", "Weather", "Markets", "Culture", "Travel", "Log in", "Subscribe", "Search"]
HEADLINE = "Truce extended by another week"


def whole(*lines: str) -> str:
    return "\n".join([*MENU, HEADLINE, *lines, "© 2025 Example"])


def test_beside_the_article_and_in_its_midst() -> None:
    """In their places; nothing of the menu with them."""
    text = "\n".join([*DAYS[:3], *DAYS[4:]])
    assert completed(text, whole(LEAD, *DAYS, LAST), HEADLINE).split("\n") == [LEAD, *DAYS, LAST]


def test_what_was_extracted_comes_back_as_it_is() -> None:
    """Its lists and headings, too, which other marks begin there."""
    text = "\n".join([*DAYS[:3], "- a truce", "- grain", *DAYS[3:]])
    assert completed(text, whole(*DAYS[:3], "a truce", "grain", *DAYS[3:]), HEADLINE) == text


def test_lines_that_were_broken_otherwise_are_known() -> None:
    """Two paragraphs in one line are two paragraphs."""
    text = " ".join(DAYS)
    assert completed(text, whole(*DAYS), HEADLINE) == text


def test_what_stands_apart_stays_out() -> None:
    """A consent above the menu, links below."""
    consent = "We and our partners use cookies of your browser, and you can change your consent."
    text = "\n".join(DAYS)
    visible = f"{consent}\n{whole(*DAYS)}\nMost read\nMuseum shows its oldest globe after years"
    assert completed(text, visible, HEADLINE) == text


def test_another_part_of_the_page_was_extracted() -> None:
    """Then all that is visible goes through our own rules."""
    visible = whole(*DAYS)
    assert completed(DAYS[0], visible, HEADLINE) == visible
    assert completed("We use cookies.", visible, HEADLINE) == visible
