"""What belongs to the page goes, what belongs to the article stays."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.ingest.characters import tidy
from agents.ingest.furniture import Cleaned, strip_furniture

FIRST = "The delegations met in Geneva on Tuesday and agreed to extend the truce by another week."
SECOND = "Both sides said that the talks on security guarantees would go on until the end of the month."
THIRD = "A spokesman for the mediators spoke of progress, but warned that several questions remain open."


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Share this article",
        "Share on Facebook Share on Twitter",
        "Facebook | Twitter | WhatsApp",
        "Also Read:  Markets fall for a third day as oil rises",
        "ALSO READ | Markets fall for a third day",
        "Read more: What we know about the plan",
        "READ MORE ON THE TALKS BY CLICKING HERE",
        "Lesen Sie auch: Was über den Plan bekannt ist",
        "Lire aussi : Ce que l'on sait du plan",
        "Читайте также: Что известно о плане",
        "Subscribe to our newsletter",
        "Subscribe to our newsletter.",
        "Sign up for our daily newsletter and never miss a story!",
        "Sign up here.",
        "Follow us on X",
        "Follow us on Facebook, Instagram and Telegram for more updates.",
        "Get the day's top stories delivered to your inbox every morning.",
        "This website uses cookies to give you the best experience.",
        "By clicking Accept you agree to our use of cookies.",
        "Click here to read the full report",
        "Download our app for breaking news",
        "Join our WhatsApp channel",
        "Photo: Agency handout",
        "Image credit: Agency handout",
        "(Photo by a staff photographer)",
        "Tags: Geneva, truce, talks",
        "Filed under: World",
        "3 min read",
        "Reading time: 4 minutes",
        "12 comments",
        "Last updated: 25 November 2025, 10:15",
        "Published Nov 25, 2025 at 4:07 PM | Updated at 5:36 PM",
        "© 2025 Example Media. All rights reserved.",
        "Copyright 2025 Example Media. This material may not be published.",
        "Home > World > Europe > Talks resume",
        "World » Europe » Talks resume",
        "Home / News / Talks resume",
        "Skip to main content",
        "Share Tweet Email Print",
        "📢 Join our Telegram channel",
        "❤️ 12 🔁 4 💬 2",
        "Also follow us on WhatsApp",
        "For the latest news, download our app.",
        "Suscríbete a nuestra newsletter",
        "İlgili haberler",
        "यह भी पढ़ें: वार्ता का पहला दिन",
        "Image source, Example Agency",
        "A column of smoke rises above the hill. AP Photo/Staff",
        "The hall on Monday. (Image: AGENCY )",
        "Text Size: A- A A+",
        "Story continues below this ad",
        "Our Standards: The Example Trust Principles.",
        "#truce #geneva",
        "https://www.example.org/talks",
        "* * *",
        "Article continues below",
        "The post Talks resume appeared first on Example.",
        "This article was originally published by Example.",
        "Kindly share this story:",
        "(Except for the headline, this story has not been edited by our staff.)",
        "Never miss a big story. Sign up for our newsletter.",
        "Stay up to date with the latest news. We don't spam.",
        "Free weekly newsletter",
        "Comments can not be loaded",
        f"All rights reserved. This material may not be {'rewritten or broadcast or ' * 8}sold.",
        "Photographs by Omar Zaki",
        "Privacy Notice: Newsletters may contain information about charities and online ads.",
        "With your permission we and our partners may use precise geolocation data.",
        "Like Loading...",
        "Scroll down for video",
        "Share or comment on this article:",
        "Listen to this article · 5:12 min Learn more",
        "A version of this article appears in print on Nov. 25, 2025, Section B, Page 1.",
        "See more on: Taiwan, U.S. Politics",
        "Privacy ∙ Terms ∙ Collection notice",
        "Topics:",
        "By: PTI",
        "Trending Exit mobile version",
        "Advertisement Related Posts Leave a Reply",
    ],
)
def test_furniture_goes_from_the_midst(line: str) -> None:
    """A line of the page between two paragraphs goes, and nothing else does."""
    assert strip_furniture(tidy(f"{FIRST}\n{line}\n{SECOND}")).body_text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        "Investors subscribe to the share offer.",
        "They share this view of the advertisement.",
        "Subscribers to the service will pay more from January, the company said.",
        "Sign up or be fined, the ministry told employers on Monday.",
        "Follow the money, investigators say, and the trail leads abroad.",
        "“Thank you.”",
        "“Don’t mind me!” he told them.",
        "GENEVA (Reuters) - Talks on a truce resumed on Monday.",
        "Rebuilding Diplomatic Foundations",
        "Module efficiency",
        "What’s Next? The Clock Is Ticking on Diplomatic Momentum",
        "Background: The Long Road of Peace Efforts",
        "Home prices rose by 3 per cent in October.",
        "Click chemistry won the prize in 2022.",
        "Published accounts of the talks differ.",
        "Cookies and cakes sold well before the holidays, retailers said.",
        "Readers will find the full text on the ministry's website.",
        "Photo agencies were not admitted to the hall.",
        "The copyright law of 1976 is at issue in the case.",
        "By Tuesday, both delegations had left the city.",
        "The #MeToo movement has changed the industry.",
        "Prices: 30 euros a barrel, 40 euros a tonne.",
        "Trending topics on social media were full of it, analysts said.",
        "Related to this is the question of borders.",
        "Watch out for black ice, the police said.",
        "Share prices fell.",
        "24 November 2025",
        "“The pictures are ours,” said a photographer for AP.",
        "The talks were covered by Reuters, AFP and AP",
        "The tremor was felt far away, officials said. (Reuters)",
        "Pictures of the hall were distributed by Getty Images.",
        "Email traffic between the firms, seen by the court, showed it.",
        "World | Africa | Asia",
        "Copy that.",
        "He works for the U.S. Latest News of the day.",
        "Stay informed, officials told residents on Monday.",
        "Never miss a chance, the coach told them.",
        "Graphics by satellite show the damage to the port.",
        "Comments are closed to the press, the judge said.",
    ],
)
def test_the_article_stays(line: str) -> None:
    """A sentence or a heading stays, whatever words it holds."""
    text = f"{FIRST}\n{line}\n{SECOND}"
    assert strip_furniture(text).body_text == text
    text = f"{FIRST}\n{SECOND}\n{line} {THIRD}"
    assert strip_furniture(text).body_text == text


def test_a_whole_page_is_stripped_to_its_article() -> None:
    """Menus above and below, a byline, dates, lists of links and the comment form go."""
    page = "\n".join(
        [
            "Truce in Geneva extended by another week | Example News",
            *("Home", "World", "Politics", "Business", "Sports", "Culture", "Search", "Log in") * 3,
            "Truce in Geneva extended by another week",
            "By Ada Lovelace",
            "25 November 2025",
            "Share",
            FIRST,
            "Related articles",
            "Markets fall for a third day as oil rises",
            "What we know about the plan so far",
            "Five questions about the guarantees",
            SECOND,
            THIRD,
            "Most read",
            "Ten places to see this winter",
            "Team wins the cup after extra time",
            "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
            "I think that this is a very good article and that more should be written like it.",
            "© 2025 Example News",
        ]
    )
    cleaned = strip_furniture(tidy(page))
    assert cleaned.headline == "Truce in Geneva extended by another week"
    assert cleaned.byline == "Ada Lovelace"
    # The last link of a list in mid-text may be the heading of what follows: it stays.
    assert cleaned.body_text.split("\n") == [FIRST, "Five questions about the guarantees", SECOND, THIRD]


def test_buttons_that_ran_into_a_line_go() -> None:
    """They have no end of their own and nothing but labels."""
    text = f"{FIRST} Share Tweet\n{SECOND} Trending Exit mobile version"
    assert strip_furniture(text).body_text == f"{FIRST}\n{SECOND}"
    text = f"{FIRST}\nHe wrote for U.S. Latest News\n{SECOND} Latest News Agency"
    assert strip_furniture(text).body_text == text


def test_the_text_goes_on_behind_a_form_in_its_midst() -> None:
    """A form for a newsletter has more lines than a gap may have; all of them are certainly the page's."""
    form = ["Free weekly newsletter", "Subscribe", "Enter your email address", "First name", "Last name"]
    text = "\n".join([FIRST, *form, "Sign up", "I agree", "Privacy policy", SECOND])
    assert strip_furniture(text, "Truce extended").body_text == f"{FIRST}\n{SECOND}"


