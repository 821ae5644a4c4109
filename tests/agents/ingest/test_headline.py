"""Headlines found and derived, and the byline beside them."""

from __future__ import annotations

import pytest

from agents.ingest.furniture import strip_furniture
from agents.ingest.headline import derive_headline, shorten

PROSE = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("Truce extended", "Truce extended"),
        ("World\nTruce in Geneva extended by a week", "Truce in Geneva extended by a week"),
        (
            "Truce in Geneva extended | Example\nWorld News\nTruce in Geneva extended",
            "Truce in Geneva extended",
        ),
        ("Will the truce hold?", "Will the truce hold?"),
        ("Gold at last for them!\nSports Desk\nSunday, November 23, 2025", "Gold at last for them!"),
        ("Sunday, November 23, 2025\nTruce extended", "Truce extended"),
        ("World | Africa | Asia | Europe\nTruce extended by a week", "Truce extended by a week"),
        ("News Opinion Sport Culture Lifestyle\nTruce extended by a week", "Truce extended by a week"),
        ("संघर्ष विराम एक हफ्ते बढ़ा", "संघर्ष विराम एक हफ्ते बढ़ा"),
        ("Truce extended | Example\nTruce extended", "Truce extended"),
        ("Truce extended - officials say\nTruce extended - officials say", "Truce extended - officials say"),
        ("# Truce extended by a week", "Truce extended by a week"),
        ("Title: Truce extended by a week\nAuthor: Ada Lovelace", "Truce extended by a week"),
        ("World", None),
        ("By Ada Lovelace", None),
    ],
)
def test_found(head: str, headline: str | None) -> None:
    """What is said twice wins, then the first line that is long enough; labels and datelines are none."""
    cleaned = strip_furniture(f"{head}\n{PROSE}")
    assert cleaned.headline == headline
    assert cleaned.body_text == PROSE


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ada Lovelace", "Ada Lovelace"),
        ("BY ADA LOVELACE and Alan Turing", "ADA LOVELACE and Alan Turing"),
        ("By\nAda Lovelace", "Ada Lovelace"),
        ("By Ada Lovelace | November 25, 2025", "Ada Lovelace"),
        ("Ada Lovelace – Example Daily News", "Ada Lovelace – Example Daily News"),
        ("Ada Lovelace, Reuters", "Ada Lovelace, Reuters"),
    ],
)
def test_byline(line: str, byline: str) -> None:
    """A byline above the text is taken out of it and kept."""
    cleaned = strip_furniture(f"Truce in Geneva extended by a week\n{line}\n{PROSE}")
    assert (cleaned.byline, cleaned.body_text) == (byline, PROSE)


def test_a_headline_that_begins_like_a_byline() -> None:
    """'By Land and Sea' names nobody."""
    cleaned = strip_furniture(f"By Land and Sea, Aid Reaches the Coast\n{PROSE}")
    assert (cleaned.headline, cleaned.byline) == ("By Land and Sea, Aid Reaches the Coast", None)


def test_derived_headline_is_the_first_sentence() -> None:
    """Abbreviations don't end it; a long one is cut at a word."""
    assert derive_headline("The U.S. envoy met J.D. Vance. More later.") == "The U.S. envoy met J.D. Vance."
    assert derive_headline("停戦が成立した。詳細は後ほど。") == "停戦が成立した。"
    assert shorten("one two three", 9) == "one two…"
    assert len(derive_headline("word " * 100)) <= 121


def test_a_title_that_comes_again_wins_over_other_lines_that_do() -> None:
    """A page begins with its title."""
    menu = ["Best places to see", "World News and Views"] * 2
    page = ["Truce in Geneva extended | Example", *menu, "Truce in Geneva extended", *menu, PROSE, PROSE]
    assert strip_furniture("\n".join(page)).headline == "Truce in Geneva extended"


def test_a_bullet_is_no_headline() -> None:
    """It is the article's summary, and stays."""
    text = f"• Truce extended by a week after talks\n{PROSE}"
    cleaned = strip_furniture(text)
    assert (cleaned.headline, cleaned.body_text) == (None, text)


def test_a_dateline_is_no_headline() -> None:
    """Nor is it part of a derived one; it stays in the body, where a watch finds its place."""
    for text in (f"GENEVA (AP)\n{PROSE}", f"GENEVA (AP) — {PROSE}"):
        cleaned = strip_furniture(text)
        assert (cleaned.headline, cleaned.dateline, cleaned.body_text) == (None, "GENEVA (AP)", text)
        assert derive_headline(text) == PROSE
