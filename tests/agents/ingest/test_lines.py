"""What each line of a page is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.ingest.lines import is_breadcrumb, key, last_crumb, read_lines


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Talks went on for a whole day.", "prose"),
        ("To be or not to be in on it is up to us as we go on and on at it all", "prose"),
        ("The minister said: talks go on.", "prose"),
        ("Talks resume", "short"),
        ("“Thank you.”", "short"),
        ("Thank you.", "short"),
        ("12", "short"),
        ("Home / News / Talks resume", "furniture"),
        ("World › Europe › Ukraine", "furniture"),
        ("Advertisement", "furniture"),
        ("ADVERTISEMENT:", "furniture"),
        ("Also Read: Ten things about it", "furniture"),
        ("Facebook | Twitter | WhatsApp", "furniture"),
        ("#Talks #Geneva", "furniture"),
        ("https://news.example/1", "furniture"),
        ("* * *", "furniture"),
        ("Trending", "announces"),
        ("Leave a Reply", "ends"),
    ],
)  # fmt: skip
def test_a_line_is(line: str, kind: str) -> None:
    """Prose, a short line of the article perhaps, or furniture of the page."""
    assert kind == read_lines(line)[0].kind


def test_scripts_without_spaces_have_words_too() -> None:
    """Two characters a word: a Chinese sentence is prose."""
    line = read_lines("外交官周二在日内瓦会面，讨论停火协议。")[0]
    assert (line.words, line.kind) == (8, "prose")


def test_a_label_counts_as_one_only_after_the_text_has_begun() -> None:
    """Every line is read in turn, none is lost or changed."""
    text = "Tags: talks\nTalks went on for a whole day.\nTags: talks"
    assert text == "\n".join(line.text for line in read_lines(text))


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("Home / News / Talks resume", "Talks resume"),
        ("Home > News > X - Y", "Y"),
        ("World › Europe › Ukraine", "Ukraine"),
    ],
)
def test_a_breadcrumb_leads_to_its_last_part(line: str, last: str) -> None:
    """Which is the headline, or the section."""
    assert (is_breadcrumb(line), last_crumb(line)) == (True, last)


@pytest.mark.parametrize("line", ["He came home - and left.", "A - B", "Home", "Talks / truce"])
def test_no_breadcrumb(line: str) -> None:
    """Two parts make no path, nor does a sentence."""
    assert not is_breadcrumb(line, sentence=line.endswith("."))


@given(st.text(max_size=200))
def test_any_text_is_read_line_by_line(text: str) -> None:
    """As many lines as it has, as they are."""
    assert text.split("\n") == [line.text for line in read_lines(text)]


@given(st.text(alphabet="aB ’'|:#-12.,É"))
def test_a_key_knows_no_case_no_edges_and_no_numbers(text: str) -> None:
    """So phrases of the list and lines of a page meet: '3 Comments' and '41 COMMENTS:'."""
    assert key(text) == key(f" •{text.upper()}: ")
    assert not set(key(text)) & set("12’")