def test_a_headline_stands_below_the_menu() -> None:
    """What stands above it is the site's, however long."""
    above = "Watch our news at six and eleven\nMenu\nWeather"
    page = f"{above}\nTruce extended by another week\n{FIRST}\n{SECOND}"
    assert strip_furniture(page) == Cleaned(f"{FIRST}\n{SECOND}", "Truce extended by another week")


def test_names_of_sections_are_no_headline() -> None:
    """Parted by a bar or a slash they are a path."""
    page = f"News / Middle East\nTruce extended by another week\n{FIRST}\n{SECOND}"
    assert strip_furniture(page) == Cleaned(f"{FIRST}\n{SECOND}", "Truce extended by another week")


def test_a_byline_below_the_standfirst_goes() -> None:
    """With its date."""
    page = f"The last ferryman of the lake\n{FIRST}\nBy Ada Lovelace\nNovember 18, 2025\n{SECOND}"
    assert strip_furniture(page) == Cleaned(
        f"{FIRST}\n{SECOND}", "The last ferryman of the lake", "Ada Lovelace"
    )


def test_a_date_of_the_page_below_the_text_goes() -> None:
    """It heads no sentence, though the line after it ends with a colon."""
    page = f"{FIRST}\n{SECOND}\nFirst Published: Nov 21, 2025 07:15 PM IST\nTopics:\nParliament\nGeneva"
    assert strip_furniture(page, "Truce extended").body_text == f"{FIRST}\n{SECOND}"


