"""HTML to text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.ingest.characters import tidy
from agents.ingest.markup import is_page, read_page, to_text

SENTENCE = "The delegations met again on day {} and agreed to go on with the talks on guarantees."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("the <b> tag", "the <b> tag"),
        ("AT&T and AT&amp;T, x&copy=1", "AT&T and AT&T, x&copy=1"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;", "One\ntwo"),
        ("<p>One <b>bo</b>ld<br>line</p><ul><li>a</li><li>b</li></ul>", "One bold\nline\na\nb"),
        ("<p>One</p><script>evil()</script><style>p {}</style><!-- no --> two", "One\ntwo"),
        ("<![CDATA[<p>One</p>]]>", "One"),
        ("<p>One\n line</p>", "One line"),
        ("<item><summary>One</summary><x-note>two</x-note></item><p>three</p>", "One\ntwo\nthree"),
    ],
)
def test_to_text(text: str, expected: str) -> None:
    """Fragments lose their tags, plain text keeps its signs."""
    assert tidy(to_text(text)) == expected


def test_read_page() -> None:
    """Main text and metadata; no script, no menu."""
    html = (
        '<!doctype html><html lang="en"><head><title>Talks | Example</title>'
        '<meta property="og:title" content="Talks">'
        '<meta property="article:published_time" content="2025-11-25T10:00:00Z">'
        '<meta name="author" content="Desk">'
        '<link rel="canonical" href="https://example.org/a"></head><body>'
        '<nav><a href="/">Home</a></nav><article>'
        + "".join(f"<p>{SENTENCE.format(day)}</p>" for day in range(6))
        + "</article><script>var sanctions = 1</script></body></html>"
    )
    assert is_page(html)
    page = read_page(html)
    assert page.text.split("\n") == [SENTENCE.format(day) for day in range(6)]
    assert (page.headline, page.byline, page.published) == ("Talks", "Desk", "2025-11-25T10:00:00Z")
    assert (page.uri, page.language) == ("https://example.org/a", "en")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<script>", "</script>", "&amp;", "&lt;", "a", "<", ">", "<!--"])
    ).map("".join)
)
def test_broken_markup_never_fails(text: str) -> None:
    """Whatever the tags, there is a text, and it is always the same."""
    assert to_text(text) == to_text(text)
    assert read_page(text).text == read_page(text).text


LINKED = (
    '{"@type": "NewsArticle", "headline": "Talks resume", "author": [{"name": "News desk"}], '
    '"datePublished": "2025-11-25T10:00:00Z", "publisher": {"name": "Example"}}'
)


@pytest.mark.parametrize(
    "linked", [LINKED, f"[{LINKED}]", f'{{"@graph": [{{"@type": "WebSite"}}, {LINKED}]}}']
)
def test_linked_data_tells_what_the_page_does_not(linked: str) -> None:
    """schema.org's NewsArticle, alone, in a list or in a graph."""
    body = f"<p>{SENTENCE.format(1)}</p><p>{SENTENCE.format(2)}</p>"
    page = read_page(
        f'<html><head><script type="application/ld+json">{linked}</script></head><body>{body}</body></html>'
    )
    assert (page.headline, page.byline, page.published, page.source) == (
        "Talks resume",
        "News desk",
        "2025-11-25T10:00:00Z",
        "Example",
    )


@pytest.mark.parametrize("linked", ["{broken", "3", '{"@graph": 3}', "[" * 100_000, '{"headline": 5}'])
def test_broken_linked_data_is_passed_over(linked: str) -> None:
    """The page's own title then, without the site's name."""
    page = read_page(
        f"<html><head><title>Talks resume | Example</title>"
        f'<script type="application/ld+json">{linked}</script></head><body><p>Text.</p></body></html>'
    )
    assert page.headline == "Talks resume"
