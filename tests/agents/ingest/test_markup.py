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


FIRST = "The delegations met in Geneva on Tuesday and agreed to extend the truce."
SECOND = "Both sides spoke of progress."
THIRD = "The next round is on Thursday."
DAYS = [SENTENCE.format(day) for day in range(8)]
LONG = "".join(f"<p>{day}</p>" for day in DAYS)
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{FIRST}</p><p>{SECOND}</p>", [FIRST, SECOND]),
        (f"{NAV}<p>{FIRST}</p><p>{SECOND}</p><footer>© 2025</footer>", [FIRST, SECOND]),
        (f"{NAV}{FIRST}<br>{SECOND}<br/>{THIRD}", [FIRST, SECOND, THIRD]),
        (f"<div>{FIRST}</div><div>{SECOND}</div>", [FIRST, SECOND]),
        (f"<p>{FIRST}<p>{SECOND}<div>{THIRD}", [FIRST, SECOND, THIRD]),
        (f"{NAV}<article>{LONG}<p>{FIRST}<div><b>{SECOND}<p>{THIRD}", [*DAYS, FIRST, SECOND, THIRD]),
        (f"{NAV}<div>{FIRST}</div><article>{LONG}</article>", [FIRST, *DAYS]),
        (
            f"{NAV}<article>{LONG}<aside><p>{FIRST}</p></aside><p>{SECOND}</p></article>",
            [*DAYS, FIRST, SECOND],
        ),
        ("<p>5 &lt; 6, they said.</p><p>Talks &amp;amp; truce.</p>", ["5 < 6, they said.", "Talks & truce."]),
        (
            f"<article><p>{FIRST}</p><ul><li>a truce</li><li>grain</li></ul><p>{SECOND}</p></article>",
            [FIRST, "- a truce", "- grain", SECOND],
        ),
        (
            f"<article><p>{FIRST}</p><blockquote>{THIRD}</blockquote><p>{SECOND}</p></article>",
            [FIRST, THIRD, SECOND],
        ),
    ],
)
def test_nothing_of_a_page_is_lost(body: str, expected: list[str]) -> None:
    """Two sentences, line breaks, tags never closed, a standfirst beside its article, a box within it."""
    page = read_page(f"<html><head><title>Truce extended</title></head><body>{body}</body></html>")
    lines = tidy(to_text(page.text)).split("\n")
    assert [line for line in lines if line in expected] == expected
    assert page.headline == "Truce extended"


@pytest.mark.parametrize(
    ("snippet", "expected"),
    [
        (f"<p>{FIRST}</p><p>{SECOND}</p>", f"{FIRST}\n{SECOND}"),
        (f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;", f"{FIRST}\n{SECOND}"),
        (f"{FIRST}<br>{SECOND}<br/>", f"{FIRST}\n{SECOND}"),
        (f"{FIRST} <a href='x'>Read more</a>", f"{FIRST} Read more"),
        (f"<p>{FIRST}<p>{SECOND}", f"{FIRST}\n{SECOND}"),
    ],
)
def test_snippets_of_feeds(snippet: str, expected: str) -> None:
    """Fragments, escaped ones, and what was never closed."""
    assert tidy(to_text(snippet)) == expected
