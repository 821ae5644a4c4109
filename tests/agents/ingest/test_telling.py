"""Sentences that tell something, however they begin."""

from __future__ import annotations

import pytest

from agents.ingest.furniture import strip_furniture
from agents.ingest.telling import is_reported, tells

FIRST = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."
SECOND = "Both sides said that the talks on security guarantees would go on until the end of the month."

NEWS = [
    "Published in 2019, the report found that the river is dying.",
    "Created in 1994, the fund pays farmers in nine states.",
    "Posted to the embassy in 2011, she learned the language in a year.",
    "Updated figures for 2024 show a fall of two per cent.",
    "Video from the scene shows burning cars near the bridge.",
    "Picture by picture, the museum is being emptied.",
    "500 shares were sold.",
    "The islands can be reached on foot at low tide.",
    "Both suspects can be contacted via their lawyer, the court said.",
    "Unauthorised use of drones near airports is prohibited, the ministry said.",
    "By the end of March – as agreed in 2019 – all should be home.",
    "By early Monday - around 10:30 local time - the road was open again.",
    "Thank you for your support, the president told the crowd.",
    "Become a member of the union or leave, the prime minister was told.",
    "Follow the talks on X and elsewhere, many did on Monday night.",
    "Click here, drag there: that is how children learn today, the study found.",
    "Read more books, the minister told pupils.",
    "See more of the world before you are thirty, she advises.",
    "Trending: prices for eggs fell by a third in May.",
    "Tags: the police found them on forty crates.",
    "Edited by machines, the videos fooled millions.",
    "Reporting by the BBC and others led to the inquiry.",
    "Written in haste, the law has gaps.",
    "Two reporters of the paper contributed to this report on the flood, which the court used as evidence.",
    "This article was first published in 1949 and is part of the treaty.",
    "Originally published in 1949, the novel sells well again.",
    "Copyright law was changed in 2019 to allow it.",
    "Stay connected to the grid, utilities were told, or pay our newsletter's fee.",
    "All rights reserved for the state were returned to the provinces.",
    "You must be logged in as an officer to see the file, he testified.",
    "By submitting the bid you accept the terms, the tender says.",
    "Continue reading the letter, the judge told him.",
    "Have any tips about the theft? Contact the police.",
    "No spam was found in the tins, inspectors said.",
    "Press the button and the door opens, it was said.",
    "First published accounts from 1912 tell another story.",
    "Already a member of the council, she now seeks the mayor's office.",
    "Por la tarde - hacia las 10:30 - volvió la luz.",
    "Aktualisiert wurde die Liste zuletzt 2019.",
    "Publié en 2019, le rapport fut ignoré.",
    "Publicado en 2019, el informe fue ignorado.",
    "Опубликовано в 2019 году исследование о воде.",
]
ADVICE = [
    "The app sends you an alert by e-mail when your account is used.",
    "You need a browser with cookies switched off to reproduce the flaw, the researchers write.",
    "Readers should update their browser now, because the flaw lets a site read your passwords.",
    "Tickets are sold on the museum's website, and you can register for tours by email.",
    "Please visit our website for the latest data on water, the authority told residents.",
    "If you have an account at the bank, change your password and sign out on all devices, experts advise.",
]


@pytest.mark.parametrize("line", NEWS)
def test_news_that_begins_like_a_line_of_the_page_stays(line: str) -> None:
    """In the midst, at either end, beside a line of the page, and alone."""
    for text in (
        f"{FIRST}\n{line}\n{SECOND}",
        f"{FIRST}\n{SECOND}\n{line}",
        f"{line}\n{FIRST}\n{SECOND}",
        f"{FIRST}\n{line}",
        line,
    ):
        assert strip_furniture(text, "Truce extended").body_text == text
    beside = strip_furniture(f"{FIRST}\nAdvertisement\n{line}\n{SECOND}", "Truce extended").body_text
    assert beside == f"{FIRST}\n{line}\n{SECOND}"


@pytest.mark.parametrize("line", ADVICE)
def test_advice_about_accounts_is_news(line: str) -> None:
    """A site speaks for itself, as 'we' and 'our'; beside its lines, too, the rest is somebody's report."""
    prose = [f"{FIRST} It was day {day}." for day in range(6)]
    kept = strip_furniture("\n".join([*prose, "Advertisement", line, "Share this article", *prose]), "Truce")
    assert line in kept.body_text.split("\n")


def test_somebodys_saying() -> None:
    """Behind a comma, with who says it."""
    assert is_reported("Read more books, the minister told pupils.")
    assert not is_reported("Read more about it, and tell us what you think.")


def test_running_on() -> None:
    """In small words behind the first."""
    assert tells("updated figures for 2024 show it")
    assert not tells("published Nov 25, 2025 at 4:07 PM")