def test_a_list_that_the_text_introduces_stays() -> None:
    """Short lines after a colon are the article's."""
    text = f"{FIRST}\nThe parties agreed on four points in all:\n- a truce\n- prisoners\n- grain\n- ports"
    assert strip_furniture(text).body_text == text


def test_a_table_below_the_text_stays() -> None:
    """Results have numbers, menus have none; what a line of the table's own introduces stays, too."""
    text = f"{FIRST}\n{SECOND}\nReds 3-1 Blues\nGreens 0-0 Whites\nBlacks 2-2 Greys\nPinks 1-0 Golds"
    assert strip_furniture(text).body_text == text
    text = f"{FIRST}\n{SECOND}\nTable:\n1 Reds\n2 Greens\n3 Pinks\n4 Golds"
    assert strip_furniture(text).body_text == text


def test_a_table_as_extractors_write_it_stays_and_what_is_below_it() -> None:
    """Its head and its rule have no numbers; below one sentence as well."""
    rows = "| Green Party | 14,980 |\n| Reform UK | 10,578 |\n| Labour | 9,364 |\nTurnout was 47.6%."
    cleaned = strip_furniture(f"{FIRST}\n| Party | Votes |\n|---|---|\n{rows}", "Results")
    assert cleaned.body_text == f"{FIRST}\n| Party | Votes |\n{rows}"


def test_a_desk_s_address_below_a_wire_story_goes() -> None:
    """In two brackets, as agencies send it to newsrooms."""
    assert strip_furniture(f"{FIRST}\n{SECOND}\n((desk@example.org; +44 20 7946 0000))").body_text == (
        f"{FIRST}\n{SECOND}"
    )


def test_the_text_goes_on_behind_a_link_to_another_article() -> None:
    """However short its sentences are."""
    text = f"{FIRST}\nRead also\nWhat is known about it\nThe talks go on.\nThe next round is on Thursday."
    kept = strip_furniture(text).body_text.split("\n")
    assert [kept[0], *kept[-2:]] == [FIRST, "The talks go on.", "The next round is on Thursday."]


