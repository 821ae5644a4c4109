"""A file of feeds, and what is told of a wrong one."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.feeds.configured import LARGEST_FILE, load, parse
from streams.feeds.feed import DELAY, MAX_AGE, MOST, FeedsError

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {"KEY": "s3cret", "TOKEN": "t0ken"}

WHOLE = """
contact: desk@example.org
delay: 2s
every: 10m
page: never
feeds:
  - https://www.example.org/rss.xml
  - url: https://me:word@example.net/paid.xml?key=${KEY}#top
    name: paid
    source: Example News
    language: en
    every: 90
    page: always
    updates: false
    private: true
    headers: {Authorization: "Bearer ${TOKEN}"}
    most: 20
    max_age: 2d
"""


def test_all_that_a_file_can_say() -> None:
    """An address alone is a feed; what the file says for all, a feed may say for itself."""
    feeds = parse(WHOLE, "f.yaml", ENVIRONMENT)
    plain, paid = feeds.feeds
    assert (feeds.contact, feeds.delay) == ("desk@example.org", 2)
    assert (plain.name, plain.url) == ("example.org/rss.xml", "https://www.example.org/rss.xml")
    assert (plain.every, plain.page, plain.updates, plain.private) == (600, "never", True, False)
    assert (plain.most, plain.max_age, plain.headers) == (MOST, MAX_AGE, {})
    assert (paid.name, paid.source, paid.language) == ("paid", "Example News", "en")
    assert (paid.every, paid.page, paid.updates, paid.private) == (90, "always", False, True)
    assert (paid.most, paid.max_age) == (20, 2 * 86400)


def test_secrets_come_from_the_environment_and_are_not_shown() -> None:
    """Neither they nor a user and password; another token makes no other feed."""
    [_, paid] = parse(WHOLE, "f.yaml", ENVIRONMENT).feeds
    [_, other] = parse(WHOLE, "f.yaml", ENVIRONMENT | {"KEY": "new"}).feeds
    assert paid.url == "https://me:word@example.net/paid.xml?key=s3cret"
    assert paid.headers == {"Authorization": "Bearer t0ken"}
    assert paid.shown == "https://example.net/paid.xml?key=${KEY}#top"
    assert paid.key == other.key


def test_the_list_alone_is_a_file() -> None:
    """As with watches."""
    feeds = parse("- https://example.org/a\n- url: http://localhost:8/b\n", "f.yaml", {})
    assert feeds.delay == DELAY
    assert [feed.name for feed in feeds.feeds] == ["example.org/a", "localhost:8/b"]


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://localhost/f", True),
        ("http://127.0.0.1:80/f", True),
        ("http://[::1]/f", True),
        ("http://10.0.0.7/f", True),
        ("http://intranet/f", False),
        ("https://example.org/f", False),
        ("http://1.1.1.1/f", False),
    ],
)
def test_an_address_that_says_it_is_private_is_meant(url: str, private: bool) -> None:
    """A name does not say so: where it leads is for others to change."""
    [feed] = parse(f"- {url}", "f.yaml", {}).feeds
    assert feed.private is private


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "f.yaml:1: the file: is empty; write a mapping with feeds"),
        ("feeds: []", "f.yaml:1: feeds: is empty; list at least one feed"),
        ("feed: []", "f.yaml:1: the file: unknown field 'feed'; the fields are feeds, contact"),
        ("- {}", "f.yaml:1: feeds[0]: has no 'url'; add it"),
        ("- url: https://a.org\n  evry: 5m", "f.yaml:2: feeds[0]: unknown field 'evry'; the fields are url"),
        ("- file:///etc/passwd", "'file:///etc/passwd' is no address of a feed: write http(s)://"),
        ("- example.org/rss", "'example.org/rss' is no address of a feed"),
        ("- https://u:word@/rss", "'https:///rss' is no address of a feed"),
        ("- 'https://a.org/a b'", "is no address"),
        ("- https://a.org\n- https://a.org", "f.yaml:2: feeds[1]: https://a.org stands in line 1 already"),
        ("- https://a.org/?a\n- https://a.org/?b", "the name 'a.org' is taken in line 1; give one of them"),
        ("- https://a.org/${NO}", "feeds[0].url: the variable NO is not set; set it in the environment"),
        ("- https://a.org/${}", "${} is no variable; write ${NAME}"),
        ("- https://a.org/${NEWSWATCH_KEY}", "NEWSWATCH_KEY would be a setting of ours; rename"),
        (
            "- url: https://a.org\n  every: 1s",
            "f.yaml:2: feeds[0].every: '1s' is no time from 30s to 604800s",
        ),
        ("- url: https://a.org\n  every: soon", "'soon' is no time"),
        (f"- url: https://a.org\n  every: {'9' * 400}", "is no time"),
        ("- url: https://a.org\n  every: [1]", "'' is no time"),
        ("- url: https://a.org\n  page: maybe", "'maybe' is none of auto, always, never"),
        ("- url: https://a.org\n  most: 0", "'0' is no number from 1 to 10,000"),
        (
            "- url: https://a.org\n  updates: yes",
            "feeds[0].updates: is 'yes' (YAML: bool); write true or false",
        ),
        ("- url: https://a.org\n  language: English", "'English' is no ISO 639-1 code"),
        ("- url: https://a.org\n  source: ''", "feeds[0].source: is empty or has line breaks"),
        ('- url: https://a.org\n  name: "a\\nb"', "feeds[0].name: is empty or has line breaks"),
        ("- url: https://a.org\n  headers: x", "feeds[0].headers: is no mapping"),
        ("- url: https://a.org\n  headers: {a b: x}", "'a b' is no name of a header"),
        ("- url: https://a.org\n  headers: {Host: x}", "headers.Host: is set by newswatch itself"),
        ("- url: https://a.org\n  headers: {A: x, a: y}", "headers.a: stands twice"),
        ('- url: https://a.org\n  headers: {A: "x\\r\\nB: y"}', "has characters that no header takes"),
        ("- url: https://a.org\n  headers: {A: '${NO}'}", "headers.A: the variable NO is not set"),
        ("a: &a 1\nfeeds: *a", "aliases are not read"),
        ("feeds: [", "is not YAML"),
        ("<opml/>", "f.yaml: is XML; if it is a feed reader's export, make a file of it with --opml"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_way_out(text: str, says: str) -> None:
    """As an operator reads it at night."""
    with pytest.raises(FeedsError) as caught:
        parse(text, "f.yaml", ENVIRONMENT)
    assert str(caught.value).startswith("f.yaml:")
    assert says in str(caught.value)


def test_no_mistake_shows_a_secret() -> None:
    """What the environment has is left out of messages."""
    for text in ("- ftp://a.org/${KEY}", "- url: https://a.org\n  headers: {A: '${KEY}\u00e9'}"):
        with pytest.raises(FeedsError) as caught:
            parse(text, "f.yaml", ENVIRONMENT)
        assert "s3cret" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """It is named."""
    latin, large = tmp_path / "latin.yaml", tmp_path / "large.yaml"
    latin.write_bytes(b"# a\n# \xe9\n")
    large.write_bytes(b"#" * (LARGEST_FILE + 1))
    for path, says in (
        (tmp_path / "no.yaml", "can't be read"),
        (latin, ":2: is not UTF-8"),
        (large, "longer"),
    ):
        with pytest.raises(FeedsError, match=says):
            load(path)


@given(st.text(max_size=100))
def test_whatever_a_file_holds_is_feeds_or_a_mistake(text: str) -> None:
    """Nothing else is raised."""
    for written in (text, f"- {text}", f"- url: https://a.org\n  every: {text}"):
        with suppress(FeedsError):
            assert parse(written, "f.yaml", {}).feeds


def test_the_guide_s_file_is_one() -> None:
    """As it stands there; the line of the mistake that the guide shows is its last."""
    [text] = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "feeds.md").read_text(), re.DOTALL)
    assert [feed.name for feed in parse(text, "f.yaml", {"EXAMPLE_TOKEN": "x"}).feeds] == [
        "127.0.0.1:8000/rss.xml",
        "paid",
    ]
    with pytest.raises(FeedsError, match=r"f\.yaml:9: feeds\[1\]\.headers\.Authorization"):
        parse(text, "f.yaml", {})


def test_the_feeds_that_come_along_name_their_outlets() -> None:
    """And need nothing of the environment."""
    feeds = load(ROOT / "seeds" / "feeds.yaml", {}).feeds
    assert len({feed.source for feed in feeds} - {None}) == len(feeds) == 3
    assert [feed.url for feed in feeds if not feed.url.startswith("https://")] == []
