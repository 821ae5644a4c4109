"""Sentences that speak to the reader of the site."""

from __future__ import annotations

import pytest

from agents.ingest.lines import read_lines
from agents.ingest.site import is_about_site, site_lines


@pytest.mark.parametrize(
    "text",
    [
        "We have detected that your browser is old; please update it for the best experience.",
        "An email has been sent to your address; please activate your subscription by clicking the link.",
        "Our newsletter brings you the stories of the week, and you can unsubscribe whenever you like.",
        "Cookies that collect your personal data for ads and analytics on the website need your consent.",
        "Bitte stimmen Sie den Cookies zu, damit wir unsere Newsletter verbessern können.",
    ],
)
def test_it_does(text: str) -> None:
    """Somebody is addressed, and it is about letters, browsers and consent."""
    assert is_about_site(text)


@pytest.mark.parametrize(
    "text",
    [
        "The regulator fined the company 50 million euros over cookies that its website set without consent.",
        "“We send you our newsletter and your browser stores a cookie,” the company had written to clients.",
        "We shall see what prices do, and you will read it in the minutes, the governor told our reporter.",
        "The email was sent to the ministry on Monday, an official said.",
    ],
)
def test_it_does_not(text: str) -> None:
    """A report about it addresses nobody; what is quoted is the news."""
    assert not is_about_site(text)


def test_an_article_about_it_is_no_furniture() -> None:
    """Where most of the prose speaks so, that is the theme."""
    line = "Delete the cookies of your browser once a week, and log in to your account with us anew."
    other = "The harbour reopened on Friday after a storm had closed it for three days, the authority said."
    assert site_lines(read_lines(f"{line}\n{line}\n{other}")) == frozenset()
    assert site_lines(read_lines(f"{line}\n{other}\n{other}\n{other}")) == {0}