def test_dates_that_head_a_sentence_stay() -> None:
    """Above the text a date is the page's; in a timeline it is the article's."""
    timeline = f"{FIRST}\n2 April 2011\nConstruction of it begins.\nSept. 9, 2025\nIt is done."
    cleaned = strip_furniture(f"How it was built\nSunday, November 23, 2025\n{timeline}")
    assert cleaned == Cleaned(timeline, "How it was built")


def test_a_table_of_contents_goes() -> None:
    """Headings that come again below stand there only."""
    body = f"{FIRST}\nWhy it was extended now\n{SECOND}\nWhat the observers expect\n{THIRD}"
    toc = "Why it was extended now\nWhat the observers expect"
    assert strip_furniture(f"Truce extended by another week\n{toc}\n{body}").body_text == body


def test_comments_go_even_where_they_are_longer_than_the_article() -> None:
    """Each has its author, its date or its button."""
    comments = [
        line
        for number in range(20)
        for line in (f"reader{number} says:", "November 19, 2025 at 6:34 am", f"{THIRD} {SECOND}", "Reply")
    ]
    page = [FIRST, SECOND, THIRD, "20 responses to “Truce extended”", *comments]
    assert strip_furniture("\n".join(page), "Truce extended").body_text == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_a_given_headline_is_not_repeated() -> None:
    """Lines that repeat the headline go, also with the site's name, and no other headline is looked for."""
    text = f"Truce extended - Example News\nTruce Extended\nSecond heading of this text\n{FIRST}\n{SECOND}"
    cleaned = strip_furniture(text, "Truce extended")
    assert cleaned.headline is None
    assert cleaned.body_text == f"Second heading of this text\n{FIRST}\n{SECOND}"


def test_a_flash_that_is_its_headline_stays() -> None:
    """A body that only repeats the headline is still the body."""
    assert (
        strip_furniture("Ceasefire agreed in Kyiv", "Ceasefire agreed in Kyiv").body_text
        == "Ceasefire agreed in Kyiv"
    )


def test_hashtags_after_the_last_sentence_go() -> None:
    """A run of hashtags behind the end goes; one in the sentence stays."""
    assert strip_furniture(f"{FIRST}\n{SECOND} #truce #geneva").body_text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "line",
    [
        f"{FIRST}\n", "World\nNews\n", "Read more\nTalks resume today\n", f"Leave a Reply\nName *\n{FIRST}\n",
        "World News ", f"{FIRST} ", "KYIV - ", "By Ada Lovelace and ", "(Reporting by ",
        "20 November 2025 Ada\n",
        "Our newsletter and your cookies. ", "Talks resume in Geneva today\n",
    ],
)  # fmt: skip
def test_twice_the_text_takes_twice_the_time(line: str) -> None:
    """Quadratic would be four times; the clock is the process's own, and the bound leaves room for noise."""
    taken = []
    for size in (100_000, 400_000):
        text = tidy((line * (size // len(line) + 1))[:size])
        started = time.process_time()
        strip_furniture(text)
        taken.append(time.process_time() - started)
    assert taken[1] < 8 * taken[0] + 0.3


LINES = st.sampled_from(
    [
        FIRST,
        SECOND,
        THIRD,
        "World",
        "Advertisement",
        "Related articles",
        "Talks resume in Geneva",
        "Leave a Reply",
        "Home / News / Talks resume in Geneva",
        "By Ada Lovelace",
        "“No.”",
        "Agreed on four points:",
        "- grain",
        "7",
    ]
)


@settings(deadline=None)
@given(st.lists(LINES, max_size=30).map("\n".join) | st.text().map(tidy))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """With the headline known, what is clean stays as it is."""
    once = strip_furniture(text)
    headline = once.headline or ""
    assert strip_furniture(once.body_text, headline).body_text == once.body_text


@given(st.lists(st.sampled_from([FIRST, SECOND, THIRD]), min_size=1, max_size=20))
def test_prose_is_never_lost(paragraphs: list[str]) -> None:
    """A text of nothing but sentences comes back whole."""
    assert strip_furniture("\n".join(paragraphs)).body_text == "\n".join(paragraphs)
