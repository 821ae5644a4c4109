"""Sentences above and below an article that are not its own."""

from __future__ import annotations

from agents.ingest.furniture import cut_furniture

ARTICLE = [
    "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week.",
    "Both sides said that the talks on security guarantees would go on until the end of the month.",
    "Observers counted eleven violations of the truce since Sunday, fewer than in any week of October.",
]
MENU = ["World", "Sports", "Weather", "Markets", "Culture", "Travel", "Log in", "Subscribe", "Search"]
TEASERS = [
    "Most popular",
    "Museum shows its oldest globe after years of repairs",
    "The globe of 1492 can be seen from Saturday behind glass, next to the maps that its maker drew for...",
    "Price of coffee at its highest since the spring",
    "A pound cost four dollars on Monday after frost in the hills destroyed a tenth of what growers...",
]


def body(*lines: str) -> list[str]:
    return cut_furniture("\n".join(lines), "Truce extended by another week")[0].body_text.split("\n")


def test_teasers_go_from_below_a_page() -> None:
    """They are announced, break off, and share no word with the text."""
    assert body(*MENU, *ARTICLE, *TEASERS) == ARTICLE


def test_they_stay_where_an_extractor_left_them() -> None:
    """No whole page: what follows a link is mostly the article's."""
    assert body(*ARTICLE, *TEASERS)[-1] == TEASERS[-1]


def test_the_article_goes_on_behind_a_link() -> None:
    """In a whole page, too: it speaks of the same, or in whole paragraphs."""
    same = "The truce was agreed in Geneva in October, and both sides have extended it four times."
    assert body(*MENU, *ARTICLE, "Read more", "Museum shows its oldest globe after years", same)[-1] == same
    other = "Oil fell by two dollars. Gold rose to a record, and the franc lost a cent against the euro."
    assert body(*MENU, *ARTICLE, "Read more", "Museum shows its oldest globe after years", other)[-1] == other


def test_consent_goes_from_both_ends() -> None:
    """And from beside a line of the page."""
    consent = (
        "We and our partners use cookies of your browser, and you can change your consent in the settings."
    )
    assert body(consent, *MENU, *ARTICLE, "Subscribe", consent, "Subscribe") == ARTICLE


def test_each_cut_has_its_rule() -> None:
    """And its line."""
    _, cuts = cut_furniture("\n".join([*MENU, *ARTICLE, *TEASERS]), "Truce extended by another week")
    rules = {cut.line: cut.rule for cut in cuts}
    assert (rules[1], rules[len(MENU) + 4], rules[len(MENU) + 6]) == ("buttons", "links", "other article")
